/**
 * What every released version wrote must be read by every later one: the ledgers of all scripts as version 0.1 left them are
 * replayed, their tables rebuilt, and audited, under this build's kinds.
 */
import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KINDS_OF_THE_DESK as kinds } from '../../src/desk/kinds.js';
import { parsePack } from '../../src/policy/pack.js';
import { auditLedger, auditStream } from '../../src/record/audit.js';
import { fromEntry } from '../../src/record/entry.js';
import { rebuild } from '../../src/record/rebuild.js';
import { type FrozenLedger, frozenLedgers, frozenTx } from '../support/frozen-ledger.js';
import { onePage } from '../support/one-page.js';

const LEDGERS = frozenLedgers('0.1');

function packsOf({ entries }: FrozenLedger) {
  const texts = new Map(
    entries
      .filter(({ stream }) => stream === 'policies')
      .map(({ body }) => body as { readonly hash: string; readonly text: string })
      .map(({ hash, text }) => [hash, text]),
  );
  return async (hash: string) => parsePack(texts.get(hash) ?? '');
}

async function rowsOf(ledger: FrozenLedger) {
  const tx = frozenTx(ledger, kinds, new Map());
  const rows = new Map<string, readonly object[]>();
  for (const kind of kinds.all) rows.set(kind.name, await rebuild(tx, kind, packsOf(ledger)));
  return rows;
}

describe.each(LEDGERS.map((ledger) => [ledger.script, ledger] as const))(
  '%s, as 0.1 wrote it',
  (_, ledger) => {
    it('belongs to known kinds, and every entry is read', () => {
      for (const entry of ledger.entries) {
        const kind = kinds.of(entry.stream);
        if (kind === null) throw new Error(`${entry.stream} is of no kind`);
        expect(fromEntry(kind.events, entry).type).toBe(entry.type);
      }
    });

    it('gives the rows that 0.1 had', async () => {
      const rows = await rowsOf(ledger);
      // A row of 0.1 did not count refused attempts about a disclosure.
      const disclosures = ledger.rows.disclosures.map(({ version: _version, ...row }) => row);
      expect(rows.get('request')).toHaveLength(ledger.rows.requests.length);
      expect(rows.get('request')).toEqual(
        expect.arrayContaining(ledger.rows.requests.map((row) => expect.objectContaining(row))),
      );
      expect(rows.get('disclosure')).toEqual(disclosures.map((row) => expect.objectContaining(row)));
      expect(rows.get('consent')).toEqual(ledger.rows.consents.map((row) => expect.objectContaining(row)));
      expect(rows.get('standing')).toEqual(ledger.rows.standings.map((row) => expect.objectContaining(row)));
      expect(rows.get('staff')).toEqual(
        expect.arrayContaining(ledger.rows.staff.map((row) => expect.objectContaining(row))),
      );
      expect(rows.get('channel')).toEqual(
        expect.arrayContaining(ledger.rows.channels.map((row) => expect.objectContaining(row))),
      );
    });

    it('audits clean over the rebuilt rows, as a whole and stream by stream', async () => {
      const tx = frozenTx(ledger, kinds, await rowsOf(ledger));
      const key = createPublicKey({
        key: Buffer.from(ledger.publicKey, 'base64'),
        format: 'der',
        type: 'spki',
      });
      const verify = (text: string, signature: string) =>
        verifySignature(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
      const signing = { verify, log: { publicKeys: [new Uint8Array(32)] as const } };
      const means = { page: onePage({ tx, packOf: packsOf(ledger) }), kinds, signing };
      const found = await auditLedger(means);
      expect(found).toMatchObject({ kind: 'whole', entries: ledger.entries.length });
      expect(found.kind === 'whole' && found.checkpoints).toBeGreaterThan(0);
      for (const { ref } of [...ledger.rows.requests, ...ledger.rows.disclosures])
        expect(await auditStream(means, ref)).toMatchObject({ kind: 'whole' });
    });
  },
);

it('holds every script and every kind of stream with entries of its own', () => {
  expect(LEDGERS.map(({ script }) => script)).toHaveLength(12);
  const streams = LEDGERS.flatMap(({ entries }) => entries.map(({ stream }) => kinds.of(stream)?.name));
  const named = [
    'request',
    'disclosure',
    'consent',
    'standing',
    'staff',
    'channel',
    'policy',
    'digest',
    'checkpoint',
    'desk',
  ];
  expect([...new Set(streams)].sort()).toEqual(named.sort());
});
