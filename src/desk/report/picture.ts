/**
 * A picture's description as PNG, with the fonts this desk ships and no other, so that every machine draws the same.
 * Loaded only when a picture is made: the libraries are large. Must not know: what is drawn.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import { Error as OnlyErrors, parse, type Spec, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Points a CSS pixel: sharp on a telephone. */
const SCALE = 3;
/**
 * Loading vega-lite gives every Set of the process a toJSON, upon which other libraries (discord.js's) fail to load. It is
 * there while a description is compiled, in one synchronous call, and at no other time.
 */
const SETS = Set.prototype as { toJSON?: unknown };
const { toJSON } = SETS;
delete SETS.toJSON;

function compiled(spec: TopLevelSpec): Spec {
  SETS.toJSON = toJSON;
  try {
    return compile(spec).spec;
  } finally {
    delete SETS.toJSON;
  }
}

const FONTS = ['sans-sc.ttf', 'sans-kr.ttf'].map((name) =>
  fileURLToPath(new URL(`../../../manifests/fonts/${name}`, import.meta.url)),
);

/**
 * `width` in CSS pixels; the picture is three times as many points wide. What the libraries do at once takes some tenths of
 * a second, so the event loop turns between their steps.
 */
export async function pictureOf(spec: TopLevelSpec, width: number): Promise<Uint8Array> {
  const described = compiled(spec);
  await nextTurn();
  const view = new View(parse(described), { renderer: 'none', logLevel: OnlyErrors });
  await nextTurn();
  const svg = await view.toSVG();
  view.finalize();
  const image = await renderAsync(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'Noto Sans SC' },
    fitTo: { mode: 'zoom', value: SCALE },
    // Without a canvas vega takes letters for wider than these fonts' are, and leaves room for them on the right.
    crop: { left: 0, top: 0, right: width * SCALE },
  });
  return image.asPng();
}
