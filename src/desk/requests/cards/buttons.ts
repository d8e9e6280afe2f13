/**
 * The buttons of a case: those its reader may press and that work now. Whether one works is asked of the decider behind it.
 * Must not know: any surface.
 */
import { type Action, button } from '../../../chat/card.js';
import { decideClose, decideDone, decideReopen, missingNotices } from '../../../domain/requests/ending.js';
import {
  type Circumstances,
  decideAssign,
  decideCheck,
  decidePause,
  decideResume,
  decideVerify,
  standingOf,
} from '../../../domain/requests/handling.js';
import { decideNotice } from '../../../domain/requests/notices.js';
import {
  earlyEnds,
  isAmendable,
  isExtendable,
  proposalOptions,
  retainable,
  rulingOptions,
} from '../../../domain/requests/options.js';
import { isOpen, type PrivacyRequest } from '../../../domain/requests/request.js';
import { typeRules } from '../../../domain/requests/rules.js';
import { decideRetract, decideRevoke } from '../../../domain/requests/taking-back.js';
import { BUTTONS } from '../../../language/en/requests.js';
import { civilDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import type { Permission } from '../../../vocabulary/permissions.js';
import type { Account, Instant, Person } from '../../../vocabulary/values.js';

/** Of a card in a channel: somebody who has the permission and has done nothing in the case yet. */
export const anybody = (pack: Pack, now: Instant): Circumstances => ({
  now,
  today: civilDay(now, pack.zone),
  // Branded: nobody's name, so that no rule takes it for a person's.
  actor: { person: '' as Person, account: 'desk:card' as Account },
  pack,
  may: () => true,
  same: () => false,
});

type Offer = {
  readonly label: string;
  readonly style?: Action['style'];
  readonly permission: Permission;
  readonly verb: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly asks?: readonly string[];
  readonly shown?: number;
  readonly works: boolean;
};

/** All but the ruling on a proposal; `reader`: who reads it, or `anybody`. */
export function caseButtons(request: PrivacyRequest, reader: Circumstances): readonly Action[] {
  if (request.forgotten !== null) return [];
  const offers = [
    ...(isOpen(request) ? handling(request, reader) : []),
    ...ending(request, reader),
    ...(isOpen(request) ? aside(request, reader) : []),
  ];
  return buttonsOf(request, reader, offers);
}

/** Approve, Return, Refuse where who reads it may rule on what is proposed. */
export const rulingButtons = (request: PrivacyRequest, reader: Circumstances): readonly Action[] =>
  buttonsOf(request, reader, rulings(request, reader));

function buttonsOf(
  request: PrivacyRequest,
  reader: Circumstances,
  offers: readonly Offer[],
): readonly Action[] {
  return offers
    .filter(({ permission, works }) => works && reader.may(permission))
    .map(({ label, style = 'plain', verb, fields = {}, asks = [], shown }) =>
      button(
        label,
        style,
        {
          command: 'privacy',
          verb,
          fields: { case: request.ref, ...fields },
          ...(shown === undefined ? {} : { shown }),
        },
        asks,
      ),
    );
}

function rulings(request: PrivacyRequest, reader: Circumstances): readonly Offer[] {
  const options = rulingOptions(request, reader);
  if (options === null) return [];
  const decide = (verdict: string) => ({
    permission: 'request.decide' as const,
    verb: 'decide',
    fields: { verdict },
    shown: options.number,
  });
  return [
    { ...decide('approve'), label: BUTTONS.approve, style: 'primary', works: options.approve },
    { ...decide('return'), label: BUTTONS.return, asks: ['reason!'], works: true },
    {
      ...decide('refuse'),
      label: BUTTONS.refuse,
      style: 'danger',
      asks: ['ground!', 'reason'],
      works: options.grounds.length > 0,
    },
  ];
}

const isDone = ({ kind }: { readonly kind: 'done' | 'refused' }): boolean => kind === 'done';

function handling(request: PrivacyRequest, reader: Circumstances): readonly Offer[] {
  const { pack, actor } = reader;
  const { method } = standingOf(request, pack);
  const verifies = isDone(decideVerify(request, { method, result: 'pass', ref: '1' }, reader));
  const check = { categories: 'all' as const, result: 'done' as const, ref: null };
  const options = proposalOptions(request, reader);
  return [
    {
      label: BUTTONS.take,
      style: 'primary',
      permission: 'request.assign',
      verb: 'assign',
      works: request.owner === null && isDone(decideAssign(request, actor.person, reader)),
    },
    ...(['pass', 'fail'] as const).map((result) => ({
      label: result === 'pass' ? BUTTONS.verified : BUTTONS.notVerified,
      permission: 'request.verify' as const,
      verb: 'verify',
      fields: { result },
      asks: ['method', 'ref'],
      works: verifies,
    })),
    {
      label: BUTTONS.check,
      permission: 'request.check',
      verb: 'check',
      asks: ['category', 'result', 'ref'],
      works: request.phase.status === 'in_progress' && isDone(decideCheck(request, check, reader)),
    },
    {
      label: BUTTONS.retain,
      permission: 'request.retain',
      verb: 'retain',
      asks: ['categories', 'law', 'until', ...pack.retention.requires],
      works: request.phase.status === 'in_progress' && retainable(request, reader).length > 0,
    },
    {
      label: BUTTONS.propose,
      permission: 'request.propose',
      verb: 'propose',
      // What the ground needs is asked for once it is known which.
      asks: ['outcome', ...(options.grounds.length === 0 ? [] : ['ground'])],
      works: options.outcomes.length > 0,
    },
    {
      label: BUTTONS.resume,
      style: 'primary',
      permission: 'request.pause',
      verb: 'resume',
      works: isDone(decideResume(request, reader)),
    },
  ];
}

function ending(request: PrivacyRequest, reader: Circumstances): readonly Offer[] {
  const notice = { via: null, sentAt: reader.now, ref: '1' };
  const missing = missingNotices(request, reader);
  const records = (kind: 'acknowledgement' | 'completion') =>
    isDone(decideNotice(request, { ...notice, kind }, reader));
  return [
    {
      label: BUTTONS.done,
      style: 'primary',
      permission: 'request.done',
      verb: 'done',
      asks: ['evidence'],
      works: isDone(decideDone(request, '1', [], reader)),
    },
    {
      label: BUTTONS.recipient,
      permission: 'request.notified',
      verb: 'notified',
      asks: ['recipient', 'via', 'ref'],
      works: isOpen(request) && request.recipients.some(({ state }) => state === 'open'),
    },
    {
      label: BUTTONS.notice,
      permission: 'request.notice',
      verb: 'notice',
      asks: ['kind', 'via', 'ref'],
      works: missing.length > 0 && records('completion'),
    },
    {
      label: BUTTONS.close,
      style: 'primary',
      permission: 'request.close',
      verb: 'close',
      works: isDone(decideClose(request, null, reader)),
    },
    {
      label: BUTTONS.closeUnverified,
      style: 'danger',
      permission: 'request.close_unverified',
      verb: 'close',
      fields: { outcome: 'identity_not_verified' },
      works:
        request.identity.state === 'failed' &&
        isDone(
          decideClose(
            request,
            { outcome: 'identity_not_verified', ref: null, reason: null, of: null },
            reader,
          ),
        ),
    },
    {
      label: BUTTONS.reopen,
      permission: 'request.reopen',
      verb: 'reopen',
      asks: ['reason'],
      works: isDone(decideReopen(request, '1', reader)),
    },
    {
      label: BUTTONS.acknowledge,
      permission: 'request.notice',
      verb: 'notice',
      fields: { kind: 'acknowledgement' },
      asks: ['via', 'ref'],
      works: isOpen(request) && request.notices.length === 0 && records('acknowledgement'),
    },
  ];
}

/** What is seldom needed. On a card in a channel, only what anybody there may do. */
function aside(request: PrivacyRequest, reader: Circumstances): readonly Offer[] {
  const named = reader.actor.person !== '';
  return [
    {
      label: BUTTONS.pause,
      permission: 'request.pause',
      verb: 'pause',
      asks: ['reason'],
      works: isDone(decidePause(request, '1', reader)),
    },
    {
      label: BUTTONS.retract,
      permission: 'request.propose',
      verb: 'retract',
      works: isDone(decideRetract(request, reader)),
    },
    {
      label: BUTTONS.extend,
      permission: 'request.extend',
      verb: 'extend',
      asks: ['until', 'reason', ...extensionAsks(request, reader.pack)],
      works: named && isExtendable(request, reader),
    },
    {
      label: BUTTONS.amend,
      permission: 'request.log',
      verb: 'amend',
      asks: ['scope', 'received', 'via', 'ref', 'reason'],
      works: isAmendable(request, reader),
    },
    {
      label: BUTTONS.revoke,
      style: 'danger',
      permission: 'request.verify',
      verb: 'verify',
      fields: { result: 'revoked' },
      asks: ['reason!'],
      works: named && isDone(decideRevoke(request, '1', reader)),
    },
    {
      label: BUTTONS.endEarly,
      style: 'danger',
      permission: 'request.close',
      verb: 'close',
      asks: ['outcome!', 'ref', 'reason'],
      works: named && earlyEnds(request, reader).some((outcome) => outcome !== 'identity_not_verified'),
    },
    { label: BUTTONS.note, permission: 'request.note', verb: 'note', asks: ['text'], works: true },
  ];
}

function extensionAsks({ type }: PrivacyRequest, pack: Pack): readonly string[] {
  const { extension } = typeRules(pack, type).due;
  return extension === 'none' ? [] : extension.requires;
}
