/** JSON to review: what fits on a line stays on it, hashes are blanked. Must not know: what it prints. */
import { blanked } from './blanked.js';

const WIDTH = 110;

export function printed(value: unknown): string {
  return blanked(`${written(value, '')}\n`);
}

function written(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + short.length <= WIDTH) return short;
  const deeper = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((each) => written(each, deeper))
    : Object.entries(value).flatMap(([key, each]) =>
        each === undefined ? [] : [`${JSON.stringify(key)}: ${written(each, deeper)}`],
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.map((item) => deeper + item).join(',\n')}\n${indent}${close}`;
}
