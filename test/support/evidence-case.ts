/** A desk whose records have everything an evidence file tells: played once, for the tests of evidence files. */
import { readFileSync } from 'node:fs';
import { type Played, playDesk } from './terminal-desk.js';

/** A case with every kind of date and decision, words like markup among them; a disclosure, and a consent. */
export const FULL_RECORD = [
  '/clock 2026-09-21T10:00',
  '/privacy log deletion C-10812 scope:email,usage_log via:phone ref:T-4711 note:"Mrs Chen <script>alert(1)</script>" received:2026-09-20T10:00',
  '/privacy assign PR-2026-0001',
  '/as lyon',
  '/privacy amend PR-2026-0001 received:2026-09-19T10:00 reason:"the letter came a day earlier"',
  '/as mei',
  '/privacy verify PR-2026-0001 callback fail call#8',
  '/privacy verify PR-2026-0001 callback pass call#9',
  '/privacy notice PR-2026-0001 acknowledgement ref:M-1 via:email',
  '/privacy pause PR-2026-0001 reason:"waiting for a copy"',
  '/clock +2d',
  '/privacy resume PR-2026-0001',
  '/privacy check PR-2026-0001 all done ref:CHG-880',
  '/privacy retain PR-2026-0001 email law:"Tax Act <b>52</b> & more" until:2027-06-30 explained:2026-09-21 consent:2026-09-21',
  '/privacy check PR-2026-0001 email retained',
  '/as lyon',
  '/privacy extend PR-2026-0001 until:2026-11-20 reason:legal_retention explained:2026-09-22/call#12 consent:2026-09-22/call#13',
  '/as mei',
  '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Tax Act 52 for C-10812" until:2027-06-30',
  '/as lyon',
  '/privacy decide PR-2026-0001 return reason:"once more please"',
  '/as mei',
  '/privacy propose PR-2026-0001 partially_fulfilled ground:LAW_REQUIRES_RETENTION law:"Tax Act 52" until:2027-06-30',
  '/as lyon',
  '/privacy decide PR-2026-0001 approve reason:"right"',
  '/as mei',
  '/disclosure consent C-10812 newsletter email 2026-08-01 F-1 recipient:MailCo',
  '/disclosure request C-10812 "Swift Courier" name,delivery "bring the order" transaction order:SO-1 template:delivery',
  '/as lyon',
] as const;

/** Refused as it should be: an account that is not on the staff list. */
export const OUTSIDER = ['/as nobody', '/privacy decide PR-2026-0001 approve', '/as lyon'] as const;

export async function playedRecord(options: Parameters<typeof playDesk>[0] = {}): Promise<Played> {
  const desk = await playDesk(options);
  for (const line of FULL_RECORD) {
    const { kind, text } = await desk.asks(line);
    if (kind === 'error') throw new Error(`${line}: ${text}`);
  }
  for (const line of OUTSIDER) await desk.says(line);
  return desk;
}

/** The file a line sent, as it lies on the disk. */
export async function exportedBy(
  desk: Pick<Played, 'says'>,
  line: string,
): Promise<{ readonly name: string; readonly path: string; readonly text: string }> {
  const shown = await desk.says(line);
  const file = shown.find((each) => each.file !== undefined)?.file;
  if (file === undefined) throw new Error(`${line}: ${shown.at(-1)?.text}`);
  return { name: file.name, path: file.path, text: readFileSync(file.path, 'utf8') };
}
