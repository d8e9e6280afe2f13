/** The bench's arithmetic and its one way of printing a figure beside its goal. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('no values');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export type Figure = {
  readonly what: string;
  readonly value: string;
  readonly goal: string;
  readonly met: boolean;
};

export function printFigure({ what, value, goal, met }: Figure): void {
  process.stdout.write(`${met ? 'pass' : 'FAIL'}  ${what}: ${value} (goal ${goal})\n`);
}

export const say = (line: string): void => {
  process.stdout.write(`      ${line}\n`);
};
