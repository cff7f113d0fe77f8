import assert from 'node:assert/strict';
import type { MatchableItem, MatchableStatement, PrintedValue } from '../../src/documents/matching';
import { matchOutputs } from '../../src/documents/matching';
import { parseOutput } from '../../src/documents/outputs';
import { printedParameterValues } from '../../src/documents/parameters';

const tensor = (...shape: number[]): PrintedValue => ({ kind: 'tensor', shape });
const size = (...dims: number[]): PrintedValue => ({ kind: 'size', dims });
const text = (content: string): PrintedValue => ({ kind: 'text', text: content });
const zeros = (...shape: number[]): string => `tensor(${shape.reduceRight<string>((inner, length) => `[${Array(length).fill(inner).join(', ')}]`, '0')})`;

/** Cells and outputs in turn; each cell is a list of statements, each of them a list of printed values. */
function document(...parts: (PrintedValue[][] | string)[]): { statements: MatchableStatement[]; items: MatchableItem[] } {
  const statements: MatchableStatement[] = [];
  const items: MatchableItem[] = [];
  let cell: number | null = null;
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'string') {
      for (const item of parseOutput(part, at).items) items.push({ item, cell });
      at += part.length;
      continue;
    }
    cell = cell === null ? 0 : cell + 1;
    for (const values of part) statements.push({ end: ++at, cell, parts: values });
    at++;
  }
  return { statements, items };
}

/** `statement.part>item`, and the items without a statement. */
function matched(...parts: (PrintedValue[][] | string)[]): string {
  const { statements, items } = document(...parts);
  const { pairs, unmatchedItems } = matchOutputs(statements, items);
  return [...pairs.map(({ statement, part, path, item }) => `${[statement, part, ...path].join('.')}>${item}`), ...unmatchedItems.map((item) => `?>${item}`)].join(' ');
}

describe('matching outputs with statements', () => {
  it('follows the order', () => {
    assert.equal(matched([[[tensor(2)], [tensor(2)]].flat().map((value) => [value])].flat(), `${zeros(2)}\n${zeros(2)}`), '0.0>0 1.0>1');
    assert.equal(matched([[tensor(2, 2), tensor(2, 2)], [tensor(2, 2, 2), size(2, 2, 2)]], `${zeros(2, 2)} ${zeros(2, 2)}\n${zeros(2, 2, 2)} torch.Size([2, 2, 2])`), '0.0>0 0.1>1 1.0>2 1.1>3');
  });

  it('leaves out what no statement prints and what no output shows', () => {
    assert.equal(matched([[tensor(2)], [tensor(3)], [tensor(4)]], `${zeros(2)}\ntorch.Size([2])\n${zeros(4)}`), '0.0>0 2.0>2 ?>1');
    assert.equal(matched([[tensor(4, 4, 2)]], `torch.Size([4, 4, 2])\n${zeros(4, 4, 2)}`), '0.0>1 ?>0');
  });

  it('never gives an output to a statement behind it, nor one statement two', () => {
    assert.equal(matched(zeros(2), [[tensor(2)]], `${zeros(2)}\n${zeros(2)}`).split(' ').sort().join(' '), '0.0>1 ?>0 ?>2');
  });

  it('prefers the nearest output', () => {
    assert.equal(matched([[tensor(2)]], zeros(3), [[tensor(2)]], zeros(2)), '1.0>1 ?>0');
  });

  it('finds outputs behind several cells', () => {
    assert.equal(matched([[tensor(2)]], [[tensor(3)]], `${zeros(2)}\n${zeros(3)}`), '0.0>0 1.0>1');
  });

  it('goes by labels', () => {
    assert.equal(matched([[text('a :\n'), tensor(2)], [text('b :\n'), tensor(2)]], `b :\n${zeros(2)}`), '1.0>0 1.1>1');
  });

  it('goes by what is known of a shape', () => {
    const partly: PrintedValue = { kind: 'tensor', shape: [null, 3] };
    assert.equal(matched([[partly], [{ kind: 'unknown' }]], `${zeros(2, 3)}\n${zeros(5)}`), '0.0>0 1.0>1');
  });

  it('tells booleans, integers and floats apart', () => {
    const of = (dtype: string): PrintedValue => ({ kind: 'tensor', shape: [1], dtype });
    assert.equal(matched([[of('bool')], [of('int64')], [of('float32')]], 'tensor([1.])'), '2.0>0');
    assert.equal(matched([[of('bool')], [of('int64')], [of('float32')]], 'tensor([True])\ntensor([0])'), '0.0>0 1.0>1');
  });

  it('takes lists apart', () => {
    assert.equal(matched([[{ kind: 'several', values: [tensor(1), tensor(2)] }]], `[${zeros(1)}, ${zeros(2)}]`), '0.0.0>0 0.0.1>1');
  });

  it('matches a size with one wrong number at its place, and no other', () => {
    assert.equal(matched([[size(2, 4), tensor(2, 4)]], `torch.Size([2, 5]) ${zeros(2, 4)}`), '0.0>0 0.1>1');
    assert.equal(matched([[size(2, 4)]], 'torch.Size([4, 2])'), '?>0');
  });

  it('lets values decide between equals only', () => {
    const { statements, items } = document([[tensor(1)], [tensor(1)]], 'tensor([5])');
    const second = matchOutputs(statements, items, ({ statement }) => (statement === 1 ? 1 : 0));
    assert.deepEqual(second.pairs.map((pair) => pair.statement), [1]);
    const first = matchOutputs(statements, items, ({ statement }) => (statement === 0 ? 1 : 0));
    assert.deepEqual(first.pairs.map((pair) => pair.statement), [0]);
    const other = document([[tensor(1)], [tensor(2)]], zeros(2));
    assert.deepEqual(matchOutputs(other.statements, other.items, ({ statement }) => (statement === 0 ? 1 : 0)).pairs.map((pair) => pair.statement), [1]);
  });

  it('does nothing with nothing', () => {
    assert.deepEqual(matchOutputs([], []), { pairs: [], unmatchedItems: [] });
    assert.equal(matched(zeros(1)), '?>0');
  });
});

describe('values printed for parameters', () => {
  it('come from the first complete printing', () => {
    const { statements, items } = document([[tensor(6)], [tensor(2)], [tensor(2)]], 'tensor([1., ..., 2.])\ntensor([0.5, 0.1])\ntensor([0.7, 0.2])');
    const { pairs } = matchOutputs(statements, items);
    const values = printedParameterValues(pairs, items.map(({ item }) => item), () => 'table');
    assert.deepEqual(values.get('table')!.item.values, [0.5, 0.1]);
    assert.equal(printedParameterValues(pairs, items.map(({ item }) => item), () => null).size, 0);
  });
});
