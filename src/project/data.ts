/**
 * Sizes and branches that data decides (`nonzero`, `if x.sum() > 0`): what they rest on is computed first, one tensor
 * after the other, and the document traced again with the answer.
 */
import type { Answer } from '../shapes/constants/constants';
import type { NodeRef } from '../shapes/graph/graph';
import type { Bound } from './checkpoint';
import { planOutputs } from './evaluation';
import type { AnyBinding, Plan } from './evaluation';
import type { TracedFile } from './tracedFile';

/** A tensor whose elements the trace asks for, and how to compute it. */
export interface Question {
  readonly ref: NodeRef;
  readonly op: string;
  readonly plan: Extract<Plan<AnyBinding>, { ok: true }>;
}

/** Longer tensors are not handed to the trace. */
const MAX_NUMEL = 1_000_000;
/** Each answer may raise another question, as in a loop that runs until data says stop. */
export const MAX_ANSWERS = 64;

/** The trace to ask about: its nodes are numbered as in every whole trace of the text with the same answers. */
export function resumed(file: TracedFile, answers: readonly Answer[]): TracedFile {
  return file.analysis.questions.length > 0 ? file.resume(answers) : file;
}

/**
 * The first that is not answered yet and can be computed; later ones may change with its answer.
 *
 * @param plan of what is wanted: where it is whole, only what came before can decide whether it is reached
 */
export function nextQuestion(file: TracedFile, plan: Plan<AnyBinding>, answers: readonly Answer[], { bindings, sizes }: Bound): Question | null {
  if (answers.length >= MAX_ANSWERS) return null;
  const { graph, questions } = file.analysis;
  const end = plan.ok ? Math.max(...plan.cone.outputs.map(({ node }) => node)) : Infinity;
  for (const ref of questions) {
    if (ref.node >= end) return null;
    const { op, outputs } = graph[ref.node]!;
    if (answers.some((answer) => answer.ref.node === ref.node && answer.ref.output === ref.output && answer.op === op)) continue;
    const needed = planOutputs(file, [ref], bindings, sizes);
    if (!needed.ok || outputs[ref.output]!.dtype?.startsWith('complex')) continue;
    const { shape } = needed.cone.nodes.find(({ id }) => id === ref.node)!.outputs[ref.output]!;
    if (shape.reduce((numel, size) => numel * size, 1) <= MAX_NUMEL) return { ref, op, plan: needed };
  }
  return null;
}

/**
 * The plan, once every question is answered that can be.
 *
 * @param planOf asked again of each trace, as data may also decide whether the expression is reached
 */
export async function planWithData(
  file: TracedFile,
  planOf: (file: TracedFile, bound: Bound) => Plan<AnyBinding>,
  boundOf: (file: TracedFile) => Bound,
  compute: (question: Question) => Promise<ArrayLike<number>>,
): Promise<Plan<AnyBinding>> {
  const answers: Answer[] = [];
  let current = resumed(file, answers);
  for (;;) {
    const bound = boundOf(current);
    const plan = planOf(current, bound);
    const question = nextQuestion(current, plan, answers, bound);
    if (!question) return plan;
    answers.push({ ref: question.ref, op: question.op, values: await compute(question) });
    current = file.resume(answers);
  }
}
