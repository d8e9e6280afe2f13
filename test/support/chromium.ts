/** A real headless browser, where Debian's is installed. Must not know: what it opens. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromiumPath: string | null = PLACES.find((path) => existsSync(path)) ?? null;

if (chromiumPath === null) console.log(`skipped: no browser is installed (looked for ${PLACES.join(', ')})`);

/** Root runs no sandbox; a container has little shared memory. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
