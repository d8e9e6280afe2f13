/**
 * Bolt's log into ours: words and error codes only. Payloads, which Bolt writes at debug level, are never kept.
 * Must not know: what was said.
 */
import { type Logger, LogLevel } from '@slack/bolt';
import type { Logger as Pino } from 'pino';

export function boltLogger(log: Pino): Logger {
  const words = (parts: readonly unknown[]): string => parts.map(wordOf).join(' ');
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug({ from: 'slack' }, words(parts)),
    warn: (...parts: unknown[]) => log.warn({ from: 'slack' }, words(parts)),
    error: (...parts: unknown[]) => log.error({ from: 'slack' }, words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

/** Objects may carry what people typed: of those, only an error's name and code. */
export function wordOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (!(part instanceof Error)) return typeof part;
  const code = 'code' in part ? ` ${String(part.code)}` : '';
  return `${part.name}${code}`;
}
