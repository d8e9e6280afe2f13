/** Text that a terminal shows as it is. Must not know: cards. */

/** Without control characters, whatever a text held: they could rewrite the screen. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '�');
}
