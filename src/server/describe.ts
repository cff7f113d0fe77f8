/** One expression in plain words: what "Copy Shape" copies and what a problem report holds. */
import { unknownReason } from '../shapes/describe';
import { shapeText } from '../shapes/values/text';
import type { TensorValue } from '../shapes/values/values';
import { namesIn } from '../shapes/naming';
import type { NameOf } from '../shapes/symint/render';
import { render } from '../shapes/symint/render';
import { lastTensor } from '../project/evaluation';
import { expressionIn, tensorOnLine } from '../project/find';
import { rangeOf } from '../project/tracedFile';
import type { DescribeParams, Description } from './messages';
import { numbersBeside } from './openFile';
import type { OpenFile } from './openFile';
import { snippetFor } from './snippet';
import { holdsTensor } from './tensors';
import { translated } from './translation';
import { valuesText } from './valueText';

export function describe(file: OpenFile, { range }: DescribeParams): Description | null {
  const chosen = expressionIn(file, range);
  const recording = chosen && chosen.seen.length > 0 ? chosen : tensorOnLine(file, range.start.line, (each) => each.seen.some(holdsTensor));
  if (!recording) return null;
  const { node, seen } = recording;
  const names = namesIn(file.analysis, recording.context);
  const shapes = seen.flatMap((each) => (each.type === 'Tensor' ? [shapeText(each.tensor.shape, names)] : []));
  const reason = seen.map(unknownReason).find((each) => each !== null) ?? null;
  const place = rangeOf(file, node);
  return {
    expression: file.document.source.slice(node.start, node.end).replace(/\s+/g, ' '),
    range: place,
    value: valuesText(file.analysis, recording),
    shape: shapes.length === seen.length && shapes.length > 0 ? [...new Set(shapes)].join(' or ') : null,
    dims: dimsOf(lastTensor(recording), names),
    numbers: numbersBeside(file, recording),
    unknown: reason === null ? null : translated(reason),
    snippet: snippetFor(file, node),
    findings: file.analysis.findings.filter(({ span }) => span.start <= node.end && node.start <= span.end).map(({ code, message }) => `${code}: ${translated(message)}`),
  };
}

function dimsOf(tensor: TensorValue | null, names: NameOf): string[] {
  return tensor && !tensor.shape.rest ? tensor.shape.dims.map((dim) => render(dim, names)) : [];
}
