/**
 * `npm run screens [name…]`: pictures of what people see, from the payloads that are sent, at the widths of a telephone and a
 * desk, into screens/. A tool for looking; it asserts nothing. Prints each picture's height in pixels.
 */
import { cp, mkdir } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { fitted, renderModal } from '../../src/surfaces/discord/forms.js';
import * as discord from '../../src/surfaces/discord/render.js';
import { formView } from '../../src/surfaces/slack/forms.js';
import { homeView } from '../../src/surfaces/slack/home.js';
import * as slack from '../../src/surfaces/slack/render.js';
import { DISCORD_CSS, discordMessage, discordModal } from './discord-html.js';
import { type Scene, scenes } from './scenes.js';
import { SLACK_CSS, slackMessage, slackView } from './slack-html.js';

const OUT = process.env.SCREENS_OUT ?? 'screens';
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WIDTHS = [390, 1280];
const SLACK = { workspace: 'https://acme.slack.com/', inThread: false, table: true };
type Json = Readonly<Record<string, unknown>>;

function slackHtml(scene: Scene): string {
  switch (scene.kind) {
    case 'cards':
      return scene.cards.map((card) => slackMessage(slack.renderMessage(card, SLACK).blocks)).join('');
    case 'form':
      return slackView(formView(scene.form, { channel: null, thread: null }) as unknown as Json);
    case 'home':
      return slackView(homeView(scene.home) as unknown as Json);
    default:
      return scene satisfies never;
  }
}

function discordHtml(scene: Scene): string | null {
  switch (scene.kind) {
    case 'cards':
      return scene.cards
        .map((card) => discordMessage(discord.renderMessage(card, { guildOf: () => '1' }) as unknown as Json))
        .join('');
    case 'form':
      return discordModal(renderModal(fitted(scene.form), 'x') as unknown as Json);
    case 'home':
      return null;
    default:
      return scene satisfies never;
  }
}

/** Debian's chromium has no coloured emoji. */
const DOTS: Readonly<Record<string, string>> = { '🔴': '#e01e5a', '🟠': '#e8912d', '🟢': '#2eb67d' };
const dot = (mark: string): string => `<span style="color:${DOTS[mark]}">●</span>`;

async function picture(page: Page, name: string, css: string, html: string): Promise<void> {
  const heights: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 100 });
    await page.setContent(`<meta charset=utf-8><style>${css}</style>${html.replaceAll(/🔴|🟠|🟢/gu, dot)}`);
    heights.push(`${await page.evaluate('document.documentElement.scrollHeight')} px at ${width}`);
    await page.screenshot({ path: `${OUT}/${name}-${width}.png`, fullPage: true });
  }
  console.log(`${name}: ${heights.join(', ')}`);
}

await mkdir(OUT, { recursive: true });
/** The compiled sources look for the migrations and policies where a package has them. */
for (const folder of ['prisma', 'manifests'])
  await cp(folder, `dist-bench/${folder}`, { recursive: true, dereference: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
for await (const scene of scenes(process.argv.slice(2))) {
  await picture(page, `slack-${scene.name}`, SLACK_CSS, slackHtml(scene));
  const html = discordHtml(scene);
  if (html !== null) await picture(page, `discord-${scene.name}`, DISCORD_CSS, html);
}
await browser.close();
