/** What `ombud backup` says, in English. Must not know: how a copy is made. */
export const BACKUP = {
  server:
    'This desk is on a PostgreSQL server: copy it with pg_dump --format=custom --file=ombud.dump "$DATABASE_URL" (docs/backup.md).',
  silent:
    'The desk that has the database open did not answer within ten minutes. Look at its log; a version before this one makes no copies.',
  broken: (file: string) =>
    `The copy ${file} does not verify, so it is no backup. Run /desk audit: the desk it was copied from may be damaged.`,
  written: (file: string, entries: number) =>
    `${file}: ${entries} entries, verified. Keep the key (OMBUD_KEY or ombud.key) apart from it; neither is of use without the other.`,
} as const;
