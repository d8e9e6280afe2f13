/**
 * `ombud completion SHELL`: the script by which a shell completes ombud's words, options and files, made from their declarations.
 * Must not know: what any of them does.
 */
import type { Declared, Options } from './command-line.js';

export const SHELLS = ['bash', 'fish', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** What is declared: the desk's own options, and the words with theirs. */
export type Words = { readonly desk: Options; readonly words: readonly Declared[] };

export function completionFor(shell: Shell, declared: Words): string {
  switch (shell) {
    case 'bash':
      return bash(declared);
    case 'fish':
      return fish(declared);
    case 'zsh':
      return zsh(declared);
    default:
      return shell satisfies never;
  }
}

const flagsOf = (options: Options): readonly string[] =>
  Object.entries(options).flatMap(([name, { short }]) => [
    `--${name}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);

const taking = ({ desk, words }: Words, takes: 'FILE' | 'DIR'): readonly string[] => [
  ...new Set(
    [desk, ...words.map(({ options }) => options)].flatMap((options) =>
      Object.entries(options)
        .filter(([, option]) => option.takes === takes)
        .map(([name]) => `--${name}`),
    ),
  ),
];

const takesFiles = ({ operands }: Declared): boolean => /FILE|DIR|FOLDER/.test(operands);

/** A closed list of operands, `bash|fish|zsh`, or none. */
const listed = ({ operands }: Declared): readonly string[] =>
  /^[a-z]+(?:\|[a-z]+)+$/.test(operands) ? operands.split('|') : [];

function bash(declared: Words): string {
  const cases = declared.words.map(
    (word) =>
      `    ${word.name}) words="${[...listed(word), ...flagsOf(word.options), '--help'].join(' ')}"; files=${takesFiles(word) ? 'yes' : ''} ;;`,
  );
  const all = [...declared.words.map(({ name }) => name), ...flagsOf(declared.desk)];
  const after = (flags: readonly string[], how: string): string =>
    flags.length === 0 ? '' : `    ${flags.join('|')}) COMPREPLY=($(compgen ${how} -- "$cur")); return ;;\n`;
  return `_ombud() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words files
  case $prev in
${after(taking(declared, 'FILE'), '-f')}${after(taking(declared, 'DIR'), '-d')}  esac
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
    *) words="${all.join(' ')}" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${all.join(' ')}"; files=; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [ -n "$files" ]; then COMPREPLY+=($(compgen -f -- "$cur")); fi
}
complete -o filenames -F _ombud ombud
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function fish({ desk, words }: Words): string {
  const option = (condition: string, options: Options): readonly string[] =>
    Object.entries(options).map(([name, { short, takes, says }]) => {
      const value =
        takes === undefined ? '' : takes === 'DIR' ? " -x -a '(__fish_complete_directories)'" : ' -r -F';
      return `complete -c ombud -n ${quoted(condition)} -l ${name}${short === undefined ? '' : ` -s ${short}`}${value} -d ${quoted(says)}`;
    });
  return [
    'complete -c ombud -f',
    ...option('__fish_use_subcommand', desk),
    ...words.flatMap((word) => {
      const seen = `__fish_seen_subcommand_from ${word.name}`;
      return [
        `complete -c ombud -n __fish_use_subcommand -a ${word.name} -d ${quoted(word.says)}`,
        ...option(seen, word.options),
        ...listed(word).map((value) => `complete -c ombud -n ${quoted(seen)} -a ${value}`),
        ...(takesFiles(word) ? [`complete -c ombud -n ${quoted(seen)} -F`] : []),
      ];
    }),
    '',
  ].join('\n');
}

function zsh({ desk, words }: Words): string {
  const safe = (text: string): string => text.replaceAll(/[[\]:]/g, (found) => `\\${found}`);
  const spec = (options: Options): readonly string[] =>
    Object.entries(options).map(([name, { takes, says }]) => {
      const value =
        takes === undefined
          ? ''
          : `:${takes}:${takes === 'DIR' ? '_files -/' : takes === 'FILE' ? '_files' : ' '}`;
      return quoted(`--${name}[${safe(says)}]${value}`);
    });
  const operand = (word: Declared): readonly string[] => [
    ...(listed(word).length > 0 ? [quoted(`1: :(${listed(word).join(' ')})`)] : []),
    ...(takesFiles(word) ? [quoted('*: :_files')] : []),
  ];
  const cases = words.map(
    (word) => `    ${word.name}) _arguments ${[...spec(word.options), ...operand(word)].join(' ')} ;;`,
  );
  return `#compdef ombud
_ombud() {
  if (( CURRENT == 2 )); then
    local -a tools=(${words.map(({ name, says }) => quoted(`${name}:${says}`)).join(' ')})
    _describe tool tools
    _arguments ${spec(desk).join(' ')}
    return
  fi
  local tool=$words[2]
  case $tool in
    ${words.map(({ name }) => name).join('|')}) shift words; (( CURRENT-- )) ;;
  esac
  case $tool in
${cases.join('\n')}
    *) _arguments ${spec(desk).join(' ')} ;;
  esac
}
if [ "$funcstack[1]" = _ombud ]; then _ombud "$@"; else compdef _ombud ombud; fi
`;
}
