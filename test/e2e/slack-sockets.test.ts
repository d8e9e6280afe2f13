/**
 * Connections to Slack that are refreshed, cut and cannot be made anew at once: nothing is done twice, nothing is lost.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { held } from '../support/held.js';
import { type SlackDesk, slackDesk } from '../support/slack-desk.js';

let desk: SlackDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const LOG = '/privacy log deletion C-10812 scope:email';

describe('sockets', () => {
  it('two stand from the start; a refresh leaves one, and the other comes back', async () => {
    desk = await slackDesk();
    const { fake } = desk;
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets');
    fake.refreshOne();
    await fake.state.until(() => fake.openSockets() === 1, 'one socket');
    expect(JSON.stringify(await desk.as('mei').says(LOG))).toContain('PR-2026-0001');
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets again');
  });

  it('a cut in the middle of a command: done once, answered all the same', async () => {
    const gate = held();
    desk = await slackDesk({ around: gate.around });
    const mei = desk.as('mei');
    const asked = mei.command(LOG);
    await gate.reached;
    desk.fake.cutSockets();
    expect((await asked).payload).toBeNull();
    await desk.fake.state.until(() => desk?.fake.openSockets() === 2, 'new sockets');
    gate.open();
    await desk.fake.state.until(() => mei.seen().length === 1, 'the answer by the response address');
    expect(JSON.stringify(mei.last())).toContain('Logged as PR-2026-0001.');
    await desk.settle();
    expect(await desk.store.transact((tx) => tx.requests({}))).toHaveLength(1);
    expect(desk.cases.messages).toHaveLength(1);
  });

  it('an outage of the API while reconnecting is outlived, and a command’s own call does not hang through it', async () => {
    desk = await slackDesk();
    const { fake } = desk;
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets');
    fake.failNext('apps.connections.open', { kind: 'http', status: 503 });
    fake.failNext('apps.connections.open', { kind: 'dropped' });
    fake.failNext('apps.connections.open', { kind: 'error', code: 'internal_error' });
    fake.cutSockets();
    await fake.state.until(() => fake.openSockets() === 2, 'two sockets again', 20_000);
    expect(JSON.stringify(await desk.as('mei').says(LOG))).toContain('PR-2026-0001');
  });
});
