// Whatever a document contains, reading it gives a document: nothing throws, all ranges lie within, and the map is right.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { TracedDocument } from '../../src/documents/document';
import type { Language } from '../../src/documents/language';
import { parseOutput } from '../../src/documents/outputs';
import { printingStatements } from '../../src/documents/statements';
import { pythonParser, read, seed, seeded } from './support';

const samples = path.join(process.cwd(), 'samples');
const sample = (name: string): string => fs.readFileSync(path.join(samples, name), 'utf8');

const fragments = ['(', ')', '[', ']', '{', '}', '"', "'", '"""', '```', '~~~', '>>> ', '... ', '#', '\n', '\r\n', '\r', '\t', '    ', 'tensor([', 'torch.Size([', 'Output\n', 'Out[1]: ',
  'def f(', 'class A:', 'f"{', '\\', '\\\n', '\uFEFF', '\u0000', '\uD800', '在', '…', '...', 'print(', ' = ', ':', '@', 'if x:', '%%bash', '!ls', '=', ';', '\u00A0', '\u2028', 'Parameter containing:', '> '];

function mutated(text: string, random: () => number): string {
  let changed = text;
  for (let count = 1 + Math.floor(random() * 6); count > 0; count--) {
    const at = Math.floor(random() * changed.length);
    const length = random() < 0.5 ? 0 : Math.floor(random() ** 3 * 400);
    const fragment = random() < 0.3 ? changed.slice(at, at + Math.floor(random() * 200)) : fragments[Math.floor(random() * fragments.length)]!;
    changed = changed.slice(0, at) + fragment + changed.slice(at + length);
  }
  return changed;
}

async function checkDocument(document: TracedDocument): Promise<void> {
  const { text, source, map } = document;
  for (const span of [...document.cells.map((cell) => cell.document), ...document.outputs.map((output) => output.range), ...document.prose]) {
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
  }
  for (let at = 0; at < source.length; at += 7) {
    const back = map.toSource(map.toDocument(at));
    assert.ok(map.toDocument(at) <= text.length);
    if (map.pieces.some((piece) => piece.source <= at && at < piece.source + piece.length)) assert.equal(back, at);
  }
  let end = 0;
  for (const output of document.outputs) {
    assert.ok(output.range.start >= end, 'outputs are in order and apart');
    end = output.range.end;
    for (const item of parseOutput(output.text, output.range.start).items) assert.ok(item.range.start >= output.range.start && item.range.end <= output.range.end);
  }
  printingStatements((await pythonParser()).parse(source), document);
}

describe('any document', () => {
  const cases: [Language, () => string | null, string][] = [
    ['markdown', () => sample('relative-position-bias.md'), 'the sample post'],
    ['text', () => sample('relative-position-bias.md'), 'the sample post as plain text'],
    ['python', () => sample('window_attention.py'), 'the sample module'],
    ['text', () => sample('window_attention.py'), 'the sample module as plain text'],
    ['text', () => seed('000'), 'a dumped post'],
    ['text', () => seed('001'), 'a post that lost its line breaks'],
    ['text', () => seed('002'), 'a post with a transcript'],
  ];
  cases.forEach(([language, text, name], index) => {
    it(`is read: ${name}, changed at random`, async function () {
      this.timeout(60000);
      const whole = text();
      if (whole === null) this.skip();
      const random = seeded(index + 1);
      await checkDocument(await read(language, whole));
      for (let run = 0; run < 25; run++) await checkDocument(await read(language, mutated(whole, random)));
    });
  });

  it('is read: a notebook, changed at random', async () => {
    const cell = (source: string): object => ({ cell_type: 'code', source, outputs: [{ output_type: 'stream', name: 'stdout', text: 'tensor([1, 2])\n' }] });
    const whole = JSON.stringify({ cells: [cell('%time\nx = 1\r\nx'), { cell_type: 'markdown', source: '# t' }, cell('if x:\n  !ls')] });
    const random = seeded(99);
    for (let run = 0; run < 200; run++) await checkDocument(await read('notebook', mutated(whole, random)));
  });

  it('is read to its end, whatever it repeats', async function () {
    // Nothing here takes a second; what backtracks without bound would take hours.
    this.timeout(120_000);
    for (const text of ['('.repeat(20000), 'x = (\n'.repeat(3000), '"""\n'.repeat(3000), 'tensor([\n'.repeat(2000), '>>> (\n'.repeat(2000), 'print("a")\n'.repeat(3000), '# a\n'.repeat(5000), '> '.repeat(20000), '<span>x</span>'.repeat(20000), 'f(x) &gt; '.repeat(4000), 'a\\_b = '.repeat(4000)]) {
      for (const language of ['text', 'markdown'] as const) {
        await read(language, text);
      }
    }
  });
});
