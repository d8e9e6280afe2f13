/**
 * An export made from the ledger as it stood when it was asked for: the same entry gives the same bytes, at the command
 * and when it is sent. Must not know: any surface, how it is sent.
 */
import { createHash } from 'node:crypto';
import { DeliveryFailure, type Place, type UploadFile } from '../../chat/surface.js';
import type { ExportEvent } from '../../domain/house.js';
import type { Reader } from '../../domain/requests/reading.js';
import { entryFault } from '../../language/en/ledger.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import type { Pack } from '../../policy/schema.js';
import { checkpointsOf } from '../../record/checkpoints.js';
import { fromEntry, STREAMS } from '../../record/entry.js';
import { chainOf, checkpointsOver } from '../../record/evidence-chain.js';
import type { PackOf } from '../../record/kind.js';
import { peopleOf } from '../../record/people.js';
import type { NewPost } from '../../record/rows.js';
import type { OpenEntry, Tx } from '../../record/store.js';
import type { Day, Instant, Person } from '../../vocabulary/values.js';
import type { DeskKinds, Render } from '../tell/kinds.js';
import { deskLog } from './kind.js';
import { monthTable, registerTable } from './tables.js';

export type ExportMeans = {
  readonly tx: Tx;
  readonly packOf: PackOf;
  /** The pack in force: who may have an export, and in whose zone a day begins. */
  readonly pack: Pack;
  readonly kinds: DeskKinds;
  /** Verifies the checkpoints. */
  readonly publicKey: string;
};

export type Asked = Pick<ExportEvent, 'of' | 'audience'> & { readonly at: Instant; readonly by: Person };

export async function makeExport(means: ExportMeans, asked: Asked): Promise<UploadFile> {
  const { of, audience, at } = asked;
  const today = audience === 'subject' ? civilDay(at, means.pack.zone) : null;
  const marked = audience === 'subject' ? '-subject' : '';
  switch (of.kind) {
    case 'case':
      return {
        name: `${of.ref}-evidence${marked}.json`,
        type: 'application/json',
        bytes: Buffer.from(`${JSON.stringify(await evidence(means, asked, of, today), null, 2)}\n`),
        ref: of.ref,
      };
    case 'register':
      return table(`register${marked}.csv`, await registerTable(means, { ...of, asOf: at }, today));
    case 'month':
      return table(
        `cases-${of.month}.csv`,
        await monthTable(means, { month: of.month, asOf: at, reader: await readerNamed(means, asked) }),
      );
    default:
      return of satisfies never;
  }
}

/** In the roles they have now. */
async function readerNamed({ tx, pack }: ExportMeans, { at, by: person }: Asked): Promise<Reader> {
  const { staff, same } = await peopleOf(tx, civilDay(at, pack.zone));
  const member = staff.find((one) => one.person === person);
  return { person, roles: member?.roles ?? [], same };
}

const table = (name: string, text: string): UploadFile => ({
  name,
  type: 'text/csv',
  bytes: Buffer.from(text),
});

export const digestOf = (file: UploadFile): string => createHash('sha256').update(file.bytes).digest('hex');

async function evidence(
  means: ExportMeans,
  { at, by }: Asked,
  { ref, entries: last, checkpoints }: Extract<ExportEvent['of'], { kind: 'case' }>,
  today: Day | null,
) {
  const { tx, publicKey } = means;
  const entries = (await tx.entries(ref, { lock: false })).filter(({ seq }) => seq <= last);
  const points = checkpointsOf(await tx.entries(STREAMS.checkpoints, { lock: false }));
  const evidenceOf = means.kinds.evidenceOf(ref);
  if (evidenceOf === null) throw new Error(`${ref} has no evidence file`);
  const { pack, pinned, reference, about } = await evidenceOf(means, entries, today);
  return {
    what: `The record of ${ref} as this desk's ledger holds it, without personal data: the customer is masked.`,
    asked: { at, by },
    policy: pinnedPack(pack, pinned),
    ...about,
    ledger: chainOf({
      stream: ref,
      entries: entries.map(asHashed),
      reference,
      open: today === null,
      faultWords: entryFault,
    }),
    checkpoints: checkpointsOver(
      points.filter(({ number }) => number <= checkpoints),
      ref,
      publicKey,
    ),
  };
}

const asHashed = ({ personal: _personal, ...entry }: OpenEntry) => entry;

const pinnedPack = ({ title, version }: Pack, { name, hash }: { name: string; hash: string }) => ({
  title,
  name,
  version,
  hash,
});

/** The post that sends the file entry `seq` of the desk's stream records, to where it was asked. */
export function filePost(seq: number, surface: string, person: Person): NewPost {
  const at = `@${person}`;
  const lane = `${surface}:${at}`;
  const effect = { kind: 'file', ref: STREAMS.desk, seq, at };
  return { key: `${STREAMS.desk}:${seq}:file@${lane}`, surface, effect, lane };
}

/**
 * The recorded file made once more, and the one account it goes to. Throws when it is not the same any more, or whoever
 * asked may not have it any more.
 */
async function recordedFile(
  means: ExportMeans,
  seq: number,
): Promise<{ readonly place: Place; readonly file: UploadFile }> {
  const [raw] = await means.tx.rawEntries({ after: { stream: STREAMS.desk, seq: seq - 1 }, take: 1 });
  if (raw?.stream !== STREAMS.desk || raw.seq !== seq)
    throw new Error(`no entry ${seq} of the desk's stream`);
  const { at, actor } = raw;
  const event = fromEntry(deskLog.events, { ...raw, personal: null });
  if (event.type !== 'export_made' || actor.person === null)
    throw new Error(`nobody asked for the file of entry ${seq}`);
  const member = await means.tx.staffOf(actor.account);
  if (member?.active !== true || !mayDo(means.pack, member.roles, 'desk.export'))
    throw never(`@${actor.person} may not have ${event.name} any more`);
  const file = await makeExport(means, { ...event, at, by: actor.person });
  if (digestOf(file) !== event.sha256)
    throw never(`${event.name} is not what was recorded any more: ask for it again`);
  return {
    place: { kind: 'person', person: actor.person, accounts: [actor.account] },
    file,
  };
}

const never = (why: string): DeliveryFailure => new DeliveryFailure(why, { retryable: false, sent: 'no' });

export const renderFile: Render = async (means, effect) =>
  effect.kind === 'file' ? recordedFile(means, effect.seq) : null;
