/** `shapelens eval`: real values of an expression. */
import { EvaluationError } from '../evaluation/errors';
import { briefProvenance } from '../evaluation/provenance';
import type { Tile } from '../evaluation/messages';
import { UsageError } from '../node/files';
import { withCheckpoint } from '../project/checkpoint';
import type { Bound } from '../project/checkpoint';
import { planWithData } from '../project/data';
import { lastExpression, lastTensor, planTensors, refuseOneOfSeveral } from '../project/evaluation';
import type { AnyBinding, Plan } from '../project/evaluation';
import { expressionAt } from '../project/find';
import { printedBindings } from '../project/printed';
import type { TracedFile } from '../project/tracedFile';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { checkpointReport, readCheckpoint } from './checkpoint';
import { Evaluation, backendOf } from './evaluation';
import { givenValues, traceInput } from './options';
import type { TraceOptions } from './options';
import { printTensor } from './printTensor';

export interface EvalOptions extends TraceOptions {
  readonly expr?: string;
  readonly at?: string;
  readonly seed?: string;
  readonly params?: string;
  readonly backend?: string;
  /** Whatever memory it needs. */
  readonly anyway?: boolean;
  readonly json?: boolean;
}

/** The file has the tensor, but it cannot be computed. */
const NOT_EVALUABLE = 3;

export async function runEval(path: string, options: EvalOptions, write: (text: string) => void): Promise<number> {
  const backend = backendOf(options.backend);
  const seed = seedOf(options.seed);
  const checkpoint = options.params === undefined ? undefined : await readCheckpoint(options.params);
  const file = await traceInput(path, options);
  const { sizes } = givenValues(options.set ?? []);
  const report = checkpoint && checkpointReport(file, checkpoint, sizes);
  const boundOf = (traced: TracedFile): Bound => withCheckpoint(traced, printedBindings(traced), checkpoint, sizes);
  const planOf = (traced: TracedFile, bound: Bound): Plan<AnyBinding> => {
    const recording = chosen(traced, options);
    const tensor = recording && lastTensor(recording);
    if (!tensor) return { ok: false, code: 'no-tensor', message: options.expr ? `no traced expression ${options.expr} is a tensor` : 'the file has no tensor expression there', needs: [] };
    return refuseOneOfSeveral(recording) ?? planTensors(traced, [tensor], bound.bindings, bound.sizes);
  };
  const evaluation = new Evaluation(backend, seed, options.anyway);
  try {
    const plan = await planWithData(file, planOf, boundOf, async (question) => (await evaluation.run(question.plan.cone, question.plan.bindings)).tiles[0]!.values);
    if (!plan.ok) return refuse({ code: plan.code, message: plan.message, needs: plan.needs }, options, write);
    const { tiles, result } = await evaluation.run(plan.cone, plan.bindings);
    const [ref] = plan.cone.outputs as [typeof plan.cone.outputs[0]];
    const { shape, dtype } = plan.cone.nodes.find(({ id }) => id === ref.node)!.outputs[ref.output]!;
    const tile: Tile = { ...tiles[0]!, shape, dtype };
    const { provenance } = result.outputs[0]!;
    if (options.json) write(`${JSON.stringify({ schema: 1, shape, dtype, values: jsonValues(tile), backend: result.backend, milliseconds: Math.round(result.milliseconds), provenance, ...(report ? { checkpoint: report.json } : {}) })}\n`);
    else {
      write(`${printTensor(tile)}\n`);
      write(`${[`shape (${shape.join(', ')})`, dtype, `on ${result.backend}`, `${Math.round(result.milliseconds)} ms`, ...briefProvenance(provenance)].join(' · ')}\n`);
      for (const note of [...result.notes, ...report?.lines ?? []]) write(`${note}\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof EvaluationError) return refuse({ code: error.code, message: error.message, needs: [] }, options, write);
    throw error;
  } finally {
    await evaluation.dispose();
  }
}

function seedOf(given: string | undefined): number {
  const seed = given === undefined ? 0 : Number(given);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new UsageError(`--seed ${given}: is not a whole number`);
  return seed;
}

function chosen(file: TracedFile, options: EvalOptions): Recording | null {
  if (options.at !== undefined) {
    const match = /^(\d+):(\d+)$/.exec(options.at);
    if (!match) throw new UsageError(`--at ${options.at}: is not LINE:COLUMN`);
    return expressionAt(file, { line: Number(match[1]) - 1, character: Number(match[2]) - 1 });
  }
  if (options.expr === undefined) return lastExpression(file);
  const wanted = squeeze(options.expr);
  let best: Recording | null = null;
  for (const recording of file.analysis.recordings.values()) {
    const { start, end } = recording.node;
    if (recording.node.kind === 'arg' || squeeze(file.document.source.slice(start, end)) !== wanted) continue;
    if (!best || isRather(recording, best) || (!isRather(best, recording) && start >= best.node.start)) best = recording;
  }
  return best;
}

/** Whether the first is a tensor, and the second is none. */
function isRather(a: Recording, b: Recording): boolean {
  return lastTensor(a) !== null && lastTensor(b) === null;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A complex number is a pair. */
function jsonValues({ values, dtype }: Tile): unknown[] {
  const numbers = Array.from(values, (value) => jsonNumber(value, dtype));
  return dtype.startsWith('complex') ? Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]) : numbers;
}

function jsonNumber(value: number, dtype: string): number | string | boolean {
  if (dtype === 'bool') return value !== 0;
  return Number.isNaN(value) ? 'nan' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value;
}

function refuse(error: { code: string; message: string; needs: readonly string[] }, options: EvalOptions, write: (text: string) => void): number {
  if (options.json) write(`${JSON.stringify({ schema: 1, error })}\n`);
  else process.stderr.write(`shapelens: not evaluable: ${error.message}\n`);
  return NOT_EVALUABLE;
}
