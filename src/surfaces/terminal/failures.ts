/** What went wrong between here and the terminal or the disk. Must not know: what was being shown. */
import { DeliveryFailure } from '../../chat/surface.js';

/** Whoever reads may have got it, and nobody can ask them. */
export const notShown = (cause: unknown): DeliveryFailure =>
  new DeliveryFailure('the terminal did not take it', { retryable: true, sent: 'perhaps', cause });

export const notWritten = (name: string, folder: string, cause: unknown): DeliveryFailure =>
  new DeliveryFailure(`${name} cannot be written in ${folder}`, { retryable: true, sent: 'no', cause });
