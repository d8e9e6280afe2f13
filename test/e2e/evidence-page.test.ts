/** An evidence page in a real browser, opened as a file: it verifies itself, asks nobody anything, and can be read by everybody. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenApart } from '../../src/evidence/file.js';
import { chromiumPath, openChromium } from '../support/chromium.js';
import { exportedBy, playedRecord } from '../support/evidence-case.js';
import { pageScript } from '../support/evidence-page.js';
import { sampleLog } from '../support/log-samples.js';
import type { Played } from '../support/terminal-desk.js';

const WIDTH = 'document.documentElement.scrollWidth';
const PHONE = { width: 390, height: 844 };

/** A browser on a busy machine takes its time. */
const TIMEOUT_MS = 240_000;

describe.skipIf(chromiumPath === null)('an evidence page in Chromium', { timeout: TIMEOUT_MS }, () => {
  let desk: Played;
  let browser: Browser;
  /** Paths: of a case, of a customer, of a case for the customer. */
  let files: { readonly record: string; readonly customer: string; readonly subject: string };
  let text: string;

  beforeAll(async () => {
    desk = await playedRecord({ pageScript: await pageScript() });
    const record = await exportedBy(desk, '/desk export PR-2026-0001');
    files = {
      record: record.path,
      customer: (await exportedBy(desk, '/desk export customer:C-10812')).path,
      subject: (await exportedBy(desk, '/desk export PR-2026-0001 audience:subject')).path,
    };
    text = record.text;
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  /** Opened from the disk and verified to the end; everything it asks for and complains about is kept. */
  async function opened(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`file://${path}`);
    if (options.javaScriptEnabled !== false) await page.waitForSelector('html[data-verified]');
    return { page, asked, complaints, close: () => context.close() };
  }
  const verdictOf = (page: Page) => page.locator('#verdict').innerText();
  const altered = async (name: string, change: (page: string) => string): Promise<string> => {
    const path = join(desk.dir, name);
    await writeFile(path, change(text));
    return path;
  };

  it('opens from the disk, asks nobody anything, and verifies every entry', async () => {
    for (const path of Object.values(files)) {
      const { page, asked, complaints, close } = await opened(path);
      expect(await verdictOf(page)).toMatch(/^(\d+) of \1 entries verify ✓/);
      expect(asked).toEqual([`file://${path}`]);
      expect(complaints).toEqual([]);
      const marks = await page.locator('tr[data-entry] .mark').allInnerTexts();
      expect(marks.length).toBeGreaterThan(10);
      expect(new Set(marks.map((mark) => mark[0]))).toEqual(new Set(['✓']));
      await close();
    }
  });

  it('may run nothing but its own script, and nothing a customer or colleague typed is markup', async () => {
    const { page, complaints, close } = await opened(files.record);
    expect(await page.locator('main').innerText()).toContain('Tax Act <b>52</b> & more');
    expect(await page.locator('main b, main script').count()).toBe(0);
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      const image = document.createElement('img');
      image.src = 'https://example.org/seen';
      document.body.append(script, image);
    `);
    expect(await page.title()).toBe('PR-2026-0001: a deletion request');
    expect(complaints.join('\n')).toMatch(/script-src[\s\S]*(img-src|default-src)/);
    await close();
  });

  it('names the entry in which a byte was changed, and the part', async () => {
    const path = await altered('changed.html', (page) =>
      page.replace('"type": "identity_checked"', '"type": "identity_Checked"'),
    );
    const { page, close } = await opened(path);
    expect(await verdictOf(page)).toContain(
      'Not as the desk made it. PR-2026-0001 entry 4: its content does not match its hash.',
    );
    expect(await page.locator('tr[data-entry="4"] .mark').first().innerText()).toContain('✗ its content');
    expect(await page.locator('tr[data-entry="5"] .mark').first().innerText()).toContain('✓');
    await close();
    const worded = await opened(
      await altered('worded.html', (page) => page.replace('once more please', 'never')),
    );
    expect(await verdictOf(worded.page)).toContain('The words of the page are not those the desk sealed');
    await worded.close();
  });

  it('compares a checkpoint pasted from the chat', async () => {
    const { page, close } = await opened(files.record);
    await page.locator('summary').click();
    const compared = async (note: string, key = ''): Promise<string> => {
      await page.locator('#note').fill(note);
      await page.locator('#key').fill(key);
      await page.locator('#history').evaluate((box: { textContent: string }) => {
        box.textContent = '';
      });
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.waitForSelector('#history:not(:empty)');
      return page.locator('#history').innerText();
    };
    const { log } = JSON.parse(takenApart(text)?.data ?? '');
    expect(await compared(log.checkpoint.note)).toContain(
      'The same history ✓: it is the checkpoint of this file',
    );
    expect(await compared(`\`\`\`\n${log.earlier[0].note}\`\`\``, log.verifierKey)).toContain(
      'is proven to be the beginning of this file’s',
    );
    expect(await compared(sampleLog(40, 20).note)).toContain('Not signed with this key ✗');
    expect(await compared('hello')).toContain('That is no checkpoint');
    await close();
  });

  it.each([
    ['light', 'phone'],
    ['dark', 'phone'],
    ['light', 'desk'],
    ['dark', 'desk'],
  ] as const)('breaks no rule of axe in %s, on a %s', async (colorScheme, on) => {
    const viewport = on === 'phone' ? PHONE : { width: 1280, height: 900 };
    const { page, close } = await opened(files.customer, { colorScheme, viewport, bypassCSP: true });
    await page.locator('summary').click();
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))',
    );
    expect(found).toEqual([]);
    await close();
  });

  it('fits a phone’s width, and is read without scripts', async () => {
    for (const path of Object.values(files)) {
      const { page, close } = await opened(path, { viewport: PHONE, javaScriptEnabled: false });
      expect(await verdictOf(page)).toContain('Nothing was verified');
      expect(await page.locator('details').isVisible()).toBe(false);
      expect(await page.locator('h1').isVisible()).toBe(true);
      await close();
      const wide = await opened(path, { viewport: PHONE });
      expect(await wide.page.evaluate(WIDTH)).toBe(PHONE.width);
      await wide.close();
    }
  });

  it('prints on A4, all of it, without the form', async () => {
    const { page, close } = await opened(files.record);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('details').isVisible()).toBe(false);
    // 180 mm of A4 between the margins, at 96 pixels an inch.
    await page.setViewportSize({ width: 680, height: 960 });
    expect(await page.evaluate(WIDTH)).toBeLessThanOrEqual(680);
    await close();
  });
});
