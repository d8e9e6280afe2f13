/**
 * What the desk keeps about itself: staff, channels, packs, numbers, claimed deliveries, settings.
 * Must not know: who may change them.
 */

import type { ChannelRow, ChannelUse, StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Day, Instant, Person, Role } from '../../vocabulary/values.js';
import type { Db } from '../engine/dialect.js';
import { literal, part, type Sql, type Table } from '../engine/sql.js';
import type { Staff } from '../generated/sqlite/client.js';
import type { Seals } from '../seals.js';
import { listOf, listText } from '../text.js';
import { CHANNEL, CLAIM, COUNTER, STAFF } from './columns.js';

type RegisterTx = Pick<
  Tx,
  | 'putStaff'
  | 'staff'
  | 'staffOf'
  | 'putChannel'
  | 'channels'
  | 'putPack'
  | 'pack'
  | 'nextNumber'
  | 'counters'
  | 'claim'
  | 'setting'
  | 'putSetting'
>;

/** One row an account; a member without any has one row with none. */
const STAFF_ACCOUNTS: Table<Staff & { account: string | null }> = {
  name: 'staff',
  columns: { ...STAFF.columns, account: 'text?' },
};

export function registerTx(db: Db, sql: Sql, seals: Seals): RegisterTx {
  // Read once a transaction, by every command; few change them.
  let staff: readonly StaffRow[] | null = null;
  let channels: readonly ChannelRow[] | null = null;
  const allStaff = async (): Promise<readonly StaffRow[]> => {
    staff ??= staffOf(
      await sql.all(
        STAFF_ACCOUNTS,
        part`SELECT "staff"."person", "roles", "trainedUntil", "active", "account" FROM "staff"
          LEFT JOIN "staff_account" ON "staff_account"."person" = "staff"."person"
          ORDER BY "staff"."person", "position"`,
      ),
    );
    return staff;
  };

  return {
    // An account already linked to somebody else meets the primary key: StoreConflict.
    putStaff: async ({ person, roles, accounts, trainedUntil, active }) => {
      staff = null;
      const fields = { roles: listText(roles), trainedUntil, active };
      await db.staff.upsert({ where: { person }, create: { person, ...fields }, update: fields });
      await db.staffAccount.deleteMany({ where: { person } });
      await db.staffAccount.createMany({
        data: accounts.map((account, position) => ({ account, person, position })),
      });
    },

    staff: allStaff,

    staffOf: async (account) => (await allStaff()).find(({ accounts }) => accounts.includes(account)) ?? null,

    putChannel: async ({ surface, channel, uses, locale }) => {
      channels = null;
      const fields = { uses: listText(uses), locale };
      await db.channel.upsert({
        where: { surface_channel: { surface, channel } },
        create: { surface, channel, ...fields },
        update: fields,
      });
    },

    channels: async () => {
      channels ??= (await sql.from(CHANNEL)`ORDER BY "surface", "channel"`).map((row) => ({
        ...row,
        uses: listOf<ChannelUse>(row.uses),
      }));
      return channels;
    },

    // A pack is its content: the same hash again is the same pack, published when it first was.
    putPack: async ({ hash, name, text, at }) => {
      await db.$executeRaw`
        INSERT INTO "pack" ("hash", "name", "text", "at")
        VALUES (${hash}, ${name}, ${text}, ${at}) ON CONFLICT ("hash") DO NOTHING`;
    },

    pack: async (hash) => {
      const row = await db.pack.findUnique({ where: { hash } });
      return row === null ? null : { ...row, at: row.at as Instant };
    },

    nextNumber: async (series) => {
      const [row] = await sql.all(
        COUNTER,
        part`INSERT INTO "counter" ("series", "value") VALUES (${series}, 1)
          ON CONFLICT ("series") DO UPDATE SET "value" = "counter"."value" + 1 RETURNING "value"`,
      );
      if (row === undefined) throw new Error(`the series ${series} gave no number`);
      return row.value;
    },

    counters: async () =>
      new Map((await db.counter.findMany()).map(({ series, value }) => [series, value] as const)),

    claim: async (invocation, at) =>
      (await sql.insert(CLAIM, [{ invocation, at }], literal('ON CONFLICT ("invocation") DO NOTHING'))) === 1,

    // One that somebody else wrote is as if it were not there.
    setting: async (key) => {
      const row = await db.setting.findUnique({ where: { key } });
      return row !== null && isSettingSealed(seals, row) ? row.value : null;
    },

    putSetting: async (key, value) => {
      const mac = settingSeal(seals, { key, value });
      await db.setting.upsert({ where: { key }, create: { key, value, mac }, update: { value, mac } });
    },
  };
}

type SettingRow = { readonly key: string; readonly value: string; readonly mac: string | null };
export const settingSeal = (seals: Seals, { key, value }: Omit<SettingRow, 'mac'>): string =>
  seals.of('setting', [key, value]);
export const isSettingSealed = (seals: Seals, { key, value, mac }: SettingRow): boolean =>
  seals.fits(mac, 'setting', [key, value]);

function staffOf(rows: readonly (Staff & { account: string | null })[]): readonly StaffRow[] {
  const members = new Map<string, StaffRow & { readonly accounts: string[] }>();
  for (const { person, roles, trainedUntil, active, account } of rows) {
    const known = members.get(person) ?? {
      person: person as Person,
      roles: listOf<Role>(roles),
      accounts: [],
      trainedUntil: trainedUntil as Day | null,
      active,
    };
    if (account !== null) known.accounts.push(account);
    members.set(person, known);
  }
  return [...members.values()];
}
