import { type Block, type Card, card, facts, text } from '../../../chat/card.js';
import type { PrivacyRequest } from '../../../domain/requests/request.js';
import { underClause } from '../../../language/en/lists.js';
import { outcomeWords } from '../../../language/en/requests.js';
import { civilDay, formatDay } from '../../../policy/calendar.js';
import type { Pack } from '../../../policy/schema.js';
import { maskedText } from '../../../vocabulary/mask.js';
import { type Day, maskReference } from '../../../vocabulary/values.js';
import { momentWords, personWords } from '../../tell/words.js';
import type { LoadedCase } from '../on-request.js';
import { caseActions, caseFacts, caseMoments, titleOf } from './head.js';

/** History lines shown; the ledger has all of them (`/desk audit`). */
const HISTORY_MAX = 30;

function section(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Block[] {
  return rows.length === 0 ? [] : [text(title), { kind: 'table', columns, rows }];
}

export function caseView({ request, pack, history }: LoadedCase, today: Day): Card {
  const masked = (value: string | null): string => maskedText(value ?? '', request.reference);
  const loggedDay = civilDay(request.loggedAt, pack.zone);
  const blocks: readonly Block[] = [
    facts(
      ...caseFacts(request, pack, today, loggedDay),
      [
        'Suspected impersonation',
        request.suspectedImpersonation ? `yes${underClause(pack.rules?.impersonation?.clause)}` : null,
      ],
      [
        'About the officer',
        request.about.length > 0
          ? `yes: the deputy handles it${underClause(pack.requests.complaint.clause)}`
          : null,
      ],
      ['Source', request.sourceRef === null ? null : masked(request.sourceRef)],
      ['Snoozed', request.snoozedUntil === null ? null : `until ${formatDay(request.snoozedUntil)}`],
    ),
    ...section(
      'Checklist',
      ['Category', 'Result', 'Evidence'],
      request.scope.flatMap((category) => {
        const answer = request.checklist[category];
        return answer === undefined ? [] : [[category, answer.result.replace('_', ' '), masked(answer.ref)]];
      }),
    ),
    ...proposalBlock(request, pack),
    ...section(
      'Kept',
      ['Categories', 'Until', 'Law or terms', 'Explained', 'Agreed'],
      request.retentions.map((kept) => [
        kept.categories.join(', '),
        `${formatDay(kept.until)}${kept.ended ? ' (deleted)' : ''}`,
        masked(kept.law),
        kept.explained?.day ?? '',
        kept.consent?.day ?? '',
      ]),
    ),
    ...section(
      'Notices to the customer',
      ['Kind', 'Sent', 'By'],
      request.notices.map((notice) => [
        notice.kind.replaceAll('_', ' '),
        momentWords(notice.sentAt, pack.zone),
        notice.via ?? '',
      ]),
    ),
    ...section(
      'Recipients',
      ['Recipient', 'State', 'By', 'Disclosures'],
      request.recipients.map((task) => [
        task.recipient,
        task.state,
        formatDay(task.due),
        task.disclosures.join(', '),
      ]),
    ),
    ...section(
      'Notes',
      ['When', 'Who', 'Note'],
      request.notes.map((note) => [momentWords(note.at, pack.zone), personWords(note.by), masked(note.text)]),
    ),
    ...section(
      'History',
      ['#', 'When', 'Who', 'What'],
      history
        .slice(-HISTORY_MAX)
        .map(({ seq, at, actor, event }) => [
          String(seq),
          momentWords(at, pack.zone),
          personWords(actor),
          event.type === 'command_refused'
            ? `refused ${event.command}: ${event.code}`
            : event.type.replaceAll('_', ' '),
        ]),
    ),
  ];
  return card(titleOf(request), 'neutral', blocks, {
    actions: caseActions(request),
    moments: caseMoments(request, pack),
    footer: `Policy ${request.pack.name} · customer ${request.reference === null ? 'erased' : maskReference(request.reference)}`,
    ref: request.ref,
  });
}

function proposalBlock(request: PrivacyRequest, pack: Pack): readonly Block[] {
  const waiting = request.phase.status === 'awaiting_decision' ? request.phase.proposal : null;
  const rows = request.rulings.map((ruling) => [
    String(ruling.number),
    `${ruling.verdict} by ${personWords(ruling.by)}, ${momentWords(ruling.at, pack.zone)}`,
    maskedText(ruling.reason ?? '', request.reference),
  ]);
  if (waiting !== null)
    rows.push([
      String(waiting.number),
      `${outcomeWords(waiting.outcome)}, asked by ${personWords(waiting.by)}`,
      waiting.ground ?? '',
    ]);
  return section('Proposals', ['#', 'Decision', 'Reason'], rows);
}
