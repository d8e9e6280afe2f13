/** What a pack means in sentences, and `npm run policy`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { policySentences as sentencesOf } from '../../src/language/policy.js';
import { ruleFacts } from '../../src/policy/rule-facts.js';
import type { Pack } from '../../src/policy/schema.js';
import { policyCli } from '../../src/tools/policy.js';
import { defaultPack, variantPack, variantText } from './policy-packs.js';

const policySentences = (pack: Pack) => sentencesOf(ruleFacts(pack));
const sentences = policySentences(defaultPack);

describe('the default pack in sentences', () => {
  it('gives each sentence its clause, or says that the rule is the desk’s own', () => {
    for (const sentence of sentences)
      expect(sentence).toMatch(/\((clause \d+(\.\d+)?|the desk's own rule)\)$/);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('quotes every clause of the pack', () => {
    const quoted = new Set(sentences.map((sentence) => /\(clause ([\d.]+)\)$/.exec(sentence)?.[1]));
    for (const clause of Object.keys(defaultPack.clauses)) expect(quoted).toContain(clause);
  });

  it.each([
    'Deletion is due 30 days after receipt, that day not counted, on whatever day it falls. (clause 4.2)',
    "Deletion may be extended for legal retention or other significant, with an explanation and the customer's consent, both given up to the due day. (clause 4.2)",
    'Consent withdrawal is acted on within 3 working days. (clause 3.3)',
    'Complaint is due 15 working days after receipt, that day not counted, on whatever day it falls. (clause 7.3)',
    'Complaint is acknowledged within 3 working days. (clause 7.3)',
    'Deletion, while open: disclosure by consent or transaction is blocked. (clause 4.2)',
    'Correction of account_id is never possible: ground ID_NOT_CORRECTABLE. (clause 3.1)',
    "Reminders come 14, 7, 3, 1 and 0 days before the due day at 09:00, then every day it is overdue. (the desk's own rule)",
    'Template delivery, bringing an order to the customer: name, mobile_phone and delivery, nothing else. (clause 2.2)',
  ])('says: %s', (sentence) => {
    expect(sentences).toContain(sentence);
  });

  it('says what a variant changes, and nothing else', () => {
    const variant = policySentences(
      variantPack({
        requests: {
          access: {
            due: {
              add: 'P1M',
              start: 'identity',
              count: 'beginning_with',
              roll: 'forward',
              pause: { reasons: ['awaiting_proof'], count: 'inclusive' },
            },
          },
        },
      }),
    );
    expect(variant.filter((sentence) => !sentences.includes(sentence))).toEqual([
      'Access is due 1 month after the proof of identity, beginning with that day, moved on to a working day. (clause 4.2)',
      'Access: the clock stops for awaiting proof, first and last day counted. (clause 4.2)',
    ]);
  });
});

describe('ombud policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ombud-policy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = policyCli(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
    return { code, out, err: err.join('\n') };
  };

  it('prints the default pack when no file is named', () => {
    const { code, out, err } = run();
    expect([code, err]).toEqual([0, '']);
    expect(out[0]).toMatch(/^default@2024-03-15.2 \([0-9a-f]{12}\)$/);
    expect(out.slice(1)).toEqual(sentences.map((sentence) => `- ${sentence}`));
  });

  it('prints every problem of a bad pack and ends with 78', () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, variantText({ zone: 'Nowhere', colour: 'red' }));
    expect(run(file)).toMatchObject({
      code: 78,
      out: [],
      err: expect.stringContaining('colour: is not a known key'),
    });
    writeFileSync(file, variantText({ zone: 'Nowhere' }));
    expect(run(file).err).toContain('zone: is not a known time zone: "Nowhere"');
    writeFileSync(file, 'id: [');
    expect(run(file)).toMatchObject({ code: 78, err: expect.stringContaining('is not valid YAML') });
  });

  it('says plainly when there is nothing to read', () => {
    expect(run(join(folder, 'none.yaml'))).toEqual({
      code: 66,
      out: [],
      err: `Cannot read ${join(folder, 'none.yaml')}: there is no such file.`,
    });
    expect(run(folder).err).toBe(`Cannot read ${folder}: it is a folder.`);
  });
});
