/**
 * What the desk keeps about itself: staff, channels, packs, numbers, claimed deliveries, settings.
 * Must not know: who may change them.
 */

import type { ChannelUse, StaffRow } from '../../record/rows.js';
import type { Tx } from '../../record/store.js';
import type { Day, Instant, Person, Role } from '../../vocabulary/values.js';
import type { Db } from '../engine/dialect.js';
import type { Prisma } from '../generated/sqlite/client.js';
import { listOf, listText } from '../text.js';

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

const WITH_ACCOUNTS = { accounts: { orderBy: { position: 'asc' } } } satisfies Prisma.StaffInclude;
type StaffRecord = Prisma.StaffGetPayload<{ include: typeof WITH_ACCOUNTS }>;

export function registerTx(db: Db): RegisterTx {
  return {
    // An account already linked to somebody else meets the primary key: StoreConflict.
    putStaff: async ({ person, roles, accounts, trainedUntil, active }) => {
      const fields = { roles: listText(roles), trainedUntil, active };
      await db.staff.upsert({ where: { person }, create: { person, ...fields }, update: fields });
      await db.staffAccount.deleteMany({ where: { person } });
      await db.staffAccount.createMany({
        data: accounts.map((account, position) => ({ account, person, position })),
      });
    },

    staff: async () => {
      const rows = await db.staff.findMany({ include: WITH_ACCOUNTS, orderBy: { person: 'asc' } });
      return rows.map(staffOf);
    },

    staffOf: async (account) => {
      const row = await db.staff.findFirst({
        where: { accounts: { some: { account } } },
        include: WITH_ACCOUNTS,
      });
      return row === null ? null : staffOf(row);
    },

    putChannel: async ({ surface, channel, uses, locale }) => {
      const fields = { uses: listText(uses), locale };
      await db.channel.upsert({
        where: { surface_channel: { surface, channel } },
        create: { surface, channel, ...fields },
        update: fields,
      });
    },

    channels: async () => {
      const rows = await db.channel.findMany({ orderBy: [{ surface: 'asc' }, { channel: 'asc' }] });
      return rows.map((row) => ({ ...row, uses: listOf<ChannelUse>(row.uses) }));
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
      const rows = await db.$queryRaw<{ value: number }[]>`
        INSERT INTO "counter" ("series", "value") VALUES (${series}, 1)
        ON CONFLICT ("series") DO UPDATE SET "value" = "counter"."value" + 1 RETURNING "value"`;
      const value = rows[0]?.value;
      if (value === undefined) throw new Error(`the series ${series} gave no number`);
      return value;
    },

    counters: async () =>
      new Map((await db.counter.findMany()).map(({ series, value }) => [series, value] as const)),

    claim: async (invocation, at) => {
      const made = await db.$executeRaw`
        INSERT INTO "claim" ("invocation", "at") VALUES (${invocation}, ${at})
        ON CONFLICT ("invocation") DO NOTHING`;
      return made === 1;
    },

    setting: async (key) => (await db.setting.findUnique({ where: { key } }))?.value ?? null,

    putSetting: async (key, value) => {
      await db.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
  };
}

function staffOf(row: StaffRecord): StaffRow {
  return {
    person: row.person as Person,
    roles: listOf<Role>(row.roles),
    accounts: row.accounts.map(({ account }) => account),
    trainedUntil: row.trainedUntil as Day | null,
    active: row.active,
  };
}
