#!/usr/bin/env node
/**
 * Starts the bundle beside this file with the compiled code of earlier runs, which saves half of a start's processor time:
 * V8 keeps it in `.compiled/`, made at the first orderly exit. Where that cannot be written, the desk starts without it.
 */
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { basename, join } = require('node:path');
const { Script } = require('node:vm');

/** Put in by the build: compiled code is of this source only, and V8 compares little more than its length. */
const BUILD = 'unbuilt';
const folder = join(__dirname, '.compiled', BUILD);

// From Node 22.8 on Node does it by itself.
if (typeof Module.enableCompileCache === 'function') Module.enableCompileCache(folder);
else if (process.sourceMapsEnabled !== true && !process.execArgv.includes('--enable-source-maps'))
  keepCompiled(join(folder, `${process.version}-${process.arch}`));

require('./desk.js');

function keepCompiled(kept) {
  const scripts = new Map();
  const compile = Module.prototype._compile;
  Module.prototype._compile = function compileWithKept(source, file) {
    if (!file.startsWith(__dirname)) return compile.call(this, source, file);
    const name = basename(file);
    const script = new Script(Module.wrap(source), {
      filename: file,
      cachedData: readIfThere(join(kept, name)),
    });
    if (script.cachedDataRejected !== false) scripts.set(name, script);
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, Module.createRequire(file), this, file, __dirname);
  };
  process.on('exit', () => {
    for (const [name, script] of scripts) keep(kept, name, script);
  });
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all: other desks may start meanwhile. */
function keep(kept, name, script) {
  try {
    mkdirSync(kept, { recursive: true });
    const part = join(kept, `${name}.${process.pid}`);
    writeFileSync(part, script.createCachedData());
    renameSync(part, join(kept, name));
  } catch {
    // A package that belongs to another user: every start compiles anew.
  }
}
