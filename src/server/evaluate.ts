/** Prepares an evaluation for the client: what to compute, and what to call it. The client's worker computes it. */
import type { NodeId } from '../shapes/graph/graph';
import { render } from '../shapes/symint/render';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { withCheckpoint } from '../project/checkpoint';
import { nextQuestion, resumed } from '../project/data';
import { lastTensor, planTensors, refuseOneOfSeveral } from '../project/evaluation';
import type { AnyBinding, Plan } from '../project/evaluation';
import { complexOf, PARTS, viewedAsReal } from '../project/complexViews';
import { expressionIn, tensorOnLine } from '../project/find';
import { gatheredFrom } from '../project/gathered';
import type { ShownTensor } from '../project/gathered';
import { changeAt } from '../project/inPlace';
import { planLinks } from '../project/links';
import { printedBindings } from '../project/printed';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import type { EvaluateAnswer, EvaluateParams, PlannedQuestion, PlannedTensor } from './messages';
import { t, translated } from './translation';

/** As the tensors of a gather are planned. */
const MEMBERS = { table: 0, index: 1, result: 2 };
/** Longer texts make no good title. */
const MAX_NAME = 48;

export function answerEvaluate(traced: TracedFile, params: EvaluateParams): EvaluateAnswer {
  const { answers = [] } = params;
  const file = resumed(traced, answers);
  const chosen = expressionIn(file, params.range);
  const change = params.related ? changeAt(file, params.range.start) : null;
  const recording = change ? change.after.recording : chosen && lastTensor(chosen) ? chosen : tensorOnLine(file, params.range.start.line, (each) => lastTensor(each) !== null);
  const tensor = recording && lastTensor(recording);
  const printed = printedBindings(file);
  const { bindings, sizes } = withCheckpoint(file, printed, params.checkpoint, new Map(Object.entries(params.sizes ?? {})));
  const planned = (plan: Plan<AnyBinding>): { question: PlannedQuestion } | null => {
    const question = nextQuestion(file, plan, answers, { bindings, sizes });
    return question && { question: { ref: question.ref, op: question.op, cone: question.plan.cone, ...toJson(question.plan.bindings) } };
  };
  if (!recording || !tensor) {
    const message = t('There is no tensor expression here: put the cursor on one, or select it.');
    return { ok: false, message, needs: [], ...planned({ ok: false, code: 'no-tensor', message, needs: [] }) };
  }
  const shown: ShownTensor = change?.after ?? { tensor, recording };
  const gathered = params.related && !change ? gatheredFrom(file, shown) : null;
  const targets = gathered ? [gathered.table, gathered.index, gathered.result] : change ? [change.before, shown] : [shown];
  const plan = refuseOneOfSeveral(recording) ?? planTensors(file, targets.map((target) => target.tensor), bindings, sizes);
  const question = planned(plan);
  if (question || !plan.ok) return { ok: false, message: t('{0} cannot be evaluated: {1}.', nameOf(file, recording), plan.ok ? t('data decides whether it is reached') : translated(plan.message)), needs: plan.ok ? [] : plan.needs, ...question };
  const links = gathered && planLinks(file, gathered, printed);
  const cone = viewedAsReal(plan.cone);
  const outputs = cone.outputs.map((ref) => cone.nodes.find((node) => node.id === ref.node)!.outputs[ref.output]!);
  return { ok: true, cone, ...toJson(plan.bindings), active: targets.indexOf(shown), link: links && { ...links, members: MEMBERS }, tensors: targets.map((target, i) => describe(file, target, outputs[i]!)) };
}

function toJson(bound: ReadonlyMap<NodeId, AnyBinding>): Pick<Extract<EvaluateAnswer, { ok: true }>, 'bindings' | 'stored'> {
  const all = [...bound].map(([node, binding]) => ({ node, ...binding }));
  return { bindings: all.filter((binding) => 'values' in binding), stored: all.filter((binding) => 'file' in binding) };
}

function nameOf(file: TracedFile, recording: Recording): string {
  const text = file.document.source.slice(recording.node.start, recording.node.end).replace(/\s+/g, ' ');
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text;
}

function titleOf(name: string, part: ShownTensor['part']): string {
  if (part === undefined) return name;
  return part === 'before' || part === 'after' ? `${name} (${part})` : `${part} of ${name}`;
}

function describe(file: TracedFile, { recording, tensor, part }: ShownTensor, output: { readonly shape: readonly number[]; readonly dtype: string }): PlannedTensor {
  return { name: titleOf(nameOf(file, recording), part), range: rangeOf(file, recording.node), dims: [...tensor.shape.dims.map((dim) => render(dim)), ...output.shape.slice(tensor.shape.dims.length).map(() => PARTS)], shape: output.shape, dtype: output.dtype, ...(output.shape.length > tensor.shape.dims.length ? { complex: complexOf(output.dtype) } : {}) };
}
