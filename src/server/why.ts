/**
 * "Why is this 49?": one size of a tensor followed back, operation by operation, to where the source says it. Each step
 * is only taken where it is certain which operand the size came with; where it is not, the way ends there.
 */
import { shapeText } from '../shapes/values/text';
import type { GraphArgument, GraphNode, NodeRef } from '../shapes/graph/graph';
import { expressionIn } from '../project/find';
import { rangeOf } from '../project/tracedFile';
import type { DocumentRange, TracedFile } from '../project/tracedFile';
import { lastTensor } from '../project/evaluation';
import { namesIn } from '../shapes/naming';
import type { NameOf } from '../shapes/symint/render';
import type { Span } from '../shapes/python/ast';
import { render } from '../shapes/symint/render';
import type { SymInt } from '../shapes/symint/symint';
import type { WhyParams, WhyAnswer, WhyStep } from './messages';
import { dimOrigin } from './whyDim';
import { sizeExpression, sizeSteps } from './whySize';
import type { SizeSource } from './whySize';
import { t } from './translation';

/** More steps than anybody follows. */
const MAX_STEPS = 24;

export function why(file: TracedFile, { range, dim }: WhyParams): WhyAnswer | null {
  const recording = expressionIn(file, range);
  const tensor = recording && lastTensor(recording);
  const size = tensor?.shape.rest ? undefined : tensor?.shape.dims[dim];
  if (!recording || !tensor || !size) return null;
  const trail = new Trail(file, namesIn(file.analysis, recording.context));
  trail.add(recording.node, t('{0}: dim {1} of {2}', textOf(file, recording.node), dim, shapeText(tensor.shape, trail.nameOf)), size);
  if (tensor.node) trail.followDim(tensor.node, dim);
  return { size: render(size, trail.nameOf), steps: trail.steps };
}

export function textOf(file: TracedFile, span: Span): string {
  const text = file.document.source.slice(span.start, span.end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The steps so far, and where to go on. */
export class Trail {
  readonly steps: WhyStep[] = [];
  private readonly visited = new Set<string>();

  constructor(readonly file: TracedFile, readonly nameOf: NameOf) {}

  add(span: Span | null, text: string, size: SymInt): void {
    const range: DocumentRange | null = span && rangeOf(this.file, span);
    const shown = render(size, this.nameOf);
    const last = this.steps.at(-1);
    if (last && last.text === text) return;
    this.steps.push({ text, range, size: shown });
  }

  /** Whether the way has been here before, or is long enough. */
  ends(key: string): boolean {
    if (this.visited.has(key) || this.steps.length >= MAX_STEPS) return true;
    this.visited.add(key);
    return false;
  }

  followDim(ref: NodeRef, dim: number): void {
    const { graph } = this.file.analysis;
    for (let at: { ref: NodeRef; dim: number } | null = { ref, dim }; at && !this.ends(`${at.ref.node} ${at.ref.output} ${at.dim}`); ) {
      const node = graph[at.ref.node]!;
      const size = node.outputs[at.ref.output]?.shape?.[at.dim];
      if (!size) return;
      if (node.op === 'input') return this.add(ownSpan(node), t('{0}: its dim {1}', inputName(node), at.dim), size);
      const origin = dimOrigin(graph, node, at.dim, size);
      const stated = origin.type === 'argument' && node.path === null && node.source ? sizeExpression(this.file, node.source, origin.index, size) : null;
      if (stated) return this.stated(node, stated, size);
      if (origin.type !== 'operand') return this.add(ownSpan(node), t('{0} makes it', operationName(node)), size);
      const operand = graph[origin.ref.node]!;
      if (ownSpan(operand) && operand.op !== 'input') this.add(ownSpan(operand), t('{0}: dim {1}', textOf(this.file, operand.source!), origin.dim), size);
      at = { ref: origin.ref, dim: origin.dim };
    }
  }

  /** The size is an argument of the operation. */
  private stated(node: GraphNode, source: SizeSource, size: SymInt): void {
    this.add(source.node, t('{0} is given {1}', operationName(node), textOf(this.file, source.node)), size);
    sizeSteps(this, source, size);
  }
}

/** Where it stands in the document, not in a library. */
const ownSpan = (node: GraphNode): Span | null => (node.path === null ? node.source : null);

function inputName(node: GraphNode): string {
  const { name } = node.args as { readonly name?: GraphArgument };
  return name?.type === 'str' ? t('parameter {0}', name.value) : t('a parameter');
}

export function operationName(node: GraphNode): string {
  return node.op.replace(/^torch\.(nn\.functional\.|Tensor\.)?/, '').replace(/^__(\w+)__$/, '$1');
}
