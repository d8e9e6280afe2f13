/**
 * A throwaway PostgreSQL server from the binaries Debian installs, for tests. Must not know: the store.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const USER = 'ombud';

export type Postgres = {
  /** A new empty database. */
  freshDatabase(): Promise<string>;
  urlOf(database: string): string;
  stop(): Promise<void>;
};

/** Null, with the reason printed, where PostgreSQL is not installed; an error there when CI=true. */
export async function startPostgres(): Promise<Postgres | null> {
  const bin = binaries();
  const owner = serverUser();
  if (bin === null || owner === null) {
    const reason = bin === null ? 'no PostgreSQL binaries found' : 'root needs a user named postgres';
    if (process.env.CI === 'true') throw new Error(`PostgreSQL tests cannot run: ${reason}`);
    console.warn(`PostgreSQL tests are skipped: ${reason} (Debian: apt install postgresql)`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ombud-postgres-'));
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...owner, cwd: folder, stdio: 'ignore' },
  );
  const config = { host: '127.0.0.1', port: await freePort(), user: USER };
  const stop = await serve(bin, folder, config.port, owner);

  let made = 0;
  const urlOf = (database: string) => `postgresql://${USER}@${config.host}:${config.port}/${database}`;
  const freshDatabase = async () => {
    made += 1;
    const database = `desk_${made}`;
    const client = new pg.Client({ ...config, database: 'postgres' });
    await client.connect();
    await client.query(`CREATE DATABASE ${database}`);
    await client.end();
    return database;
  };
  return { urlOf, freshDatabase, stop };
}

type Owner = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** The server refuses to run as root. Empty: as whoever runs the tests. Null: root, and nobody to become. */
function serverUser(): Owner | null {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  return uid > 0 && gid > 0 ? { uid, gid } : null;
}

function binaries(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const debian = versions.map((version) => join(DEBIAN, version, 'bin'));
  const elsewhere = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return [...debian, ...elsewhere].find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The shell stops the server and removes the folder when its input closes, so also when the tests are killed. */
async function serve(bin: string, folder: string, port: number, owner: Owner): Promise<() => Promise<void>> {
  const script = `
    "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off \
      -c full_page_writes=off -c deadlock_timeout=100ms -c max_connections=100 </dev/null >"$2/log" 2>&1 &
    server=$!
    until "$1/pg_isready" -q -h 127.0.0.1 -p "$3"; do kill -0 $server || exit 1; done
    echo ready
    cat >/dev/null
    kill -INT $server; wait $server
    rm -rf "$2/data" "$2"/.s.* "$2/log"; rmdir "$2" 2>/dev/null`;
  const shell = spawn('sh', ['-c', script, 'sh', bin, folder, String(port)], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => shell.on('exit', () => resolve()));
  const ready = new Promise<boolean>((resolve) => shell.stdout.once('data', () => resolve(true)));
  if (!(await Promise.race([ready, ended.then(() => false)])))
    throw new Error(`PostgreSQL did not start: ${folder}`);
  return async () => {
    shell.stdin.end();
    await ended;
  };
}
