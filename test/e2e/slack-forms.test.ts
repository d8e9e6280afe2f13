/**
 * Forms whose answer takes longer than Slack waits: what was typed is kept, a redelivery changes nothing, and who closed the
 * modal is told all the same.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { held } from '../support/held.js';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';
import type { Player } from '../support/slack-player.js';
import type { Json } from '../support/slack-rules.js';
import type { Shown } from '../support/slack-state.js';
import { labelsOf } from '../support/slack-widgets.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const words = (shown: unknown): string => JSON.stringify(shown);

/** A desk that does what a form says at once, and answers when it is let. */
async function slow(mode: (typeof MODES)[number] = 'socket') {
  const gate = held();
  const made = await slackDesk({
    mode,
    around: (handle) => {
      const later = gate.around(handle);
      return (invocation) => (invocation.ask.kind === 'fields' ? later : handle)(invocation);
    },
  });
  desk = made;
  const shows = (who: Player, what: string): Promise<void> =>
    made.fake.state.until(() => words(who.last()).includes(what), what);
  return { gate, made, shows };
}

function elements(shown: Shown | null): Readonly<Record<string, Json>> {
  if (shown?.kind !== 'modal') throw new Error(`not a modal but ${words(shown)}`);
  const inputs = shown.blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map(({ block_id: id, element }) => [String(id).replace('field:', ''), element as Json]),
  );
}

describe.each(MODES)('a form that takes longer, in %s mode', (mode) => {
  it('comes back with what is still missing and all that was typed, and can be sent again', async () => {
    const { gate, made, shows } = await slow(mode);
    await made.as('mei').says('/privacy log correction C-20417 scope:mobile_phone');
    const lyon = made.as('lyon');
    await lyon.says('/privacy extend PR-2026-0001');
    const sent = { until: '2027-01-20', reason: 'other_significant' };
    expect(words(await lyon.fills(sent))).toContain('One moment');
    gate.open();
    await shows(lyon, '(clause 4.2)');
    // A next page: what the form did not ask for is asked for now, and the rest stands above it.
    expect(Object.keys(elements(lyon.last()))).toEqual(['explained', 'consent']);
    expect(words(lyon.last())).toContain(
      'case: PR-2026-0001 · until: 2027-01-20 · reason: other_significant',
    );
    const day = '2026-11-23/call#9';
    await lyon.fills({ explained: day, consent: day });
    await shows(lyon, 'Wed 2027-01-20');
    expect(made.fake.refusals).toEqual([]);
  });

  it('keeps a button’s question as it was: the settled fields, and what must be filled in', async () => {
    const { gate, made, shows } = await slow(mode);
    const mei = made.as('mei');
    await mei.says('/privacy log deletion C-10812 scope:email');
    await mei.says('/privacy verify PR-2026-0001 method:callback result:pass ref:call#9');
    await mei.says('/privacy check PR-2026-0001 email done ref:CHG-1');
    await mei.says('/privacy propose PR-2026-0001 fulfilled');
    await made.settle();
    const proposal = (await made.thread('PR-2026-0001')).find(({ blocks }) =>
      labelsOf(blocks).includes('Return'),
    );
    if (proposal === undefined) throw new Error('no proposal');
    const [lyon, ana] = [made.as('lyon'), made.as('ana')];
    await ana.presses('Return', made.cases, proposal);
    await lyon.presses('Approve', made.cases, proposal);
    await ana.fills({ reason: 'The evidence is of another day' });
    gate.open();
    await shows(ana, 'already decided by @lyon');
    const form = ana.last();
    expect(elements(form)).toMatchObject({ reason: { initial_value: 'The evidence is of another day' } });
    expect(words(form)).toContain('verdict: return');
    expect(words(form)).toContain('"optional":false');
  });

  it('delivered again shows its answer, not that it is worked on', async () => {
    const { gate, made, shows } = await slow(mode);
    const mei = made.as('mei');
    await mei.says('/privacy log deletion');
    const view = made.fake.state.top(mei.id);
    if (view === null) throw new Error('no form');
    const delivery = mei.submission(view, { customer: 'C-10812' });
    expect(words((await made.wire.deliver(delivery)).payload)).toContain('One moment');
    gate.open();
    await shows(mei, 'Logged as PR-2026-0001.');
    const again = words((await made.wire.deliver(delivery)).payload);
    expect(again).not.toContain('One moment');
    expect(again).toContain('Logged as PR-2026-0001.');
  });

  it('whose modal was closed meanwhile is answered beside the place it was asked for in', async () => {
    const { gate, made, shows } = await slow(mode);
    const mei = made.as('mei');
    await mei.says('/privacy log deletion');
    await mei.fills({ customer: 'C-10812' });
    closeAll(made, mei);
    gate.open();
    await shows(mei, 'Logged as PR-2026-0001.');
    expect(mei.last()).toMatchObject({ kind: 'ephemeral', channel: 'C0CASES01' });
  });
});

describe('a form that takes longer and was closed', () => {
  it('is answered in a direct message where there is no place', async () => {
    const { gate, made } = await slow();
    const mei = made.as('mei');
    await mei.shortcut(made.cases, { ts: '1795400123.123456', text: 'hello' });
    await mei.fills({ type: 'access', customer: 'C-777000' });
    closeAll(made, mei);
    gate.open();
    await made.surface.stop();
    const direct = made.fake.state.channels.get(`D${mei.id.slice(1)}`);
    expect(direct?.messages.map(({ text }) => text).join()).toContain('Logged as PR-2026-0001.');
  });

  it('offers what was typed once more when it was refused', async () => {
    const { gate, made, shows } = await slow();
    await made.as('mei').says('/privacy log correction C-20417 scope:mobile_phone');
    const lyon = made.as('lyon');
    await lyon.says('/privacy extend PR-2026-0001');
    await lyon.fills({ until: '2027-01-20', reason: 'other_significant' });
    closeAll(made, lyon);
    gate.open();
    await shows(lyon, '(clause 4.2)');
    await lyon.pressesShown('Open the form');
    expect(Object.keys(elements(lyon.last()))).toEqual(['explained', 'consent']);
    expect(words(lyon.last())).toContain('until: 2027-01-20');
  });
});

/** As somebody does who does not want to wait: Slack forgets the view. */
function closeAll({ fake: { state } }: SlackDesk, who: Player): void {
  for (const id of state.stacks.get(who.id) ?? []) state.views.delete(id);
  state.stacks.set(who.id, []);
}
