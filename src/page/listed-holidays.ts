/**
 * In place of the library of public holidays, which is too large for a page: the days that the file lists for its policies, which
 * the desk took from that library and sealed. Must not know: what they are used for.
 */
import { documentOf, packOf } from '../evidence/document.js';

type Holiday = { readonly date: string; readonly start: Date; readonly end: Date; readonly type: 'public' };

const DAY_MS = 86_400_000;
const listed = new Map<string, readonly string[]>();

/** Of the file's text, before it is verified: what cannot be read is named then, and whatever is wrong with the days by the seal. */
export async function listHolidays(data: string): Promise<void> {
  const read = documentOf(data);
  if (!('document' in read)) return;
  for (const [hash, { holidays }] of Object.entries(read.document.policies)) {
    const pack = await packOf(read.document, hash);
    if (pack === null) continue;
    for (const [year, days] of Object.entries(holidays)) listed.set(`${pack.calendar.country} ${year}`, days);
  }
}

/** As much of `date-holidays` as the calendar asks of it. */
export default class ListedHolidays {
  readonly country: string;
  constructor(country: string) {
    this.country = country;
  }
  getHolidays(year: number): readonly Holiday[] {
    const days = listed.get(`${this.country} ${year}`);
    if (days === undefined) throw new Error(`the file lists no public holidays of ${year}`);
    return days.map((day) => ({
      date: `${day} 00:00:00`,
      start: new Date(0),
      end: new Date(DAY_MS),
      type: 'public',
    }));
  }
}
