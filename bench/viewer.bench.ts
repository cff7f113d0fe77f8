/** The viewer: how soon a tensor is painted once its values exist, and how many tiles of it a second are read. */
import { EvaluatedSource } from '../src/editor/evaluatedSource';
import { EvaluationClient } from '../src/evaluation/client';
import type { EvaluationResult } from '../src/evaluation/results';
import type { TensorMetadata } from '../src/webview/protocol';
import { ViewerHost } from '../test/page/viewerHost';
import { median } from './benchmark';
import type { Benchmark, Row, Samples } from './benchmark';
import { evaluated, WORKER } from './values';

const MOST_MILLISECONDS = 300;
/** In a hundred frames while a picture is dragged, beside those that are late with a picture of 16 values: what else the machine does. */
const MOST_LATE = 5;
/** Milliseconds of work on a frame: half of what a screen with 60 a second leaves. */
const MOST_WORK = 8;
const LIMIT = 60_000;
const TILE = 256;
const TILES = 120;
const IN_FLIGHT = 6;

/** Milliseconds from the moment that the host opens a tensor to the one in which its picture has colours. */
async function firstPaint(client: EvaluationClient, result: EvaluationResult, side: number): Promise<number> {
  const host = await ViewerHost.open();
  try {
    await host.page.evaluate(`globalThis.painted = null; requestAnimationFrame(function look() {
      const canvas = document.querySelector('.heatmap > canvas');
      const data = canvas && canvas.width > 1 && canvas.getContext('2d').getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data;
      if (data && data[3] > 0) globalThis.painted = Date.now(); else requestAnimationFrame(look);
    })`);
    const start = Date.now();
    host.session.open([metadataOf(result, side)], '0', new EvaluatedSource(client, { ...result, outputs: [result.outputs[0]!] }));
    for (;;) {
      const painted = await host.page.evaluate('globalThis.painted') as number | null;
      if (painted !== null) return painted - start;
      if (Date.now() - start > LIMIT) throw new Error('the picture was not painted');
      await host.page.waitForTimeout(20);
    }
  } finally {
    // Closing the page must not release the values: they are painted again.
    await host.close();
  }
}

async function tilesPerSecond(client: EvaluationClient, result: EvaluationResult, side: number): Promise<number> {
  const source = new EvaluatedSource(client, result);
  const along = Math.max(1, Math.floor(side / TILE));
  const size = Math.min(TILE, side);
  let next = 0;
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (next < TILES) {
      const at = (next++ * 7) % (along * along);
      await source.read({ tensor: '0', index: [0, 0], rows: { dim: 0, start: Math.floor(at / along) * TILE, size }, cols: { dim: 1, start: (at % along) * TILE, size } });
    }
  }));
  return (TILES * 1000) / (performance.now() - start);
}

/** How long a hand drags. */
const PAN_MILLISECONDS = 2_000;
/** Late by half a frame of a screen with 60 a second. */
const LATE = 25;

interface Panned { readonly frames: number; readonly late: number; readonly work: number }

/** A picture that is zoomed in and dragged in circles: frames a second, how many in a hundred come late, and milliseconds of work on a frame. */
async function pan(client: EvaluationClient, result: EvaluationResult, side: number): Promise<Panned> {
  const host = await ViewerHost.open({ width: 1200, height: 1000 });
  try {
    host.session.open([metadataOf(result, side)], '0', new EvaluatedSource(client, { ...result, outputs: [result.outputs[0]!] }));
    await host.page.locator('regular-table td').first().waitFor();
    await host.page.locator('.heatmap').first().focus().catch(() => undefined);
    for (let i = 0; i < 3; i++) await host.page.locator('.heatmap').first().dispatchEvent('wheel', { deltaY: -300, clientX: 200, clientY: 300, bubbles: true, cancelable: true });
    const session = await host.page.context().newCDPSession(host.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const work = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0;
    const before = await work();
    const times = await host.page.evaluate(`(async () => {
      const heatmap = document.querySelector('.heatmap');
      const box = heatmap.getBoundingClientRect();
      const at = (i) => ({ bubbles: true, button: 0, pointerId: 1, clientX: box.left + box.width * (0.5 + 0.3 * Math.cos(i / 20)), clientY: box.top + box.height * (0.5 + 0.3 * Math.sin(i / 20)) });
      heatmap.setPointerCapture = () => undefined;
      heatmap.dispatchEvent(new PointerEvent('pointerdown', at(0)));
      const times = [];
      for (let i = 1, start = performance.now(); performance.now() - start < ${PAN_MILLISECONDS}; i++) {
        heatmap.dispatchEvent(new PointerEvent('pointermove', at(i)));
        times.push(await new Promise(requestAnimationFrame));
      }
      heatmap.dispatchEvent(new PointerEvent('pointerup', at(0)));
      return times;
    })()`) as number[];
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    return { frames: (1000 * gaps.length) / (times.at(-1)! - times[0]!), late: (100 * gaps.filter((gap) => gap > LATE).length) / gaps.length, work: (1000 * (await work() - before)) / times.length };
  } finally {
    await host.close();
  }
}

function metadataOf(result: EvaluationResult, side: number): TensorMetadata {
  return { id: '0', name: 'large', shape: [side, side], dims: [String(side), String(side)], dtype: result.outputs[0]!.dtype, backend: result.backend, provenance: [], samples: side * side > 2 ** 18 };
}

/** @param usual how many frames in a hundred are late on this machine anyway; null: that is found out */
async function viewerRow(client: EvaluationClient, side: number, rounds: number, usual: number | null): Promise<Row & { readonly late: number }> {
  const result = await evaluated(client, `import torch\nx = torch.linspace(-1, 1, ${side * side}).view(${side}, ${side})\n`);
  const paints: number[] = [];
  const tiles: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Before the page asks for exact statistics, which are computed beside all else.
    tiles.push(Math.round(await tilesPerSecond(client, result, side)));
    paints.push(await firstPaint(client, result, side));
  }
  const pans: Panned[] = [];
  for (let round = 0; round < rounds; round++) pans.push(await pan(client, result, side));
  client.release(result.outputs[0]!.handle);
  const of = (unit: 'ms' | '', value: (panned: Panned) => number): Samples => ({ unit, values: pans.map(value) });
  const late = median(pans.map((panned) => panned.late));
  const isFluent = usual === null || (late <= usual + MOST_LATE && median(pans.map(({ work }) => work)) <= MOST_WORK);
  return {
    late, name: `${side} × ${side} on ${result.backend}`, meets: median(paints) <= MOST_MILLISECONDS && isFluent,
    columns: {
      'first paint': { unit: 'ms', values: paints }, 'tiles a second': { unit: '', values: tiles },
      'frames a second': of('', ({ frames }) => Math.round(frames)), '% late': of('', ({ late }) => Math.round(late)), 'work a frame': of('ms', ({ work }) => work),
    },
  };
}

const benchmark: Benchmark = {
  title: 'First picture of a tensor',
  goal: `a first picture within ${MOST_MILLISECONDS} ms after the values exist, 10⁸ elements included; 60 frames a second while it is dragged, at most ${MOST_LATE} % more of them late than with 16 values, and ${MOST_WORK} ms of work on each`,
  async run(rounds) {
    const client = new EvaluationClient({ ...WORKER, backend: 'auto' });
    try {
      // The first one tells what the page itself takes on this machine, now.
      const [least, ...sides] = [4, 1000, 10_000] as const;
      const rows = [await viewerRow(client, least, Math.min(rounds, 5), null)];
      for (const side of sides) rows.push(await viewerRow(client, side, Math.min(rounds, 5), rows[0]!.late));
      return rows;
    } finally {
      client.dispose();
    }
  },
};

export default benchmark;
