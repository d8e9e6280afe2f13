/**
 * The script of an evidence page: verifies the data in it and marks each entry, and compares a pasted checkpoint. It asks nobody
 * anything. Must not know: the desk, how the page is written beyond the ids in it.
 */
import { DATA_ID, WORDS_ID } from '../evidence/file.js';
import { historyOf } from '../evidence/history.js';
import { type Verified, verify } from '../evidence/verify.js';
import { historyWords, markWords, verdictWords } from '../language/en/verification.js';
import { listHolidays } from './listed-holidays.js';

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
};

async function run(): Promise<void> {
  const data = element(DATA_ID).textContent.replace(/^\n/, '');
  // Before anything is marked: the words as they came.
  const words = element(WORDS_ID).textContent;
  await listHolidays(data);
  const verified = await verify({ data, page: { words, frame: '' } });
  showVerdict(verified);
  for (const entry of verified.entries)
    for (const row of document.querySelectorAll(
      `article[data-stream="${CSS.escape(entry.stream)}"] tr[data-entry="${entry.seq}"]`,
    )) {
      const mark = row.querySelector('.mark');
      if (mark !== null) {
        mark.textContent = markWords(entry);
        mark.classList.add(entry.flaw === null ? 'good' : 'bad');
      }
      row.classList.toggle('bad', entry.flaw !== null);
    }
  openComparison(verified);
}

function showVerdict(verified: Verified): void {
  const { good, verdict, lines } = verdictWords(verified);
  const box = element('verdict');
  const says = document.createElement('p');
  says.className = 'verdict';
  says.textContent = verdict;
  const list = document.createElement('ul');
  list.append(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
  box.replaceChildren(says, ...(lines.length > 0 ? [list] : []));
  box.closest('aside')?.classList.add(good ? 'good' : 'bad');
  document.documentElement.dataset.verified = good ? 'yes' : 'no';
}

function openComparison(verified: Verified): void {
  element('comparison').hidden = false;
  element('compare').addEventListener('submit', (event) => {
    event.preventDefault();
    void compare(verified);
  });
}

async function compare(verified: Verified): Promise<void> {
  const note = element('note') as HTMLTextAreaElement;
  const key = element('key') as HTMLInputElement;
  const { good, says } = historyWords(await historyOf(verified, note.value, key.value));
  const box = element('history');
  box.textContent = says;
  box.className = good ? 'good' : 'bad';
}

run().catch((error: unknown) => {
  element('verdict').textContent =
    `Verifying failed: ${error instanceof Error ? error.message : String(error)}`;
  document.documentElement.dataset.verified = 'no';
});
