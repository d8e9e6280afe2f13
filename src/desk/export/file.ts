/**
 * An export made from the ledger as it stood when it was asked for: the same entry gives the same bytes, at the command
 * and when it is sent. Must not know: any surface, how it is sent.
 */
import { createHash } from 'node:crypto';
import { DeliveryFailure, type Place, type UploadFile } from '../../chat/surface.js';
import type { ExportEvent } from '../../domain/house.js';
import type { Reader } from '../../domain/requests/reading.js';
import { textOf } from '../../evidence/document.js';
import { frameText, wordsIn } from '../../evidence/file.js';
import { civilDay } from '../../policy/calendar.js';
import { mayDo } from '../../policy/permissions.js';
import { fromEntry, STREAMS } from '../../record/entry.js';
import { memberOf, peopleOf } from '../../record/people.js';
import type { NewPost } from '../../record/rows.js';
import type { Person } from '../../vocabulary/values.js';
import type { Render } from '../tell/kinds.js';
import { csv } from './csv.js';
import { makeDocument } from './document.js';
import { deskLog } from './kind.js';
import type { Asked, ExportMeans } from './means.js';
import { pageFrame } from './page.js';
import { sha256Of } from './seal.js';
import { monthTable, registerTable } from './tables.js';

export async function makeExport(means: ExportMeans, asked: Asked): Promise<UploadFile> {
  const { of, audience, at } = asked;
  const today = audience === 'subject' ? civilDay(at, means.pack.zone) : null;
  const marked = audience === 'subject' ? '-subject' : '';
  switch (of.kind) {
    case 'case':
      return { ...(await evidenceFile(means, asked, of, `${of.ref}-evidence${marked}`)), ref: of.ref };
    case 'customer':
      return evidenceFile(means, asked, of, `customer-${of.customer.slice(0, 8)}-evidence${marked}`);
    case 'register':
      return table(
        `register${marked}.csv`,
        await registerTable(means, { ...of, customer: of.customer ?? null, asOf: at }, today),
      );
    case 'month':
      return table(
        `cases-${of.month}.csv`,
        await monthTable(means, { month: of.month, asOf: at, reader: await readerNamed(means, asked) }),
      );
    default:
      return of satisfies never;
  }
}

/** The page with the data in it, or the data alone, both of the same text. */
async function evidenceFile(
  means: ExportMeans,
  asked: Asked,
  of: Extract<ExportEvent['of'], { readonly kind: 'case' | 'customer' }>,
  stem: string,
): Promise<UploadFile> {
  const made = await makeDocument(means, asked, of);
  const { seal } = made.sealer;
  const dataWith = (page: unknown): string => {
    const parts = { ...made.parts, page };
    return textOf({ ...parts, seal: seal(parts) });
  };
  if (asked.format === 'json')
    return { name: `${stem}.json`, type: 'application/json', bytes: Buffer.from(dataWith(null)) };
  const frame = pageFrame({ made, asked, zone: means.pack.zone, script: means.pageScript() });
  const data = dataWith({ words: sha256Of(wordsIn(frame.before)), frame: sha256Of(frameText(frame)) });
  return {
    name: `${stem}.html`,
    type: 'text/html',
    bytes: Buffer.from(`${frame.before}${data}${frame.after}`),
  };
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
  const member = await memberOf(means.tx, actor.account);
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

export const renderFile: Render = async (means, effect) => {
  if (effect.kind === 'file') return recordedFile(means, effect.seq);
  if (effect.kind !== 'table') return null;
  const { name, columns, rows, person, account } = effect;
  const member = await means.tx.staffOf(account);
  if (member?.active !== true) throw never(`@${person} is off the staff list`);
  return { place: { kind: 'person', person, accounts: [account] }, file: table(name, csv(columns, rows)) };
};
