// Whole files against real torch: each tensor expression has exactly the shapes and dtypes that it had when the file ran,
// nothing is reported in code that ran, and without the calls no symbolic shape contradicts what was seen.
import assert from 'node:assert/strict';
import path from 'node:path';
import { analyze } from '../../src/shapes/analysis';
import type { Analysis } from '../../src/shapes/analysis';
import { seenText } from '../../src/shapes/describe';
import { loadParser } from '../shapes/python/load';
import { contradictions } from './contradictions';
import { byPlace, recorded, tensorsOf } from './records';
import type { Observed, Recorded } from './records';
import type { TensorValue } from '../../src/shapes/values/values';

const samples = path.join(__dirname, '../../samples/systems');

function errors(source: string, analysis: Analysis): string[] {
  return analysis.findings.filter(({ severity }) => severity === 'error').map(({ span, message }) => `${source.slice(span.start, span.end)}: ${message}`);
}

/** `2,3|4,3 float32`, as the records have it; in the order of the alphabet, as torch may call in another order. */
function sorted(shapes: readonly (readonly (number | string)[])[], dtypes: readonly string[]): string {
  return `${[...new Set(shapes.map((shape) => `(${shape.join(', ')})`))].sort().join(' or ')} ${[...new Set(dtypes)].sort().join(' or ')}`;
}

function difference({ source }: Recorded, analysis: Analysis): (observed: Observed) => string[] {
  const places = byPlace(source, analysis);
  const lines = source.split('\n');
  // What is picked by values has as many elements as the values say: such lines are marked, and only the rank is held.
  const isCounted = (place: string): boolean => lines[Number.parseInt(place, 10) - 1]!.endsWith('  # counted');
  return ({ place, shapes, dtypes, mixed }) => {
    const recording = places.get(place);
    const wanted = sorted(shapes, dtypes);
    if (!recording) return [`${place}: nothing was traced, torch has ${wanted}`];
    const { tensors, complete, mixed: isMixed } = tensorsOf(recording);
    const traced = sorted(tensors.map(({ shape }) => (shape.rest ? [shape.rest.name] : shape.dims.map((dim) => dim.value ?? '?'))), tensors.map(({ dtype }) => dtype ?? '?'));
    if (complete && mixed === isMixed && (traced === wanted || (isCounted(place) && fits(tensors, shapes)))) return [];
    const text = source.slice(recording.node.start, recording.node.end);
    return [`${place} ${text}: ${recording.seen.map((seen) => seenText(seen)).join(' then ')}, torch has ${wanted}`];
  };
}

function fits(tensors: readonly TensorValue[], shapes: readonly (readonly number[])[]): boolean {
  return tensors.length > 0 && tensors.every(({ shape: { dims, rest } }) => !rest && shapes.some((seen) => seen.length === dims.length && dims.every((dim, i) => (dim.value ?? seen[i]) === seen[i])));
}

for (const [title, files] of [
  ['the five systems', recorded(samples, path.join(__dirname, 'systems'))],
  ['Python as models use it', recorded(path.join(__dirname, 'python'), path.join(__dirname, 'python'))],
] as const) {
  describe(`${title}, against torch`, () => {
    for (const file of files) {
      it(`${file.name}: every tensor`, async () => {
        assert.ok(file.observed.length > 0);
        const analysis = analyze(file.source, { parser: await loadParser() });
        assert.deepEqual(errors(file.source, analysis), []);
        assert.deepEqual(file.observed.flatMap(difference(file, analysis)), []);
      });

      it(`${file.name}: nothing wrong without its calls`, async () => {
        const analysis = analyze(file.source, { parser: await loadParser(), mainName: file.name });
        assert.deepEqual(errors(file.source, analysis), []);
        assert.deepEqual(contradictions(file, analysis), []);
      });
    }
  });
}
