/**
 * Every alteration of a database by somebody without the desk's key is named, and nothing is made of it; desks that nobody
 * touched raise no alarm. `npm run tampering` prints the same as a table, with all rows on PostgreSQL too.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALTERATIONS } from '../tampering/alterations.js';
import { type Databases, postgresDatabases, sqliteDatabases } from '../tampering/databases.js';
import { type Played, played } from '../tampering/desk.js';
import { falseAlarms } from '../tampering/lives.js';
import { tried } from '../tampering/trial.js';

const A_WHILE = 240_000;
const postgres = await postgresDatabases();

for (const open of [sqliteDatabases, async () => postgres]) {
  const isSqlite = open === sqliteDatabases;
  describe.skipIf(!isSqlite && postgres === null)(isSqlite ? 'SQLite' : 'PostgreSQL', () => {
    let databases: Databases;
    let base: Played;
    beforeAll(async () => {
      const found = await open();
      if (found === null) throw new Error('no such database here');
      databases = found;
      base = await played(databases);
    }, A_WHILE);
    afterAll(() => databases.close());

    const rows = ALTERATIONS.filter(({ differs, only }) =>
      isSqlite ? true : differs === true && only === undefined,
    );
    it.each(rows.map((one) => [one.what, one] as const))(
      'names %s',
      async (_what, alteration) => {
        const { missed, showed } = await tried(databases, base, alteration);
        expect(missed, showed).toEqual([]);
      },
      A_WHILE,
    );

    it(
      'raises no alarm on desks that nobody touched',
      async () => {
        expect(await falseAlarms(databases, isSqlite ? 3 : 1, 20_240_315)).toEqual([]);
      },
      A_WHILE,
    );
  });
}
