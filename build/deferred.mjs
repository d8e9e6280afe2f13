/**
 * Libraries with much data that a start does not need: each is a file of its own, loaded when one of its functions is first
 * called. The sources import them as any other.
 */

/** File in dist/ by what the sources import. */
const DEFERRED = {
  'date-holidays': 'date-holidays',
  'libphonenumber-js/max': 'libphonenumber',
  validator: 'validator',
  yaml: 'yaml',
};

/** The entries of their own bundle. */
export const libraries = Object.fromEntries(Object.entries(DEFERRED).map(([module, file]) => [file, module]));

const REQUIRED = /^let (\w+) = require\("(\.\/[\w-]+\.js)"\);$/gm;

export const deferred = {
  name: 'deferred',
  resolveId(source, importer) {
    const file = DEFERRED[source];
    if (file === undefined || importer?.includes('node_modules')) return null;
    return { id: `./${file}.js`, external: 'relative' };
  },
  /** Line for line, so that the source maps stay right. */
  renderChunk(code) {
    const files = new Set(Object.values(DEFERRED).map((file) => `./${file}.js`));
    const found = [...code.matchAll(REQUIRED)].filter(([, , file]) => files.has(file));
    if (found.length === 0) return null;
    return { code: found.reduce((text, [line, name]) => lazily(text, line, name), code), map: null };
  },
};

/** Throws where the bundler's output is not what is read here. */
function lazily(code, line, name) {
  const interop = new RegExp(`^${name} = (.*__toESM\\()${name}(.*\\));$`, 'm').exec(code);
  const required = /require\(.*\)/.exec(line)?.[0];
  const [whole, before, after] = interop ?? ['', '', ''];
  const rest = (whole === '' ? code : code.replace(whole, '')).replace(
    line,
    `let ${name}$; const ${name} = () => (${name}$ ??= ${before}${required}${after});`,
  );
  const used = new RegExp(`\\b${name}\\.`, 'g');
  if (!used.test(rest)) throw new Error(`${name} is not used as expected`);
  // In brackets: `new library.Thing()` stays the making of a Thing.
  return rest.replaceAll(used, `(${name}()).`);
}
