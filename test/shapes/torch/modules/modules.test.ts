// torch.nn and what stands around it against real torch: each name that the fixtures assign has the recorded shape,
// dtype or value, each module the recorded state, and each statement that torch refuses is reported.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { analyze } from '../../../../src/shapes/analysis';
import type { Analysis } from '../../../../src/shapes/analysis';
import { createParser } from '../../../../src/shapes/python/parser';
import type { PythonParser } from '../../../../src/shapes/python/parser';
import type { Seen } from '../../../../src/shapes/interpreter/state/recorder';
import { GAPS } from './gaps';

const directory = path.join(__dirname, '../../../fixtures/modules');

type Recorded =
  | { readonly shape: number[]; readonly dtype: string }
  | { readonly module: string; readonly state: Record<string, Recorded> }
  | { readonly value: string | number | boolean | null }
  | { readonly float: string }
  | { readonly items: Recorded[] }
  | { readonly raises: string; readonly line: number }
  | { readonly other: string };

const wasm = (name: string): Uint8Array => fs.readFileSync(path.join(__dirname, '../../../../node_modules', name));
const fixtures = fs.readdirSync(directory).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));

/** What was seen, in the form of the records. */
function described(seen: Seen): unknown {
  if (seen.type === 'Tensor') {
    const { shape, dtype } = seen.tensor;
    return { shape: shape.rest ? 'unknown' : shape.dims.map((dim) => dim.value ?? 'unknown'), dtype };
  }
  if (seen.type === 'sequence') return { items: seen.items?.map(described) ?? 'unknown' };
  if (seen.type === 'union') return 'one of several';
  const { value } = seen;
  switch (value.kind) {
    case 'None': return { value: null };
    case 'int': return { value: value.value?.value ?? 'unknown' };
    case 'bool': case 'str': return { value: value.value ?? 'unknown' };
    case 'float': return { float: value.value };
    case 'dtype': return { value: `torch.${value.value}` };
    case 'unknown': return `unknown: ${value.reason}`;
    default: return { other: value.kind };
  }
}

/** Records in a form that can be compared: floats as numbers, what has no form of its own left out. */
function comparable(record: Recorded): unknown {
  if ('float' in record) return { float: Number(record.float) };
  if ('items' in record) return { items: record.items.map(comparable) };
  return record;
}

describe('the modules of torch', () => {
  let parser: PythonParser;

  before(async () => {
    parser = await createParser({ runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'), grammar: wasm('tree-sitter-python/tree-sitter-python.wasm') });
  });

  for (const fixture of fixtures) {
    describe(fixture, () => {
      const records = JSON.parse(fs.readFileSync(path.join(directory, `${fixture}.json`), 'utf8')) as Record<string, Recorded>;
      const text = fs.readFileSync(path.join(directory, `${fixture}.py`), 'utf8');
      const states = Object.entries(records).flatMap(([name, record]) => ('module' in record ? [name] : []));
      // The states are read at the end, as they were recorded.
      const source = [text, ...states.flatMap((name) => [`${name}__kind = ${name}.__class__.__name__`, `${name}__state = [(key, each) for key, each in ${name}.state_dict().items()]`])].join('\n');
      let analysis: Analysis;
      let last: Map<string, Seen>;

      before(() => {
        analysis = analyze(source, { parser });
        last = new Map();
        for (const { node, seen, target } of analysis.recordings.values()) {
          if (target && node.kind === 'Name' && seen.length > 0) last.set(node.id, seen[seen.length - 1]!);
        }
      });

      const expected = (name: string, record: Recorded): [string, () => unknown, unknown][] => {
        const own = (key: string) => (): unknown => (last.has(key) ? described(last.get(key)!) : 'nothing was seen');
        if ('other' in record) return [];
        if (!('module' in record)) return [[name, own(name), comparable(record)]];
        const state = Object.entries(record.state).flatMap(([key, each]) => ('other' in each ? [] : [{ items: [{ value: key }, each] }]));
        return [[`${name}.__class__`, own(`${name}__kind`), { value: record.module }], [name, own(`${name}__state`), { items: state }]];
      };
      const check = (title: string, run: () => void): void => {
        if (GAPS.has(`${fixture}.${title}`)) it(`${title}: a known gap`, () => assert.throws(run, 'it works now: take it out of the list of gaps'));
        else it(title, run);
      };

      for (const [name, record] of Object.entries(records)) {
        if ('raises' in record) {
          check(name, () => {
            const lines = analysis.findings.filter((finding) => finding.severity === 'error').map((finding) => source.slice(0, finding.span.start).split('\n').length);
            assert.ok(lines.includes(record.line), `torch raises ${record.raises} in line ${record.line}, and errors are reported in the lines ${lines.join(', ')}`);
          });
        } else for (const [title, actual, wanted] of expected(name, record)) check(title, () => assert.deepEqual(actual(), wanted));
      }

      it('reports nothing where torch raises nothing', () => {
        const raising = new Set(Object.values(records).flatMap((record) => ('raises' in record ? [record.line] : [])));
        const alarms = analysis.findings.filter((finding) => !raising.has(source.slice(0, finding.span.start).split('\n').length));
        assert.deepEqual(alarms.map((finding) => `${source.slice(finding.span.start, finding.span.end)}: ${finding.message}`), []);
      });
    });
  }
});
