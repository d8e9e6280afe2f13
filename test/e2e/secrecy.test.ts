/**
 * What is kept from some of the staff, looked for in everything they can see, through the terminal surface: complaints about
 * the officer (P-7.3) and disclosures in secret (domain.md, "By law and in secret").
 */
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/vocabulary/values.js';
import { type Step, stepsOf } from '../support/scripts.js';
import { type Line, type Played, playDesk } from '../support/terminal-desk.js';

let open: Played | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});
async function newDesk(): Promise<Played> {
  open = await playDesk();
  await open.clock('2026-11-23T10:00');
  return open;
}

/** What a person reads: what is said to them, and what stands in channels they are in. */
const reads = (person: string, channels: readonly string[]) => (line: Line) =>
  line.to === `@${person}` || channels.includes(line.to);
const OFFICER = reads('lyon', ['#cases', '#officer']);
const AGENT = reads('dan', ['#cases']);
const textOf = (line: Line): string => JSON.stringify(line);
const shownBy = (steps: readonly Step[]): readonly Line[] => steps.flatMap(({ shown }) => shown);
/** Free of what this finds, but for the answers to commands that name it themselves. */
function finds(lines: readonly Line[], words: RegExp): readonly Line[] {
  return lines.filter((line) => words.test(textOf(line)));
}

const NOTE = /unkind|counter|LETTER-44|seen by a colleague/i;
const CASE = /PR-2026-0001/;
const CUSTOMER = /C…417/;

describe('a complaint about the officer', () => {
  it('is nowhere in what the officer and other agents see, but as a refusal that says nothing of it', async () => {
    const steps = await stepsOf('complaint-officer');
    for (const sees of [OFFICER, AGENT]) {
      const seen = shownBy(steps).filter(sees);
      expect(finds(seen, NOTE)).toEqual([]);
      const named = finds(seen, CASE);
      expect(named.map(({ kind, code }) => `${kind} ${code}`)).toEqual(
        named.map(() => 'error about-officer'),
      );
      // The officer logs a deletion of the same customer, whose mask stands on its own card.
      expect(finds(named, CUSTOMER)).toEqual([]);
    }
    const refused = steps.filter(({ last }) => last.code === 'about-officer').map(({ said }) => said);
    expect(refused).toEqual([
      '/privacy show PR-2026-0001',
      '/privacy why PR-2026-0001',
      '/desk export PR-2026-0001',
      '/desk audit PR-2026-0001',
      '/privacy assign PR-2026-0001',
      '/privacy log complaint C-20417',
      '/privacy log complaint C-20417 force:"another one"',
      '/privacy show PR-2026-0001',
      '/privacy note PR-2026-0001 "curious"',
    ]);
  });

  it('is told in private to the deputy and its owner, and its note is read in show alone', async () => {
    const steps = await stepsOf('complaint-officer');
    const about = shownBy(steps).filter((line) => line.ref === 'PR-2026-0001' && line.kind === 'post');
    expect(about.filter((line) => !line.private || !['@ana', '@mei'].includes(line.to))).toEqual([]);
    expect(about.filter(({ to }) => to === '@ana').length).toBeGreaterThan(2);
    expect(finds(about, NOTE)).toEqual([]);
    const shown = steps.filter(({ said }) => said === '/privacy show PR-2026-0001').map(({ last }) => last);
    expect(shown.map(({ kind }) => kind)).toEqual(['error', 'error', 'answer', 'answer']);
    expect(shown.at(-1)?.text).toMatch(/seen by a colleague/);
    const logged = steps.find(({ said }) => said.startsWith('/privacy log complaint'))?.last;
    expect(logged?.text).toContain('@ana answers by');
    const digest = steps
      .filter(({ said }) => said === '/desk digest')
      .map(({ last }) => CASE.test(textOf(last)));
    expect(digest).toEqual([false, true]);
    expect(steps.at(-1)?.last.card.title).toBe('The ledger verifies');
  });

  it('is not completed, not at home, not in a month’s file, and names none of them as readers', async () => {
    const desk = await newDesk();
    await desk.says('/privacy log complaint C-20417 about_officer:yes note:"unkind"');
    const suggested = (person: string) =>
      desk.desk.suggest({
        account: `terminal:${person}` as Account,
        command: 'privacy',
        verb: 'show',
        field: 'case',
        typed: 'PR-2026-0001',
        given: {},
      });
    const home = async (person: string): Promise<string> =>
      JSON.stringify(await desk.desk.home(`terminal:${person}` as Account));
    for (const person of ['lyon', 'dan']) {
      expect(await suggested(person)).toEqual([]);
      expect(await home(person)).not.toMatch(CASE);
    }
    for (const person of ['mei', 'ana', 'kim']) {
      expect((await suggested(person)).map(({ value }) => value)).toEqual(['PR-2026-0001']);
    }
    expect(await home('ana')).toBeTruthy();
    const { may } = await desk.desk.readers('terminal', 'PR-2026-0001');
    expect([...may].sort()).toEqual(['terminal:ana', 'terminal:kim', 'terminal:mei']);
    const month = async (person: string): Promise<string> => {
      await desk.as(person);
      const file = (await desk.says('/desk export month:2026-11')).find(({ kind }) => kind === 'file')?.file;
      return readFile(file?.path ?? '', 'utf8');
    };
    expect(await month('lyon')).not.toMatch(CASE);
    expect(await month('ana')).toMatch(CASE);
  });

  it('is told to the administrator when it is three days late, and never to the officer', async () => {
    const desk = await newDesk();
    await desk.says('/privacy log complaint C-20417 about_officer:yes');
    const shown = await desk.clock('+40d');
    const late = shown.filter((line) => line.to === '@root' && line.ref === 'PR-2026-0001');
    expect(late).toHaveLength(1);
    expect(late[0]?.text).toMatch(/overdue by 3 days/);
    expect(finds(shown.filter(OFFICER), CASE)).toEqual([]);
    expect(finds(shown.filter(AGENT), CASE)).toEqual([]);
  });
});

describe('the note of any complaint', () => {
  it('is read in show, and stands in no channel', async () => {
    const desk = await newDesk();
    await desk.says('/privacy log complaint C-20417 note:"unkind words" ref:LETTER-44');
    await desk.says('/privacy note PR-2026-0001 "seen by a colleague"');
    expect(
      finds(
        desk.shown().filter(({ to }) => to.startsWith('#')),
        NOTE,
      ),
    ).toEqual([]);
    expect((await desk.asks('/privacy show PR-2026-0001')).text).toMatch(/seen by a colleague/);
  });
});

describe('a disclosure in secret', () => {
  const SECRET = /City Police|CPL|I-77|EV-9|criminal case|counsel|sealed letter|POST-3|2026-12-03/;

  it('shows channel and other agents that a law requires it, and no more, until its day', async () => {
    const steps = await stepsOf('disclosure-secret');
    const until = steps.findIndex(({ said }) => said === '/clock +1d');
    const seen = shownBy(steps.slice(0, until)).filter(AGENT);
    // What dan himself asks about is said back to him.
    const told = finds(seen, SECRET).filter(({ card }) => card.title !== 'It could be asked');
    expect(told).toEqual([]);
    expect(finds(seen, /required by law, details with the officer/).length).toBeGreaterThan(4);
    const after = steps.filter(({ said }) => said.startsWith('/disclosure register')).at(-1)?.last;
    expect(after?.text).toContain('City Police');
  });

  it('shows all to the officer’s channel, where it is decided, to the asker and to the auditor', async () => {
    const steps = await stepsOf('disclosure-secret');
    const asked = steps.find(({ said }) => said.startsWith('/disclosure request'))?.shown ?? [];
    const decision = asked.filter((line) => line.card.actions.includes('Approve'));
    expect(decision.map(({ to }) => to)).toEqual(['#officer']);
    expect(decision[0]?.text).toMatch(/CPL art\. 54/);
    const register = steps
      .filter(({ said }) => said.startsWith('/disclosure register'))
      .map(({ last }) => last.text);
    expect(register.map((text) => /City Police/.test(text))).toEqual([false, true, true]);
    const ends =
      steps.find(({ said }) => said === '/clock +1d')?.shown.filter(({ to }) => to === '#officer') ?? [];
    expect(finds(ends, /No longer withheld.*DR-2026-0001/s).length).toBeGreaterThan(0);
    expect(steps.at(-1)?.last.card.title).toBe('The ledger verifies');
  });
});

describe('the card of any disclosure in the channel', () => {
  it('holds no word that somebody wrote', async () => {
    const desk = await newDesk();
    await desk.says(
      '/disclosure request C-10812 "Swift Courier" name,delivery "bring the order" transaction order:SO-881 template:delivery',
    );
    await desk.as('lyon');
    await desk.says('/disclosure decide DR-2026-0001 deny reason:"she rang and cancelled"');
    const heads = desk
      .shown()
      .filter(({ to, thread, ref }) => to === '#cases' && thread === null && ref === 'DR-2026-0001');
    expect(heads.length).toBeGreaterThan(1);
    expect(finds(heads, /Swift|bring the order|SO-881|rang/)).toEqual([]);
    expect(heads[0]?.card.facts).toMatchObject({ Categories: 'name, delivery', Customer: 'C…812' });
    const thread = desk.shown().filter((line) => line.thread === 'DR-2026-0001');
    expect(finds(thread, /SO-881/).length).toBeGreaterThan(0);
  });
});
