/**
 * The rules of domain.md section 5 on the whole desk, over random lines typed in the terminal: what it records, what it posts,
 * and what it never lets out. The same rules on the deciders alone: rules.property.test.ts.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outsideFor } from '../../src/app/outside.js';
import { type PackFile, readPack } from '../../src/app/pack-file.js';
import { KINDS_OF_THE_DESK } from '../../src/desk/kinds.js';
import { requests } from '../../src/desk/requests/kind.js';
import { missingNotices } from '../../src/domain/requests/ending.js';
import { EARLY_OUTCOMES } from '../../src/domain/requests/events.js';
import type { PrivacyRequest } from '../../src/domain/requests/request.js';
import { packHash, packName, parsePack } from '../../src/policy/pack.js';
import { auditLedger } from '../../src/record/audit.js';
import { load } from '../../src/record/load.js';
import { diffProjections } from '../../src/record/rebuild.js';
import type { Instant } from '../../src/vocabulary/values.js';
import { onePage } from '../support/one-page.js';
import { lines, personal } from '../support/random-lines.js';
import { type Played, playDesk } from '../support/terminal-desk.js';

const START = '2026-11-23T10:00';
const RUNS = { numRuns: 5, endOnFailure: true };

async function playing(check: (desk: Played) => Promise<void>): Promise<void> {
  const desk = await playDesk();
  try {
    await desk.clock(START);
    await check(desk);
  } finally {
    await desk.close();
  }
}

const cases = (desk: Played): Promise<readonly PrivacyRequest[]> =>
  desk.store.transact(async (tx) => {
    const found: PrivacyRequest[] = [];
    for (const { ref } of await tx.requests({})) {
      const loaded = await load(tx, requests, ref, { lock: false });
      if (loaded !== null) found.push(loaded.state);
    }
    return found;
  });

async function wholeAndEqual(desk: Played): Promise<void> {
  const { pack } = desk.desk.active;
  const { signing } = outsideFor(Buffer.alloc(32, 7), () => []);
  const packOf = async () => pack;
  const kinds = KINDS_OF_THE_DESK;
  await desk.store.transact(async (tx) => {
    const page = onePage({ tx, packOf });
    expect(await diffProjections(page, kinds)).toEqual([]);
    expect(await auditLedger({ page, signing, kinds })).toMatchObject({ kind: 'whole' });
  });
}

describe('over random lines', () => {
  it('answers each once and last, and rules 2, 9 and 10 hold', async () => {
    await fc.assert(
      fc.asyncProperty(lines, (said) =>
        playing(async (desk) => {
          for (const line of said) {
            const shown = await desk.says(line);
            const answers = shown.filter(({ kind }) => kind === 'answer' || kind === 'error');
            expect(answers, line).toEqual(shown.slice(-1));
            expect(answers[0]?.code, `${line}: ${answers[0]?.text}`).not.toBe('fault');
          }
          for (const request of await cases(desk)) {
            for (const ruling of request.rulings) expect(['lyon', 'ana']).toContain(ruling.by.person);
            if (request.phase.status !== 'closed') continue;
            expect(request.freeze).not.toBe('active');
            const { outcome } = request.phase;
            if (!EARLY_OUTCOMES.some((early) => early === outcome))
              expect(missingNotices(request, desk.desk.active)).toEqual([]);
          }
          await wholeAndEqual(desk);
        }),
      ),
      RUNS,
    );
  });

  it('rule 8: a tick twice, or caught up after downtime, posts once', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 45 }), (said, days) =>
        playing(async (desk) => {
          for (const line of said) await desk.says(line);
          const now = new Date(Date.UTC(2027, 0, days, 2)).toISOString().replace('.000Z', 'Z') as Instant;
          await desk.clock(now);
          const posted = desk.shown().length;
          await desk.desk.ticker.tick(now);
          await Promise.all([desk.desk.ticker.tick(now), desk.desk.ticker.tick(now)]);
          await desk.desk.outbox.drain();
          expect(desk.shown().slice(posted)).toEqual([]);
          await desk.clock(now);
          // Asked again, the clock says that nothing fell due.
          expect(
            desk
              .shown()
              .slice(posted)
              .map(({ kind }) => kind),
          ).toEqual(['answer']);
          const threads = desk
            .shown()
            .filter(
              ({ thread, kind, text }) =>
                thread !== null && kind === 'post' && /is due|is overdue/.test(text),
            );
          const keys = threads.map(({ thread, at, text }) => `${thread} ${at} ${text}`);
          expect(new Set(keys).size).toBe(keys.length);
          await wholeAndEqual(desk);
        }),
      ),
      RUNS,
    );
  });

  it('rule 4: publishing another pack moves no open case', async () => {
    const text = await readFile('manifests/policies/default.yaml', 'utf8');
    const other = text
      .replace(/^version: .*$/m, 'version: "2027-01-01"')
      .replaceAll('add: P30D', 'add: P20D');
    const pack = parsePack(other);
    const published: PackFile = { pack, text: other, name: packName(pack), hash: packHash(pack) };
    expect(published.hash).not.toBe((await readPack('manifests/policies/default.yaml')).hash);
    await fc.assert(
      fc.asyncProperty(lines, async (said) => {
        const dir = await mkdtemp(join(tmpdir(), 'ombud-packs-'));
        const before = await playDesk({ dir });
        await before.clock(START);
        for (const line of said) await before.says(line);
        const requests = await cases(before);
        const rows = await before.store.transact((tx) => tx.requests({}));
        await before.close();
        const after = await playDesk({ dir, pack: published });
        expect(await cases(after)).toEqual(requests);
        expect(await after.store.transact((tx) => tx.requests({}))).toEqual(rows);
        const fresh = await after.asks('/privacy log access C-777 force:"another one"');
        expect(fresh.card.facts.Due).toMatch(/20 days left/);
        await after.close();
        await rm(dir, { recursive: true, force: true });
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });
});

describe('rule 6: personal data in a text', () => {
  it('is refused, and appears in no message and nowhere in the store', async () => {
    await playing(async (desk) => {
      await desk.says('/privacy log deletion C-10812');
      await desk.says('/privacy assign PR-2026-0001');
      const secrets = new Set<string>();
      await fc.assert(
        fc.asyncProperty(personal, async ({ line, secret }) => {
          secrets.add(secret);
          const shown = await desk.says(line);
          expect(shown.at(-1), line).toMatchObject({ kind: 'error', code: 'personal-data' });
          expect(JSON.stringify(shown)).not.toContain(secret);
          expect(shown).toHaveLength(1);
        }),
        { numRuns: 150 },
      );
      const stored = await desk.store.transact(async (tx) => {
        const found = [];
        for (const { stream } of await tx.heads()) found.push(await tx.entries(stream, { lock: false }));
        return JSON.stringify(found);
      });
      expect([...secrets].filter((secret) => stored.includes(secret))).toEqual([]);
      // Nothing of all those lines: the case was logged and assigned.
      expect((await cases(desk)).map(({ version }) => version)).toEqual([2]);
    });
  });
});
