/** The viewer: how soon a tensor is painted once its values exist, and how many tiles of it a second are read. */
import { EvaluatedSource } from '../src/editor/evaluatedSource';
import { EvaluationClient } from '../src/evaluation/client';
import type { EvaluationResult } from '../src/evaluation/client';
import { ViewerHost } from '../test/page/viewerHost';
import { median } from './benchmark';
import type { Benchmark, Row } from './benchmark';
import { evaluated, WORKER } from './values';

const MOST_MILLISECONDS = 300;
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
    const output = result.outputs[0]!;
    const metadata = { id: '0', name: 'large', shape: [side, side], dims: [String(side), String(side)], dtype: output.dtype, backend: result.backend, provenance: [], samples: side * side > 2 ** 18 };
    const start = Date.now();
    host.session.open([metadata], '0', new EvaluatedSource(client, { ...result, outputs: [output] }));
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

async function viewerRow(client: EvaluationClient, side: number, rounds: number): Promise<Row> {
  const result = await evaluated(client, `import torch\nx = torch.linspace(-1, 1, ${side * side}).view(${side}, ${side})\n`);
  const paints: number[] = [];
  const tiles: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Before the page asks for exact statistics, which are computed beside all else.
    tiles.push(Math.round(await tilesPerSecond(client, result, side)));
    paints.push(await firstPaint(client, result, side));
  }
  client.release(result.outputs[0]!.handle);
  return { name: `${side} × ${side} on ${result.backend}`, columns: { 'first paint': { unit: 'ms', values: paints }, 'tiles a second': { unit: '', values: tiles } }, meets: median(paints) <= MOST_MILLISECONDS };
}

const benchmark: Benchmark = {
  title: 'First picture of a tensor',
  goal: `a first picture within ${MOST_MILLISECONDS} ms after the values exist, 10⁸ elements included`,
  async run(rounds) {
    const client = new EvaluationClient({ ...WORKER, backend: 'auto' });
    try {
      const rows: Row[] = [];
      // The first one tells what the page itself takes on this machine, now.
      for (const side of [4, 1000, 10_000]) rows.push(await viewerRow(client, side, Math.min(rounds, 5)));
      return rows;
    } finally {
      client.dispose();
    }
  },
};

export default benchmark;
