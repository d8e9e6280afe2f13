/** Forms on Slack: what a refusal needs, what an answer makes necessary, closed lists, and none where no form would help. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Json } from '../support/slack-rules.js';
import type { Shown } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk;
beforeEach(async () => {
  desk = await slackDesk();
});
afterEach(() => desk.close());

const words = (shown: unknown): string => JSON.stringify(shown);
function inputs(shown: Shown | null): Readonly<Record<string, Json>> {
  if (shown?.kind !== 'modal') throw new Error(`not a modal but ${words(shown)}`);
  return Object.fromEntries(
    shown.blocks
      .filter(({ type }) => type === 'input')
      .map(({ block_id: id, element }) => [String(id).replace('field:', ''), element as Json]),
  );
}
const options = (element: Json | undefined): readonly string[] =>
  ((element?.options ?? []) as Json[]).map(({ value }) => String(value));
const messageWith = async (label: string) => {
  const found = (await desk.thread('PR-2026-0001')).findLast(({ blocks }) =>
    labelsOf(blocks).includes(label),
  );
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
};

it('offers what was typed behind a button when a field would mend it', async () => {
  const mei = desk.as('mei');
  await mei.says('/privacy log access C-20417 received:2026-12-24 via:email');
  expect(words(mei.last())).toContain('future');
  await mei.pressesShown('Open the form');
  expect(inputs(mei.last()).received).toMatchObject({ initial_value: '2026-12-24' });
  await mei.fills({ received: '2026-11-20' });
  expect(words(mei.last())).toContain('Logged as PR-2026-0001');
  expect(desk.fake.refusals).toEqual([]);
});

it('asks for the grounds of the type as a list, and for facts only when the ground needs them', async () => {
  const mei = desk.as('mei');
  await mei.says('/privacy log stop_handling C-30555 scope:purchase_log');
  await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
  await mei.says('/privacy check PR-2026-0001 all retained');
  await desk.settle();
  await mei.presses('Propose', desk.cases, await headOf());
  const first = inputs(mei.last());
  expect(Object.keys(first)).toEqual(['outcome', 'ground']);
  expect(options(first.ground)).toContain('STOP_HARM_TO_OTHERS');
  expect(options(first.ground)).not.toContain('ID_NOT_CORRECTABLE');
  await mei.fills({ outcome: 'refused', ground: 'STOP_HARM_TO_OTHERS' });
  expect(Object.keys(inputs(mei.last()))).toEqual(['facts']);
  await mei.fills({ facts: 'Another tenant would be harmed' });
  expect(words(mei.last())).toContain('Proposed: refused');
  const lyon = desk.as('lyon');
  await desk.settle();
  await lyon.presses('Refuse', desk.cases, await messageWith('Refuse'));
  expect(Object.keys(inputs(lyon.last()))).toEqual(['reason', 'ground']);
  expect(options(inputs(lyon.last()).ground)).toContain('STOP_LEGAL_OBLIGATION');
  expect(desk.fake.refusals).toEqual([]);
});

it('files a disclosure begun empty, on the basis chosen in the form', async () => {
  const mei = desk.as('mei');
  await mei.says('/disclosure request');
  await mei.fills({
    customer: 'C-10812',
    to: 'City Court',
    data: 'name',
    purpose: 'court order',
    basis: 'required_by_law',
  });
  // The basis’s own fields come on a next page, and the attempt is not held against anybody.
  expect(Object.keys(inputs(mei.last()))).toEqual(['authority', 'law', 'instrument', 'evidence']);
  await mei.fills({
    authority: 'City Court',
    law: 'Code of Civil Procedure art. 64',
    instrument: '2026-114',
    evidence: 'LEGAL-9',
  });
  expect(words(mei.last())).toContain('DR-2026-0001');
});

describe('a button of an old card', () => {
  it('answers at once, and opens no form that could only be refused', async () => {
    const mei = desk.as('mei');
    await mei.says('/privacy log deletion C-10812 scope:email');
    await desk.settle();
    const old = await headOf();
    const shown = old.versions.length - 1;
    for (const call of [1, 2, 3]) await mei.says(`/privacy verify PR-2026-0001 callback fail call#${call}`);
    await desk.settle();
    await mei.presses('Identity verified', desk.cases, old, shown);
    expect(mei.last()).toMatchObject({ kind: 'ephemeral' });
    expect(words(mei.last())).toContain('3 identity attempts');
  });
});

async function headOf() {
  await desk.settle();
  const found = desk.cases.messages.find(({ blocks }) => words(blocks).includes('PR-2026-0001'));
  if (found === undefined) throw new Error('no card');
  return found;
}
