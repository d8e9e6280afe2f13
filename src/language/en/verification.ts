/** What verifying an evidence file found, in English: on the page itself and in the terminal. Must not know: how it was found. */
import type { EntryVerdict } from '../../evidence/chain.js';
import type { History } from '../../evidence/history.js';
import type { Finding, Verified } from '../../evidence/verify.js';

const FLAWS: Readonly<Record<NonNullable<EntryVerdict['flaw']>, string>> = {
  'out-of-order': 'another entry stands in its place',
  'link-broken': 'its link to the entry before is broken',
  'content-changed': 'its content does not match its hash',
  'other-stream': 'it belongs to another record',
  'proof-wrong': 'the checkpoint’s proof is not of this entry',
};

const CHECKPOINT_FLAWS: Readonly<Record<Extract<Finding, { what: 'checkpoint' }>['flaw'], string>> = {
  'no-note': 'it is no signed note',
  'other-origin': 'it is another desk’s',
  'not-consistent': 'it is not the beginning of the last checkpoint',
  forged: 'its signature is not right',
  'other-key': 'this key did not sign it',
};

const SEAL_FLAWS: Readonly<Record<Extract<Finding, { what: 'seal' }>['signed'], string>> = {
  'no-note': 'The seal of the file is no signed note.',
  forged: 'The seal’s signature is not right: the file was changed, or the desk never made it.',
  'other-key': 'This key did not seal the file.',
};

const DATE_FIELDS: Readonly<Record<string, string>> = {
  receiptDay: 'the day of receipt',
  ackDue: 'the day to acknowledge by',
  actDue: 'the day to act by',
  due: 'the due day',
  target: 'the target day',
  from: 'the day it was extended from',
  type: 'the kind of request',
  receivedAt: 'the moment of receipt',
};

/** One finding: where, and what is wrong there. */
export function findingWords(finding: Finding): string {
  switch (finding.what) {
    case 'text':
      return textWords(finding.flaw);
    case 'entry':
      return `${finding.stream} entry ${finding.seq}: ${FLAWS[finding.flaw]}.`;
    case 'end':
      return `${finding.stream}: the record does not end where the file says.`;
    case 'date': {
      const { seq, field, says, computed } = finding.flaw;
      const where = seq === null ? finding.stream : `${finding.stream} entry ${seq}`;
      return `${where}: ${DATE_FIELDS[field] ?? field} is ${says}, and the policy makes it ${computed}.`;
    }
    case 'own-decision': {
      const { seq, of, by } = finding.own;
      return `${finding.stream} entry ${seq}: @${by} decided what the same person put forward in entry ${of}.`;
    }
    case 'unreadable':
      return `${finding.stream}: an entry is not in the form of its kind, so dates and decisions cannot be followed.`;
    case 'policy':
      return `${finding.stream}: the policy in the file is not the one it was decided under (${finding.hash.slice(0, 12)}).`;
    case 'checkpoint':
      return `Checkpoint ${finding.number}: ${CHECKPOINT_FLAWS[finding.flaw]}.`;
    case 'part':
      return `The part “${finding.part}” is not what the desk sealed.`;
    case 'seal':
      return SEAL_FLAWS[finding.signed];
    case 'key':
      return 'The verifier key in the file is not the one to check with.';
    case 'page':
      return finding.flaw === 'words'
        ? 'The words of the page are not those the desk sealed. The data are shown by the hashes, not by these words.'
        : 'The page around the data is not the one the desk made.';
    default:
      return finding satisfies never;
  }
}

function textWords(flaw: Extract<Finding, { what: 'text' }>['flaw']): string {
  switch (flaw.flaw) {
    case 'no-json':
      return 'The data cannot be read: they are no JSON any more.';
    case 'no-evidence':
      return 'The data are not of an evidence file.';
    case 'not-as-written':
      return `The data are not as the desk writes them: line ${flaw.line} was changed.`;
    default:
      return flaw satisfies never;
  }
}

/** What holds, and what could not be checked here. */
export function verdictWords(verified: Verified): {
  readonly good: boolean;
  readonly verdict: string;
  readonly lines: readonly string[];
} {
  const { findings, entries, document } = verified;
  const [first, ...others] = findings;
  if (first !== undefined)
    return {
      good: false,
      verdict: `Not as the desk made it. ${findingWords(first)}`,
      lines: others.slice(0, SHOWN_MAX).map(findingWords),
    };
  const hashed = entries.filter(({ hash }) => hash === 'computed').length;
  const followed = entries.length - hashed;
  const proven = entries.filter((one) => one.proven === 'proven').length;
  return {
    good: true,
    verdict: `${entries.length} of ${entries.length} ${entries.length === 1 ? 'entry verifies' : 'entries verify'} ✓`,
    lines: [
      hashed > 0 ? `${counted(hashed, 'hash')} computed from what the entries say.` : null,
      followed > 0
        ? `${counted(followed, 'hash')} followed only: what those entries say is not, or not all, in the file.`
        : null,
      provenWords(proven, entries.length, document?.log.checkpoint?.day ?? null),
      verified.recomputed
        ? 'Every date follows from the policy in the file, and nobody decided what they put forward themselves.'
        : 'Dates and decisions are as the desk sealed them: a copy for the customer leaves out what they are computed from.',
      verified.signatures
        ? 'The seal and the checkpoints are signed with the key in use here.'
        : 'No signature was checked: this browser has no Ed25519. Use a newer one, or: npm run verify -- FILE',
      'That the key is this desk’s, compare with /desk doctor; that this is its history, with a checkpoint from the chat.',
    ].filter((line) => line !== null),
  };
}

const SHOWN_MAX = 20;

function provenWords(proven: number, all: number, day: string | null): string {
  if (day === null) return 'No checkpoint proves it yet: none has been made since this was begun.';
  const rest = all - proven;
  return rest === 0
    ? `All are proven by the checkpoint of ${day}.`
    : `${proven} are proven by the checkpoint of ${day}; ${rest} came after it and are in no checkpoint yet.`;
}

const counted = (count: number, what: 'hash'): string => (count === 1 ? `1 ${what}` : `${count} ${what}es`);

/** The mark of one entry. */
export function markWords({ flaw, hash, proven }: EntryVerdict): string {
  if (flaw !== null) return `✗ ${FLAWS[flaw]}`;
  if (proven === 'proven') return '✓ proven';
  return hash === 'computed' ? '✓' : '✓ followed';
}

/** Whether the file is of the history that a pasted checkpoint is of. */
export function historyWords(history: History): { readonly good: boolean; readonly says: string } {
  const no = (says: string) => ({ good: false, says });
  switch (history.is) {
    case 'same':
      return {
        good: true,
        says: `The same history ✓: it is the checkpoint of this file, of ${history.size} entries.${unsigned(history)}`,
      };
    case 'earlier':
      return {
        good: true,
        says: `The same history ✓: that checkpoint, of ${history.size} entries, is proven to be the beginning of this file’s, of ${history.of}.${unsigned(history)}`,
      };
    case 'other-history':
      return no(
        `Another history ✗: that checkpoint, of ${history.size} entries, is not of the log this file comes from. One of the two was rewritten.`,
      );
    case 'not-in-file':
      return no(
        `Not to be said from this file: it holds no proof from a checkpoint of ${history.size} entries to its own, of ${history.of}. Ask the desk: /desk audit note:…, or export it again.`,
      );
    case 'no-checkpoint':
      return no('Not to be said from this file: it holds no checkpoint that verifies.');
    case 'other-desk':
      return no(`Not signed with this key ✗: it is a checkpoint of ${history.origin}.`);
    case 'forged':
      return no('Forged or mangled ✗: its signature is not right. Copy it again, whole.');
    case 'no-key':
      return no('That is no verifier key: copy it from /desk doctor, from the name to the last letter.');
    case 'no-note':
      return no('That is no checkpoint: copy it from its first line to the line that begins with a dash.');
    default:
      return history satisfies never;
  }
}

const unsigned = ({ signed }: { readonly signed: boolean }): string =>
  signed ? '' : ' Its signature was not checked: this browser has no Ed25519.';

/** What the terminal's tool says beside. */
export const VERIFY_TOOL = {
  usage: 'Usage: node verify.mjs FILE [--note FILE] [--key VERIFIER_KEY]',
  noData: (file: string) => `${file}: There are no data of an evidence file in it.`,
  cannotRead: (file: string, code: string) => `Cannot read ${file}: ${CANNOT_READ[code] ?? code}.`,
  page: 'The page around the data is, byte by byte, the one the desk made.',
} as const;

const CANNOT_READ: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
