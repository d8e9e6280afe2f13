/** `/desk export` in Slack: the file arrives in the direct messages of whoever asked, once, and nowhere else. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Evidence, firstBadEntry, logHolds } from '../support/evidence.js';
import { MODES, type SlackDesk, slackDesk } from '../support/slack-desk.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

describe.each(MODES)('in %s mode', (mode) => {
  it('an evidence file comes to who asked, verifies, and is not in the channel', async () => {
    desk = await slackDesk({ mode });
    const { fake, settle } = desk;
    await desk.as('mei').says('/privacy log deletion C-10812 scope:email note:"Called twice"');
    await settle();
    await desk.clock('+1d');
    const inCases = desk.cases.messages.length;

    const answer = JSON.stringify(await desk.as('lyon').says('/desk export PR-2026-0001 format:json'));
    expect(answer).toContain('on its way to you privately');
    await settle();
    await settle();

    const [upload, ...more] = [...fake.state.uploads.values()];
    expect(more).toEqual([]);
    expect(upload).toMatchObject({ name: 'PR-2026-0001-evidence.json', thread: null });
    const to = fake.state.channel(upload?.channel);
    expect(to.id).toMatch(/^D/);
    expect([...to.members].sort()).toEqual(['U0BOT0001', desk.as('lyon').id]);
    expect(desk.cases.messages).toHaveLength(inCases);

    const text = upload?.bytes?.toString() ?? '';
    expect(answer).toContain(createHash('sha256').update(text).digest('hex'));
    const evidence = JSON.parse(text) as Evidence;
    expect(evidence.asked.by).toBe('lyon');
    expect(evidence.log.checkpoint?.number).toBe(1);
    expect([firstBadEntry(evidence), logHolds(evidence)]).toEqual([null, true]);
    expect(text).not.toMatch(/C-10812|Called twice/);
    expect(fake.refusals).toEqual([]);
  });

  it('comes once where its receipt was lost', async () => {
    desk = await slackDesk({ mode });
    await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
    desk.fake.failNext('files.completeUploadExternal', { kind: 'done-but-dropped' });
    await desk.as('lyon').says('/desk export PR-2026-0001');
    await desk.settle();
    await desk.clock('2026-11-23T10:05');
    const shared = [...desk.fake.state.uploads.values()].filter(({ channel }) => channel !== null);
    expect(shared).toHaveLength(1);
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  });

  it('comes to the account that asked, and to nobody who may not have it', async () => {
    desk = await slackDesk({ mode });
    await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
    expect(JSON.stringify(await desk.as('mei').says('/desk export PR-2026-0001'))).toContain(
      'That is not for an agent',
    );
    await desk.settle();
    expect(desk.fake.state.uploads.size).toBe(0);
    const other = desk.as('lyon@discord');
    await other.says('/desk export month:2026-11');
    await desk.settle();
    const [upload] = [...desk.fake.state.uploads.values()];
    expect(upload?.name).toBe('cases-2026-11.csv');
    expect([...desk.fake.state.channel(upload?.channel).members].sort()).toEqual(['U0BOT0001', other.id]);
  });
});

it('what Slack could not take at first is sent again, once', async () => {
  desk = await slackDesk();
  await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
  desk.fake.failNext('files.getUploadURLExternal', { kind: 'http', status: 503 });
  await desk.as('lyon').says('/desk export PR-2026-0001');
  await desk.settle();
  expect(desk.fake.state.uploads.size).toBe(0);
  await desk.clock('+1h');
  expect([...desk.fake.state.uploads.values()].map(({ name }) => name)).toEqual([
    'PR-2026-0001-evidence.html',
  ]);
});

it.each([
  ['getUploadURLExternal', 'file_uploads_disabled'],
  ['getUploadURLExternal', 'missing_scope'],
  ['completeUploadExternal', 'posting_to_channel_denied'],
])(
  'a file Slack never takes (%s: %s): who asked is told, and what waits behind it arrives',
  async (method, code) => {
    desk = await slackDesk();
    await desk.as('mei').says('/privacy log deletion C-10812 scope:email');
    desk.fake.failNext(`files.${method}`, { kind: 'error', code });
    await desk.as('ana').says('/desk export PR-2026-0001');
    await desk.as('mei').says('/privacy log complaint C-70002 about_officer:yes');
    await desk.settle();
    const { id } = desk.as('ana');
    const words = desk.fake.state
      .channel(`D${id.slice(1)}`)
      .messages.map(({ text, blocks }) => text + JSON.stringify(blocks));
    expect(words).toHaveLength(2);
    expect(words[0]).toContain(
      `PR-2026-0001-evidence.html: Slack takes no file from the desk here (${code})`,
    );
    expect(words[1]).toContain('PR-2026-0002');
    expect(await desk.store.stuckPosts(10)).toEqual([]);
  },
);
