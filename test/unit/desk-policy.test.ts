/** `/desk policy`, and the shelf of packs: a case stays on the pack it pinned, whatever is published (P-0). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPackShelf, publishPack } from '../../src/desk/house/packs.js';
import { packHash, packName, parsePack } from '../../src/policy/pack.js';
import { type BareDesk, bareDesk, codeOf, factsOf, wordsOf } from './desk-bare.js';
import { defaultPack, variantPack, variantText } from './policy-packs.js';

const QUICK = {
  version: 'quick',
  requests: { deletion: { due: { add: 'P10D' }, reminderDays: [7, 3, 1, 0] } },
};
const active = { pack: defaultPack, name: packName(defaultPack), hash: packHash(defaultPack) };

let folder: string;
let desk: BareDesk;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombud-p-'));
  desk = await bareDesk({ file: join(folder, 'ombud.db') });
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

async function packFile(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

describe('the policy in force', () => {
  it('is told in sentences, with its name and hash', async () => {
    const answer = await desk.says('kim', '/desk policy');
    expect(answer.card.title).toBe('Policy default@2024-03-15.2');
    expect(factsOf(answer)['In force']).toBe(`default@2024-03-15.2, ${active.hash.slice(0, 12)}`);
    expect(wordsOf(answer)).toContain('- Deletion is due 30 days after receipt');
    for (const block of answer.card.blocks)
      if (block.kind === 'text') expect(block.text.length).toBeLessThanOrEqual(2500);
    expect(codeOf(await desk.says('mei', '/desk policy'))).toBe('not-permitted');
  });
});

describe('another policy', () => {
  it('is compared: what it says, which open cases it would make late, which it would move', async () => {
    await desk.says('mei', '/privacy log deletion C-1 received:2026-11-02');
    await desk.says('mei', '/privacy log deletion C-2');
    await desk.says('mei', '/privacy log access C-3 received:2026-11-02');
    await desk.says('mei', '/privacy log deletion C-4 received:2026-11-02');
    await desk.says('mei', '/privacy close PR-2026-0004 outcome:withdrawn_by_subject ref:T-9');
    const before = await desk.look((tx) => tx.requests({}));
    const answer = await desk.says(
      'lyon',
      `/desk policy pack:${await packFile('q.yaml', variantText(QUICK))}`,
    );
    expect(answer.card.title).toBe('Policy default@quick against default@2024-03-15.2');
    expect(factsOf(answer)).toMatchObject({ 'Open cases': '3', 'Would be late': '1', 'Would move': '1' });
    const words = wordsOf(answer);
    expect(words).toContain('PR-2026-0001 | Wed 2026-12-02 | Thu 2026-11-12');
    expect(words).toContain('PR-2026-0002 | Wed 2026-12-23 | Thu 2026-12-03');
    expect(words).not.toMatch(/PR-2026-000[34]/);
    expect(words).toMatch(/− Deletion is due 30 days after[\s\S]*\+ Deletion is due 10 days after/);
    expect(await desk.look((tx) => tx.requests({}))).toEqual(before);
    expect(await desk.look((tx) => tx.pack(packHash(variantPack(QUICK))))).toBeNull();
  });

  it('may be the same one, by its name', async () => {
    expect(wordsOf(await desk.says('lyon', '/desk policy pack:default'))).toContain('nothing differs');
  });

  it('is a problem when it cannot be read or used, without telling what the file holds', async () => {
    const missing = await desk.says('lyon', '/desk policy pack:none.yaml');
    expect(missing).toMatchObject({ kind: 'error', code: 'not-found' });
    const broken = await packFile(
      'b.yaml',
      variantText({ requests: { deletion: { due: { add: 'soon' } } } }),
    );
    const answer = await desk.says('lyon', `/desk policy pack:${broken}`);
    expect(answer).toMatchObject({ kind: 'error', code: 'invalid-value' });
    expect(wordsOf(answer)).toContain('requests.deletion.due.add must be a period');
    for (const name of ['.env', 'package.json', '/etc/passwd'])
      expect(codeOf(await desk.says('lyon', `/desk policy pack:${name}`))).toBe('invalid-value');
  });
});

describe('another policy asked for on a chat platform', () => {
  const asked = async (pack: string) => {
    await desk.says('root', '/desk staff action:link person:kim account:slack:UKIM');
    return desk.says('slack:UKIM', `/desk policy pack:${pack}`);
  };

  it('is one that comes with the desk, by its name', async () => {
    expect(wordsOf(await asked('default'))).toContain('nothing differs');
  });

  it('is no file of the machine: whether it is there is not told, nor what it holds', async () => {
    const there = await packFile('b.yaml', variantText({ requests: { deletion: { due: { add: 'soon' } } } }));
    const answers = [await asked(there), await asked(there.replace('b.yaml', 'c.yaml'))];
    expect(answers.map(codeOf)).toEqual(['not-found', 'not-found']);
    expect(answers.map(wordsOf).map((words) => words.replace(/\S*yaml/g, ''))).toEqual([
      wordsOf(answers[1] as never).replace(/\S*yaml/g, ''),
      wordsOf(answers[1] as never).replace(/\S*yaml/g, ''),
    ]);
  });
});

it('a file that is far too large for a pack is not read', async () => {
  const large = await packFile('large.yaml', `a: 1\n`.repeat(100_000));
  const answer = await desk.says('lyon', `/desk policy pack:${large}`);
  expect(wordsOf(answer)).toContain('it is no file of a pack’s size');
});

describe('the shelf', () => {
  it('publishes a pack once, and keeps an open case on its own', async () => {
    await desk.says('mei', '/privacy log deletion C-1');
    await desk.close();
    desk = await bareDesk({ file: join(folder, 'ombud.db'), packText: variantText(QUICK) });
    await desk.says('mei', '/privacy log deletion C-2');
    await desk.says('mei', '/privacy assign PR-2026-0001');
    const rows = await desk.look((tx) => tx.requests({}));
    expect(rows.map(({ ref, due, pack }) => [ref, due, pack])).toEqual([
      ['PR-2026-0002', '2026-12-03', 'default@quick'],
      ['PR-2026-0001', '2026-12-23', 'default@2024-03-15.2'],
    ]);
    expect(await desk.look((tx) => tx.entries('policies', { lock: false }))).toHaveLength(2);
    expect(await desk.differences()).toEqual([]);
    await desk.close();
    desk = await bareDesk({ file: join(folder, 'ombud.db') });
    expect(await desk.look((tx) => tx.entries('policies', { lock: false }))).toHaveLength(2);
  });

  it('starts under no pack whose name is on record with other content', async () => {
    const changed = { disclosures: { approvalDays: 8 } };
    const publish = (text: string) => {
      const pack = parsePack(text);
      return desk.look((tx) =>
        publishPack(tx, desk.now(), { name: packName(pack), hash: packHash(pack), text }),
      );
    };
    await expect(publish(variantText(changed))).rejects.toMatchObject({
      problems: [{ path: 'version', reason: { kind: 'name-taken', name: 'default@2024-03-15.2' } }],
    });
    await publish(variantText({ ...changed, version: 'next' }));
    expect(await desk.look((tx) => tx.entries('policies', { lock: false }))).toHaveLength(2);
  });

  it('refuses a pack nobody published, and one that is not what its hash says', async () => {
    const { packOf } = createPackShelf(active);
    await expect(desk.look((tx) => packOf(tx, 'f'.repeat(64)))).rejects.toThrow('was published here');
    await desk.look((tx) =>
      tx.putPack({ hash: 'e'.repeat(64), name: 'forged', text: variantText(QUICK), at: desk.now() }),
    );
    await expect(desk.look((tx) => packOf(tx, 'e'.repeat(64)))).rejects.toThrow('not what its hash says');
  });
});
