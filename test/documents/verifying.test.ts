// From a document to what of its outputs is wrong: whole posts with true outputs, in which one digit after the other is changed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { compareItem } from '../../src/documents/comparing';
import type { Computed } from '../../src/documents/comparing';
import type { Language } from '../../src/documents/language';
import { matchOutputs } from '../../src/documents/matching';
import type { MatchedPair, PrintedValue } from '../../src/documents/matching';
import { parseOutput } from '../../src/documents/outputs';
import type { OutputItem } from '../../src/documents/outputs';
import { printingStatements } from '../../src/documents/statements';
import type { PrintingStatement } from '../../src/documents/statements';
import { checkMarks, pythonParser, read } from './support';

interface Read { readonly statements: readonly PrintingStatement[]; readonly ends: readonly number[]; readonly items: readonly { item: OutputItem; cell: number | null }[] }

async function readPost(language: Language, text: string): Promise<Read> {
  const document = await read(language, text);
  const statements = printingStatements((await pythonParser()).parse(document.source), document);
  const items = document.outputs.flatMap((output) => parseOutput(output.text, output.range.start).items.map((item) => ({ item, cell: output.cell })));
  return { statements, ends: statements.map((statement) => document.map.spanToDocument(statement.statement).end), items };
}

/** What a true output says of the value that it shows: all that a trace would know, and the value. */
function truth(item: OutputItem): { value: PrintedValue; computed: Computed | null } {
  switch (item.kind) {
    case 'tensor': {
      const dtype = typeof item.values[0] === 'boolean' ? 'bool' : item.decimals[0] === null ? 'int64' : 'float32';
      return { value: { kind: 'tensor', shape: item.shape, dtype, isParameter: item.isParameter }, computed: { kind: 'tensor', shape: item.shape as number[], values: item.values } };
    }
    case 'size': return { value: { kind: 'size', dims: item.dims }, computed: { kind: 'size', dims: item.dims } };
    case 'scalar': return { value: { kind: 'scalar' }, computed: { kind: 'scalar', value: item.value } };
    case 'text': return { value: { kind: 'text', text: item.text }, computed: null };
  }
}

/** @param orphans indexes of items that no statement prints */
async function checkDigits(language: Language, text: string, orphans: readonly number[]): Promise<void> {
  const original = await readPost(language, text);
  const shown = original.items.map(({ item }, index) => ({ item, index })).filter(({ index }) => !orphans.includes(index));
  const parts = original.statements.flatMap((statement, index) => statement.parts.flatMap((part, number) => (part.kind === 'text' && !/\p{L}/u.test(part.text) ? [] : [{ statement: index, part: number }])));
  assert.equal(shown.length, parts.length, 'each part that is printed has its item');
  const known = new Map(shown.map(({ item }, index) => [`${parts[index]!.statement}.${parts[index]!.part}`, truth(item)]));

  const verify = (post: Read): { pairs: readonly MatchedPair[]; wrong: number[]; orphans: readonly number[] } => {
    const statements = post.statements.map((statement, index) => ({
      end: post.ends[index]!, cell: statement.cell,
      parts: statement.parts.map((part, number): PrintedValue => known.get(`${index}.${number}`)?.value ?? { kind: 'text', text: part.kind === 'text' ? part.text : '' }),
    }));
    const { pairs, unmatchedItems } = matchOutputs(statements, post.items);
    const wrong = pairs.filter(({ statement, part, item }) => {
      const { computed } = known.get(`${statement}.${part}`)!;
      return computed && compareItem(post.items[item]!.item, computed)?.status !== 'reproduced';
    });
    return { pairs, wrong: wrong.map(({ item }) => item), orphans: unmatchedItems };
  };

  const first = verify(original);
  assert.deepEqual(first.orphans, orphans);
  assert.deepEqual(first.wrong, []);
  assert.deepEqual(first.pairs.map(({ statement, part, item }) => ({ statement, part, item })), shown.map(({ index }, at) => ({ ...parts[at]!, item: index })));
  for (const { item, index } of shown) {
    if (item.kind !== 'tensor' && item.kind !== 'size') continue;
    for (const range of item.numberRanges) {
      const at = range.start + text.slice(range.start, range.end).search(/\d(?=\D*$)/);
      if (!/\d/.test(text[at] ?? '')) continue;
      const changed = await readPost(language, text.slice(0, at) + ((Number(text[at]) + 3) % 10) + text.slice(at + 1));
      const found = verify(changed);
      const where = `${text.slice(Math.max(0, at - 30), at)}»${text[at]}«`;
      assert.deepEqual(found.pairs, first.pairs, where);
      assert.deepEqual(found.wrong, [index], where);
    }
  }
}

const file = (...names: string[]): string => fs.readFileSync(path.join(process.cwd(), ...names), 'utf8');

describe('verifying a post', () => {
  it('finds one changed digit exactly there, in Markdown', async function () {
    this.timeout(60000);
    await checkDigits('markdown', file('samples', 'relative-position-bias.md'), []);
  });

  it('finds one changed digit exactly there, in a dumped page with an output that nothing prints', async function () {
    this.timeout(60000);
    await checkDigits('text', file('test', 'fixtures', 'documents', 'dumped-post.txt'), [5]);
  });

  it('reads the dumped page line by line', async () => {
    const lines = file('test', 'fixtures', 'documents', 'dumped-post.txt').trimEnd().split('\n');
    const between = (first: string, last: string): [number, number] => {
      const from = lines.indexOf(first);
      return [from, lines.indexOf(last, from)];
    };
    const code = [['import torch', 'distance})'], ['index = distance.clone()', 'index.view(-1) # flat'], ['table = nn.Parameter(', 'nn.init.normal_(table, std=.1) # filled'], ['bias = table[index.view(-1)]', 'print(bias[0] > 0)']].map(([a, b]) => between(a!, b!));
    const outputs = [
      between('torch.Size([1, 4]) torch.Size([4, 1])', 'tensor([[True, True, True, True]])'), between('tensor([[3, 4, 5, 6],', 'tensor([3, 4, 5, 6, 2, 3, 4, 5, 1, 2, 3, 4, 0, 1, 2, 3])'),
      between('torch.Size([7, 2])', '[-0.0865,  0.0299]], requires_grad=True)'), between('looked up :', '[ True,  True,  True,  True]])'),
    ];
    const within = (spans: [number, number][], line: number): boolean => spans.some(([from, to]) => from <= line && line <= to);
    await checkMarks('text', lines.map((line, index) => `${within(code, index) ? 'C' : within(outputs, index) ? 'O' : 'P'}|${line}`).join('\n'));
  });
});
