// Writes src/webview/colormaps.ts: 256 colours a map, taken from d3-scale-chromatic, so that the page ships without d3;
// and src/editor/thumbnail/palettes.ts: two of them with fewer colours, for pictures in hovers.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as d3 from 'd3-scale-chromatic';

const maps = {
  sequential: d3.interpolateViridis, diverging: (t) => d3.interpolateRdBu(1 - t),
  cividis: d3.interpolateCividis, magma: d3.interpolateMagma, greys: (t) => d3.interpolateGreys(1 - t), brown: (t) => d3.interpolateBrBG(1 - t),
};

function bytes(interpolate) {
  return Buffer.from(Array.from({ length: 256 }, (_, i) => rgb(interpolate(i / 255))).flat());
}

/** `#rrggbb` or `rgb(r, g, b)`. */
function rgb(text) {
  const hex = /^#(..)(..)(..)$/.exec(text);
  return hex ? hex.slice(1).map((part) => parseInt(part, 16)) : text.match(/\d+/g).slice(0, 3).map(Number);
}

const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src', 'webview', 'colormaps.ts');
const lines = Object.entries(maps).map(([name, interpolate]) => `  ${name}: '${bytes(interpolate).toString('base64')}',`);
fs.writeFileSync(target, `/** 256 colours a map, three bytes each. Written by scripts/colormaps.mjs; do not edit. */
const ENCODED = {
${lines.join('\n')}
} as const;

export type ColorMapName = keyof typeof ENCODED;
export const COLOR_MAPS = Object.keys(ENCODED) as readonly ColorMapName[];

const decoded = new Map<ColorMapName, Uint8Array>();

/** Red, green, blue of colour 0, then of colour 1, and so on. */
export function colorMap(name: ColorMapName): Uint8Array {
  let map = decoded.get(name);
  if (!map) decoded.set(name, (map = Uint8Array.from(atob(ENCODED[name]), (character) => character.charCodeAt(0))));
  return map;
}
`);

// The colours left over are those of NaN, of the infinities, and of nothing.
const COLORS = 252;
const palette = (interpolate) => Buffer.from(Array.from({ length: COLORS }, (_, i) => rgb(interpolate(i / (COLORS - 1)))).flat()).toString('base64');
const palettes = path.join(path.dirname(target), '..', 'editor', 'thumbnail', 'palettes.ts');
fs.writeFileSync(palettes, `/** Colours of pictures in hovers, three bytes each. Written by scripts/colormaps.mjs; do not edit. */
export const COLORS = ${COLORS};
export const PALETTES = {
  sequential: '${palette(maps.sequential)}',
  diverging: '${palette(maps.diverging)}',
} as const;
`);
