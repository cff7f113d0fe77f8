/** From a fresh edit to the hover that shows its shape, in the language server: a plain LSP client over standard input and output. */
import { LspClient } from '../test/server/lspClient';
import { exactly, percentile } from './benchmark';
import type { Benchmark, Row } from './benchmark';
import { EDITED_FILES, LONG_FILE, applied, nthEdit } from './edits';
import type { EditedFile } from './edits';

const MOST_MILLISECONDS = 8;
const EDITS = 200;
/** Edits before they count, so that the server's code is compiled as it is for a person who works. */
const WARM_UP = 30;

const benchmark: Benchmark = {
  title: 'Edit → hover in the language server (over stdio, without an editor)',
  goal: `at most ${MOST_MILLISECONDS} ms at p95 from an edit inside the hovered function of a 13 KB file; longer files stay responsive`,
  async run() {
    const rows: Row[] = [];
    for (const file of [...EDITED_FILES, LONG_FILE]) rows.push(await measure(file, file === LONG_FILE ? null : MOST_MILLISECONDS));
    return rows;
  },
};

async function measure({ name, text: original }: EditedFile, most: number | null): Promise<Row> {
  const started = performance.now();
  const client = await LspClient.start();
  const uri = 'file:///bench/model.py';
  let text = original;
  const ready = performance.now();
  await client.open(uri, text);
  await client.hoverAt(uri, nthEdit(text, 0).hover);
  const first = performance.now();
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + EDITS; n++) {
    const edit = nthEdit(text, n);
    text = applied(text, edit);
    const start = performance.now();
    await client.edit(uri, edit);
    const hover = await client.hoverAt(uri, edit.hover);
    if (n >= WARM_UP) times.push(performance.now() - start);
    if (!edit.shows.test(hover)) throw new Error(`${name}: after edit ${n} the hover is ${JSON.stringify(hover)}, not ${edit.shows.source}`);
  }
  await client.stop();
  const p95 = percentile(times, 0.95);
  const ms = (value: number): { unit: 'ms'; values: number[] } => ({ unit: 'ms', values: [value] });
  return {
    name,
    columns: { characters: exactly(original.length), 'start of the server': ms(ready - started), 'open → first hover': ms(first - ready), 'edit → hover p50': ms(percentile(times, 0.5)), p95: ms(p95) },
    meets: most === null ? null : p95 <= most,
  };
}

export default benchmark;
