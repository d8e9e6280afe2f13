/**
 * What there is to look at: the cards, forms and homes of desks on which such days were played. Must not know: any platform.
 */
import type { Card } from '../../src/chat/card.js';
import type { Answer, Form } from '../../src/chat/form.js';
import type { Home } from '../../src/chat/home.js';
import { type Invocation, NONE_MISSING } from '../../src/chat/surface.js';
import type { Account } from '../../src/vocabulary/values.js';
import { type Recorded, recordedLines } from '../support/card-recorder.js';

export type Scene = { readonly name: string } & (
  | { readonly kind: 'cards'; readonly cards: readonly Card[] }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'home'; readonly home: Home }
);

const TYPES = ['deletion', 'access', 'complaint', 'correction', 'stop_handling', 'consent_withdrawal'];
const SCOPES = ['email,delivery', 'all', 'payment', 'name,email'];
const VIAS = ['phone', 'email', 'written', 'chat'];

/** A desk with so many open cases, received over five weeks: some owned, some decided, some late. */
function busy(count: number): readonly string[] {
  const logged = Array.from({ length: count }, (_, at) => {
    const type = TYPES[at % TYPES.length] ?? 'access';
    const day = `2026-${at % 5 < 2 ? '10' : '11'}-${String(((at * 7) % 24) + 1).padStart(2, '0')}`;
    const scope = type === 'complaint' ? '' : ` scope:${SCOPES[at % SCOPES.length]}`;
    return `/privacy log ${type} C-${20000 + at * 37}${scope} via:${VIAS[at % 4]} received:${day} ref:T-${4000 + at}`;
  });
  const ref = (at: number): string => `PR-2026-${String(at + 1).padStart(4, '0')}`;
  const worked = Array.from({ length: count }, (_, at) => at).flatMap((at) => [
    ...(at % 2 === 0 ? [`/privacy assign ${ref(at)} to:${at % 4 === 0 ? 'mei' : 'dan'}`] : []),
    ...(at % 3 === 0 ? [`/privacy notice ${ref(at)} acknowledgement ref:MSG-${at} via:email`] : []),
    ...(at % 5 === 0 && TYPES[at % TYPES.length] !== 'complaint'
      ? [
          `/privacy verify ${ref(at)} method:callback result:pass ref:CALL-${at}`,
          `/privacy check ${ref(at)} all none_held`,
          `/privacy propose ${ref(at)} no_data_held`,
        ]
      : []),
  ]);
  return [
    '/clock 2026-11-27T08:00',
    ...logged,
    ...worked,
    ...(count < 2
      ? []
      : [
          '/disclosure request C-20111 to:FastParcel data:name,delivery purpose:delivery basis:transaction order:O-1 template:delivery',
        ]),
    '/clock 2026-11-28T10:30',
    '/clock 2026-11-30T10:30',
  ];
}

const DELETION: readonly string[] = [
  '/clock 2026-11-23T10:00',
  '/privacy log deletion C-10812 scope:email,delivery,payment via:phone ref:T-4711',
  '/privacy assign PR-2026-0001',
  '/privacy notice PR-2026-0001 acknowledgement ref:MSG-1 via:email',
  '/privacy verify PR-2026-0001 method:callback result:pass ref:call#9',
  '/privacy note PR-2026-0001 "the archive team looks for backups"',
  '/privacy check PR-2026-0001 email,delivery done ref:CHG-880',
  '/privacy check PR-2026-0001 payment retained',
  '/clock 2026-12-10T10:00',
  '/privacy retain PR-2026-0001 categories:payment law:"Tax Act 147" until:2030-01-01 explained:2026-12-09/call#9 consent:2026-12-09/call#9',
  '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Tax Act 147" until:2030-01-01',
];
const AFTER: readonly string[] = [
  '/as lyon',
  '/privacy show PR-2026-0001',
  '/press Approve PR-2026-0001',
  '/as mei',
  '/privacy done PR-2026-0001 evidence:CHG-881',
  '/privacy notice PR-2026-0001 partial ref:MSG-2 via:email',
  '/privacy notice PR-2026-0001 retention_explanation ref:MSG-3 via:email',
  '/privacy close PR-2026-0001',
  '/privacy show PR-2026-0001',
  '/privacy why PR-2026-0001',
  '/desk policy',
  '/desk help',
  '/as lyon',
  '/desk report 2026-11',
];
const DISCLOSURE: readonly string[] = [
  '/clock 2026-11-28T09:00',
  '/disclosure request C-20111 to:FastParcel data:name,delivery,mobile_phone purpose:delivery basis:transaction order:O-1001 template:delivery',
  '/as lyon',
  '/disclosure show DR-2026-0001',
  '/press Approve DR-2026-0001',
  '/as mei',
  '/disclosure sent DR-2026-0001 method:API ref:SENT-1',
  '/disclosure register from:2026-11-01',
];

const cards = (name: string, found: readonly Card[]): Scene => ({ name, kind: 'cards', cards: found });
const said = (recorded: readonly Recorded[], line: RegExp): readonly Card[] =>
  recorded.filter(({ how, said: each }) => how === 'answer' && line.test(each)).map(({ card }) => card);

function latest(recorded: readonly Recorded[], channel: string, kind: 'channel' | 'thread'): readonly Card[] {
  const shown = new Map<string, Card>();
  for (const { card, sent } of recorded)
    if (sent?.place.kind === kind && sent.place.channel === channel) shown.set(sent.id, card);
  return [...shown.values()];
}

const LYON = 'slack:U0LYON' as Account;
const MEI = 'slack:U0MEI' as Account;

async function dayWith(count: number): Promise<readonly Scene[]> {
  const { recorded, desk, close } = await recordedLines(busy(count));
  const ask = (asked: Invocation['ask']): Promise<Answer> =>
    desk.handle({ ...NOWHERE, account: MEI, ask: asked });
  const digests = (channel: string): readonly Card[] =>
    latest(recorded, channel, 'channel').filter(({ title }) => /digest/i.test(title));
  const found: Scene[] = [
    cards(`digest-${count}`, digests('cases').slice(-1)),
    cards(`digest-${count}-officer`, digests('officer').slice(-1)),
  ];
  if (count >= 25) {
    const home = await desk.home(LYON);
    if (home !== null) found.push({ name: `home-officer-${count}`, kind: 'home', home });
    found.push(cards(`list-${count}`, [(await ask({ kind: 'line', line: '/privacy list' })).card]));
  }
  if (count === 25) {
    found.push(cards('digest-yesterday', digests('cases').slice(-2, -1)));
    const home = await desk.home(MEI);
    if (home !== null) found.push({ name: 'home-agent', kind: 'home', home });
    for (const [name, fields, asks] of FORMS) {
      const [command = '', verb = ''] = name.split(' ');
      const answer = await ask({ kind: 'form', command, verb, fields, shown: null, asks });
      if (answer.kind === 'error' && answer.form !== null)
        found.push({ name: `form-${verb}`, kind: 'form', form: answer.form });
      else found.push(cards(`form-${verb}-refused`, [answer.card]));
    }
  }
  await close();
  return found;
}

/** Forms as their buttons open them. */
const FORMS: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[] | null])[] = [
  ['privacy log', {}, null],
  ['privacy verify', { case: 'PR-2026-0002', result: 'pass' }, ['method', 'ref']],
  ['privacy check', { case: 'PR-2026-0011' }, ['category', 'result', 'ref']],
  ['disclosure request', {}, null],
];

const NOWHERE = { id: null, surface: 'terminal', channel: 'cases', threadRef: null, missing: NONE_MISSING };

async function deletion(): Promise<readonly Scene[]> {
  const asked = await recordedLines(DELETION);
  const decision = latest(asked.recorded, 'cases', 'thread').slice(-1);
  const open = latest(asked.recorded, 'cases', 'channel').filter(({ ref }) => ref !== null);
  await asked.close();
  const { recorded, close } = await recordedLines([...DELETION, ...AFTER]);
  await close();
  const logged = recorded.find(({ sent, card }) => sent !== null && card.ref === 'PR-2026-0001')?.card;
  return [
    cards('case-logged', logged === undefined ? [] : [logged]),
    cards('case-open', open),
    cards('decision', decision),
    cards('thread', latest(recorded, 'cases', 'thread')),
    cards('show-decider', said(recorded, /show/).slice(0, 1)),
    cards('show-agent', said(recorded, /show/).slice(1, 2)),
    cards('why', said(recorded, /why/)),
    cards('policy', said(recorded, /policy/)),
    cards('help', said(recorded, /help/)),
    cards('report', said(recorded, /report/)),
    cards(
      'private',
      recorded.filter(({ sent }) => sent?.place.kind === 'person').map(({ card }) => card),
    ),
  ];
}

async function disclosure(): Promise<readonly Scene[]> {
  const { recorded, close } = await recordedLines(DISCLOSURE);
  await close();
  return [
    cards('disclosure-decision', latest(recorded.slice(0, 3), 'cases', 'thread').slice(-1)),
    cards('disclosure-thread', latest(recorded, 'cases', 'thread')),
    cards('disclosure-show', said(recorded, /show/)),
    cards('disclosure-register', said(recorded, /register/)),
  ];
}

/** A desk is only played where one of its names is wanted. */
const PLAYS: readonly (readonly [prefix: RegExp, play: () => Promise<readonly Scene[]>])[] = [
  ...[0, 1, 25, 110].map(
    (count) => [count === 25 ? /digest|home|list|form/ : /digest|home|list/, () => dayWith(count)] as const,
  ),
  [/case|decision|thread|show|why|policy|help|report|private/, deletion],
  [/disclosure/, disclosure],
];

export async function* scenes(names: readonly string[]): AsyncGenerator<Scene> {
  for (const [about, play] of PLAYS) {
    if (names.length > 0 && !names.some((name) => about.test(name))) continue;
    for (const scene of await play())
      if (names.length === 0 || names.some((name) => scene.name.includes(name))) yield scene;
  }
}
