/** The help card in English. Must not know: commands, what anybody may do. */
export const HELP = {
  title: 'What you can do',
  titleOf: (command: string) => `What you can do with /${command}`,
  nothing: 'Nothing here is yours to do. /desk officer says whom to ask.',
  columns: ['say', 'it does'],
  more: (command: string, verb: string) =>
    `One verb with its fields and examples: /desk help ${command} ${verb}`,
  examples: 'For example',
  naming: 'Every field may be named; text with spaces goes in "quotes".',
  optional: (name: string) => `${name} (optional)`,
} as const;
