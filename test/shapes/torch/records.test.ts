/** What the engine says of each statement in test/fixtures/torch, against what real torch made of it (see record.py). */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyze } from '../../../src/shapes/analysis';
import type { Analysis } from '../../../src/shapes/analysis';
import type { Seen } from '../../../src/shapes/interpreter/state/recorder';
import type { TensorValue } from '../../../src/shapes/values/values';
import type { Stmt } from '../../../src/shapes/python/ast';
import { seenText } from '../../../src/shapes/describe';
import { loadParser } from '../python/load';

interface RecordedTensor { readonly shape: readonly number[]; readonly dtype: string; readonly strides: readonly number[]; readonly offset: number }
type RecordedValue = RecordedTensor | readonly RecordedTensor[] | { readonly text: string };
interface Recorded { readonly line: number; readonly value?: RecordedValue; readonly error?: string }

const FIXTURES = new URL('../../fixtures/torch/', import.meta.url);
const records = JSON.parse(fs.readFileSync(new URL('records.json', FIXTURES), 'utf8')) as Readonly<Record<string, readonly Recorded[]>>;

describe('recorded torch', () => {
  for (const [file, recorded] of Object.entries(records)) {
    describe(file, () => {
      const source = fs.readFileSync(fileURLToPath(new URL(file, FIXTURES)), 'utf8');
      const lines = source.split('\n');
      let analysis: Analysis;
      const byLine = new Map<number, Stmt>();
      before(async () => {
        analysis = analyze(source, { parser: await loadParser() });
        for (const statement of analysis.tree.body) byLine.set(source.slice(0, statement.start).split('\n').length, statement);
      });
      for (const record of recorded) {
        const text = lines[record.line - 1]!;
        it(text, () => check(analysis, byLine.get(record.line)!, record, text));
      }
    });
  }
});

/** A comment at the end of a line names the fault that is expected there, or says that the layout cannot be known. */
function check(analysis: Analysis, statement: Stmt, record: Recorded, text: string): void {
  const code = /# ([\w-]+)$/.exec(text)?.[1] ?? null;
  const findings = analysis.findings.filter(({ span, severity }) => severity === 'error' && span.start >= statement.start && span.end <= statement.end);
  if (record.error !== undefined) {
    assert.ok(code, `torch says "${record.error}": the line must name the code of the fault`);
    assert.deepEqual(findings.map((finding) => finding.code), [code], `torch says "${record.error}"`);
    return;
  }
  assert.equal(code, null, 'torch has no fault here');
  assert.deepEqual(findings.map((finding) => finding.message), []);
  if (statement.kind !== 'Expr' || record.value === undefined) return;
  const recording = analysis.recordings.get(statement.value);
  assert.equal(recording?.seen.length, 1, 'the expression has one value');
  compare(recording.seen[0]!, record.value, !text.endsWith('# layout unknown'));
}

function compare(seen: Seen, value: RecordedValue, withLayout: boolean): void {
  if ('text' in value) {
    const said = seen.type === 'sequence' ? `(${seen.items!.map((seen) => seenText(seen)).join(', ')}${seen.items!.length === 1 ? ',' : ''})` : seenText(seen);
    assert.equal(said.replace(/^torch\.Size/, ''), value.text);
  } else if ('shape' in value) {
    assert.equal(seen.type, 'Tensor', seenText(seen));
    if (seen.type === 'Tensor') assert.deepEqual(described(seen.tensor, value), withLayout ? value : { ...value, ...(seen.tensor.layout ? {} : { strides: 'not known', offset: 'not known' }) });
  } else {
    assert.equal(seen.type, 'sequence', seenText(seen));
    if (seen.type !== 'sequence') return;
    assert.equal(seen.items?.length, value.length);
    value.forEach((item, i) => compare(seen.items![i]!, item, withLayout));
  }
}

/** As recorded; strides that torch leaves free (of sizes of 0 and 1, of empty tensors) are taken as recorded. */
function described({ shape, dtype, layout }: TensorValue, wanted: RecordedTensor): unknown {
  const dims = shape.dims.map((dim) => dim.value);
  const empty = wanted.shape.includes(0);
  return {
    shape: dims, dtype,
    strides: layout?.strides.map((stride, i) => (empty || wanted.shape[i] === 1 ? wanted.strides[i] : stride.value)) ?? 'not known',
    offset: empty ? wanted.offset : layout?.offset.value ?? 'not known',
  };
}
