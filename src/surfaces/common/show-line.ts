/** How one sees the whole of what did not fit. Must not know: any platform. */
import { showCommand } from '../../vocabulary/references.js';

/** `/privacy show PR-2026-0001`. */
export const showLine = (ref: string): string => `/${showCommand(ref)} show ${ref}`;
