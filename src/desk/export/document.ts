/**
 * The data of an evidence file, made from the ledger as it stood when it was asked for: of one record, or of everything of one
 * customer. Must not know: pages, files, how it is sent.
 */
import canonicalize from 'canonicalize';
import type { ExportEvent } from '../../domain/house.js';
import { base64, utf8 } from '../../domain/log/bytes.js';
import type { SamePerson } from '../../domain/people.js';
import { fileWords, LOG_RECIPE, NO_LOG_YET } from '../../language/en/evidence-data.js';
import { entryFault } from '../../language/en/ledger.js';
import { civilDay, publicHolidays } from '../../policy/calendar.js';
import type { Pack } from '../../policy/schema.js';
import { checkpointNumbered, checkpointsOf } from '../../record/checkpoints.js';
import { STREAMS } from '../../record/entry.js';
import { chainOf, checkpointsOver } from '../../record/evidence-chain.js';
import { type EntryProof, earlierPoints, entryProofs, logPoint } from '../../record/log/evidence.js';
import { peopleOf } from '../../record/people.js';
import type { OpenEntry } from '../../record/store.js';
import { LedgerDamage, NewerEntry } from '../../record/store.js';
import { maskReference, type Person } from '../../vocabulary/values.js';
import type { EvidenceSection } from '../tell/kinds.js';
import type { Asked, ExportMeans } from './means.js';
import { type Sealer, sealerOf } from './seal.js';

type Of = Extract<ExportEvent['of'], { readonly kind: 'case' | 'customer' }>;

/** A record as the page shows it beside its data. */
export type ShownRecord = {
  readonly ref: string;
  readonly title: string;
  readonly policy: { readonly title: string; readonly name: string; readonly hash: string };
  readonly sections: readonly EvidenceSection[];
  readonly hashes: readonly (readonly [seq: number, hash: string])[];
};

export type MadeDocument = {
  /** In the order of the file; the page and the seal come behind. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly sealer: Sealer;
  readonly records: readonly ShownRecord[];
  /** The customer as everybody sees them; null: the file is of one record. */
  readonly customer: string | null;
};

export async function makeDocument(means: ExportMeans, asked: Asked, of: Of): Promise<MadeDocument> {
  const { at, by, audience } = asked;
  const refs = of.kind === 'case' ? [{ ref: of.ref, entries: of.entries }] : of.records;
  const made: Made[] = [];
  for (const each of refs) made.push(await makeRecord(means, asked, each, of.checkpoints));
  const customer = of.kind === 'case' ? null : maskReference((await means.tx.reference(of.customer)) ?? '');
  const records = made.map(({ record }) => record);
  const checkpoint = await logPoint(means.tx, of.checkpoints);
  const sealer = sealerOf(means.signing, await checkpointNumbered(means.tx, of.checkpoints));
  const positions = made.flatMap(({ record }) => record.proofs.map(({ index }) => index));
  const [first] = records;
  return {
    parts: {
      what: customer === null ? fileWords.record(refs[0]?.ref ?? '') : fileWords.customer(customer),
      asked: { at, by },
      audience,
      ...(of.kind === 'case' ? first : { customer: { masked: customer, id: of.customer }, records }),
      policies: Object.fromEntries(
        made.map(({ pack, hash, entries }) => [
          hash,
          { canonical: base64(utf8(canonicalize(pack) ?? '')), holidays: holidaysOf(pack, entries) },
        ]),
      ),
      people: humansIn(
        made.flatMap(({ entries }) => entries),
        await sameIn(means, asked),
      ),
      log: {
        says: checkpoint === null ? NO_LOG_YET : null,
        verifierKey: sealer.verifierKey,
        olderKeys: sealer.olderKeys,
        recipe: LOG_RECIPE,
        checkpoint,
        earlier: await earlierPoints(means.tx, of.checkpoints, positions),
      },
    },
    sealer,
    records: made.map(({ shown }) => shown),
    customer,
  };
}

type Made = {
  readonly record: Readonly<Record<string, unknown>> & { readonly proofs: readonly EntryProof[] };
  readonly shown: ShownRecord;
  readonly pack: Pack;
  readonly hash: string;
  readonly entries: readonly OpenEntry[];
};

async function makeRecord(
  means: ExportMeans,
  { at, audience }: Asked,
  { ref, entries: last }: { readonly ref: string; readonly entries: number },
  checkpoints: number,
): Promise<Made> {
  const { tx, signing, kinds } = means;
  const today = audience === 'subject' ? civilDay(at, means.pack.zone) : null;
  const entries = (await tx.entries(ref, { lock: false })).filter(({ seq }) => seq <= last);
  const points = checkpointsOf(await tx.entries(STREAMS.checkpoints, { lock: false }));
  const evidenceOf = kinds.evidenceOf(ref);
  if (evidenceOf === null) throw new Error(`${ref} has no evidence file`);
  const { pack, pinned, reference, about, title, sections } = await evidenceOf(means, entries, today);
  const { name, hash } = pinned;
  const policy = { title: pack.title, name, version: pack.version, hash };
  const ledger = chainOf({
    stream: ref,
    entries: entries.map(asHashed),
    reference,
    open: today === null,
    faultWords: entryFault,
  });
  const covering = points.filter(({ number }) => number <= checkpoints);
  return {
    record: {
      policy,
      ...about,
      ledger,
      checkpoints: checkpointsOver(covering, ref, signing.publicKey),
      proofs: await entryProofs(tx, ref, { entries: last, checkpoint: checkpoints }),
    },
    shown: { ref, title, policy, sections, hashes: entries.map((one) => [one.seq, one.hash] as const) },
    pack,
    hash,
    entries,
  };
}

const asHashed = ({ personal: _personal, ...entry }: OpenEntry) => entry;

/** The public holidays of every year its dates may fall into, so that they can be computed without the library that knows them. */
function holidaysOf(
  { calendar }: Pack,
  entries: readonly OpenEntry[],
): Readonly<Record<string, readonly string[]>> {
  const years = entries.flatMap(({ body }) =>
    [...JSON.stringify(body).matchAll(/"(\d{4})-\d{2}-\d{2}/g)].map((found) => Number(found[1])),
  );
  if (years.length === 0) return {};
  const first = Math.min(...years) - 1;
  const span = Math.max(...years) + 2 - first;
  // What a text in an entry says of other centuries is no date of the case.
  return Object.fromEntries(
    Array.from({ length: Math.min(span, YEARS_MAX) }, (_, n) => first + n).map((year) => [
      String(year),
      publicHolidays(calendar.country, year),
    ]),
  );
}

const YEARS_MAX = 40;

/** Who is whom where a human acted under several names; the names of others stand alone and are left out. */
function humansIn(entries: readonly OpenEntry[], same: SamePerson): readonly (readonly Person[])[] {
  const names = [...new Set(entries.flatMap(({ actor }) => actor.person ?? []))].sort();
  const humans = names.map((name) => names.filter((other) => same(name, other)));
  return humans.filter((group, index) => group.length > 1 && group[0] === names[index]);
}

/** Where the staff's stream cannot be read, nobody can say who is who. */
async function sameIn({ tx, pack }: ExportMeans, { at }: Asked): Promise<SamePerson> {
  const { same } = await peopleOf(tx, civilDay(at, pack.zone));
  return (one, other) => {
    try {
      return same(one, other);
    } catch (error) {
      if (error instanceof LedgerDamage || error instanceof NewerEntry) return one === other;
      throw error;
    }
  };
}
