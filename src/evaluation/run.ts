/** Runs a concrete cone node by node; every result is held against the shape and dtype that tracing gave it. */
import type { Cone, ConeNode, NodeId } from '../shapes/graph/graph';
import { allocate, allowingUndefined, isComplex } from './elements';
import { EvaluationError } from './errors';
import { Arguments } from './kernels/arguments';
import { complexKernel } from './kernels/complex/index';
import { findKernel, isRandom } from './kernels/index';
import type { BackendName, Binding, EvaluationRequest, StoredBinding } from './messages';
import { checkMemory, describeOutputs, lastUses, operandsOf, peakMemory, type Operands } from './memory';
import { mergeEqual } from './merging';
import { Generator } from './random';
import { checkPasses, hasUndefined, mayMakeUndefined } from './undefinedIntegers';
import { Value } from './value';

export interface RunOptions {
  readonly backend: BackendName;
  readonly memoryLimit: number;
  /** Reads a value that lies in a file. @throws EvaluationError */
  readonly readStored?: (binding: StoredBinding) => Promise<Binding>;
  /** Called between nodes now and then; rejects to stop the run. */
  readonly onProgress?: (done: number, total: number, op: string) => Promise<void>;
}

export interface RunOutput { readonly value: Value; readonly provenance: readonly string[] }

/** Operations that look at their operand's shape and not at its values: what those rest on is of no matter to the result. */
const SHAPE_ONLY = /^torch\.(nn\.init\.\w+_|\w+_like|Tensor\.(new_\w+|fill_|zero_|uniform_|normal_|bernoulli_))$/;

/** How V8 says that an array cannot be made. */
const NO_MEMORY = /Array buffer allocation failed|Invalid typed array length/;

/** Between two calls of `onProgress`. */
const PROGRESS_MILLISECONDS = 50;

/** The cone's outputs, which the caller disposes. @throws EvaluationError */
export async function run({ cone: given, bindings, seed, training }: EvaluationRequest, options: RunOptions): Promise<RunOutput[]> {
  const { cone, operands: allOperands } = planned(given, bindings, options.memoryLimit);
  const values = new Map<NodeId, readonly Value[]>();
  const provenance = new Map<NodeId, ReadonlySet<string>>();
  const last = lastUses(cone, allOperands);
  const undefinedIn = new Set<NodeId>();
  let reported = Date.now();
  try {
    for (const [position, node] of cone.nodes.entries()) {
      if (options.onProgress && Date.now() - reported > PROGRESS_MILLISECONDS) {
        await options.onProgress(position, cone.nodes.length, node.op);
        reported = Date.now();
      }
      const operands = allOperands.get(node.id)!;
      const given = bindings.get(node.id);
      const binding = given && 'file' in given ? await readStored(node, given, options) : given;
      const own = new Set<string>();
      if (!binding && !SHAPE_ONLY.test(node.op)) for (const id of operands) provenance.get(id)?.forEach((line) => own.add(line));
      const meetsUndefined = !binding && !SHAPE_ONLY.test(node.op) && operands.some((id) => undefinedIn.has(id));
      if (meetsUndefined) checkPasses(node);
      const run = meetsUndefined || (!binding && mayMakeUndefined(node)) ? allowingUndefined : <T>(body: () => T): T => body();
      values.set(node.id, binding ? [bind(node, binding, own)] : run(() => runNode(node, { values, operands, seed, training, backend: options.backend, provenance: own })));
      if (run === allowingUndefined && values.get(node.id)!.some(hasUndefined)) undefinedIn.add(node.id);
      if (node.outputs.some(({ dtype }) => dtype === 'float64')) own.add('float64 is computed in float32');
      provenance.set(node.id, own);
      for (const id of [node.id, ...operands]) {
        if (last.get(id) !== position) continue;
        values.get(id)?.forEach((value) => value.dispose());
        values.delete(id);
      }
    }
    return cone.outputs.map(({ node, output }) => {
      const value = values.get(node)![output]!;
      if (undefinedIn.has(node) && hasUndefined(value)) throw new EvaluationError('unsupported-argument', 'some of its integers torch leaves undefined: they were made of infinite floats, or of NaN', node);
      // Nothing is left to be computed when it is looked at.
      if (value.pickedRows) value.host();
      return { value: value.reshaped(value.shape), provenance: [...provenance.get(node) ?? []] };
    });
  } finally {
    for (const held of values.values()) held.forEach((value) => value.dispose());
  }
}

/** What is run, with equal nodes as one. @throws EvaluationError where it cannot be run, or takes too much memory */
function planned(given: Cone, bindings: EvaluationRequest['bindings'], memoryLimit: number): { readonly cone: Cone; readonly operands: Operands } {
  const operands = operandsOf(given);
  checkCone(given, operands);
  refuseComplex(given);
  const merged = mergeEqual(given, operands, ({ id, op }) => bindings.has(id) || isRandom(op));
  const mergedOperands = merged === given ? operands : operandsOf(merged);
  if (peakMemory(merged, mergedOperands).bytes <= memoryLimit) return { cone: merged, operands: mergedOperands };
  // A value that is used again later is held meanwhile: where that takes too much, it is computed again.
  checkMemory(peakMemory(given, operands), memoryLimit);
  return { cone: given, operands };
}

/** Complex values are computed with, but there is no form in which they leave. */
function refuseComplex(cone: Cone): void {
  for (const { node, output } of cone.outputs) {
    const dtype = cone.nodes.find(({ id }) => id === node)?.outputs[output]?.dtype;
    if (dtype !== undefined && isComplex(dtype)) throw new EvaluationError('unsupported-dtype', `${dtype} values are not shown: look at .real, .imag, .abs() or torch.view_as_real(…)`, node);
  }
}

function checkCone(cone: Cone, operands: Operands): void {
  if (cone.version !== 1) throw new EvaluationError('bad-request', `a graph of version ${String(cone.version)} cannot be read; this worker reads version 1`);
  const seen = new Map<NodeId, number>();
  for (const node of cone.nodes) {
    for (const operand of operands.get(node.id)!) {
      if (!seen.has(operand)) throw new EvaluationError('bad-request', `node ${node.id} (${node.op}) reads node ${operand}, which does not come before it`, node.id);
    }
    seen.set(node.id, node.outputs.length);
  }
  for (const { node, output } of cone.outputs) {
    if (!(output < (seen.get(node) ?? 0))) throw new EvaluationError('bad-request', `output ${output} of node ${node} is asked for and not in the graph`);
  }
}

async function readStored(node: ConeNode, binding: StoredBinding, { readStored: read }: RunOptions): Promise<Binding> {
  if (!read) throw new EvaluationError('bad-request', `values are not read from ${binding.file.path} here`, node.id);
  return read(binding);
}

function bind(node: ConeNode, binding: Binding, provenance: Set<string>): Value {
  const declared = node.outputs[0];
  if (node.outputs.length !== 1 || !declared) throw new EvaluationError('bad-request', `node ${node.id} (${node.op}) has ${node.outputs.length} outputs; only one can be bound`, node.id);
  if (!sameShape(binding.shape, declared.shape)) {
    throw new EvaluationError('invalid-argument', `the value given for ${node.op} (${binding.provenance}) has shape (${binding.shape.join(', ')}); the code makes (${declared.shape.join(', ')})`, node.id);
  }
  provenance.add(binding.provenance);
  const elements = allocate(binding.dtype, binding.values.length);
  for (let i = 0; i < elements.length; i++) elements[i] = binding.values[i] as number;
  return Value.scope(() => [Value.computed(elements, binding.shape, binding.dtype).to(declared.dtype)])[0] as Value;
}

/** What a node's operation is given besides its arguments. */
interface Surroundings {
  readonly values: ReadonlyMap<NodeId, readonly Value[]>;
  readonly operands: readonly NodeId[];
  readonly seed: number;
  readonly training: boolean;
  readonly backend: BackendName;
  readonly provenance: Set<string>;
}

function runNode(node: ConeNode, { values, operands, seed, training, backend, provenance }: Surroundings): readonly Value[] {
  try {
    if (node.op === 'input') throw new EvaluationError('needs-value', `a value is needed for ${String(node.args.name ?? 'an input')}: nothing in the code gives it one`);
    if (node.op === 'opaque') throw new EvaluationError('needs-value', `only the shape is known here: ${String(node.args.reason ?? 'its values cannot be traced')}`);
    const first = node.outputs[0];
    const kernel = touchesComplex(node, operands, values) ? complexKernel(node.op) : findKernel(node.op) ?? complexKernel(node.op);
    if (!kernel || !first) throw new EvaluationError('unsupported-op', kernel === null && findKernel(node.op) ? `${node.op} of complex values cannot be evaluated` : `${node.op} is traced, but cannot be evaluated`);
    const args = new Arguments(node.op, node.args, (id, output) => {
      const value = values.get(id)?.[output];
      if (!value) throw new EvaluationError('bad-request', `output ${output} of node ${id} is not in the graph`);
      return value;
    });
    return Value.scope(() => {
      const result = kernel({
        op: node.op, args, shape: first.shape, dtype: first.dtype, outputs: node.outputs, training, backend,
        generator: () => generatorOf(node, seed),
        note: (line) => provenance.add(line),
      });
      const results: readonly Value[] = result instanceof Value ? [result] : result;
      if (results.length !== node.outputs.length) {
        throw new EvaluationError('internal', `${node.op} gave ${results.length} results where ${node.outputs.length} were traced`);
      }
      return results.map((value, i) => check(node, i, value));
    });
  } catch (error) {
    if (error instanceof EvaluationError) throw error.node === null ? new EvaluationError(error.code, error.message, node.id) : error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof RangeError && NO_MEMORY.test(message)) throw new EvaluationError('out-of-memory', `${node.op}: there is no memory for a result of ${describeOutputs(node)}`, node.id);
    throw new EvaluationError('internal', `${node.op}: ${message}`, node.id);
  }
}

/** Such nodes have kernels of their own: a plain one would take the parts for elements. */
function touchesComplex(node: ConeNode, operands: readonly NodeId[], values: ReadonlyMap<NodeId, readonly Value[]>): boolean {
  return node.outputs.some(({ dtype }) => isComplex(dtype)) || Object.values(node.args).some((argument) => typeof argument === 'object' && argument !== null && 'complex' in argument) || operands.some((id) => values.get(id)?.some(({ dtype }) => isComplex(dtype)));
}

/** A wrong shape is worse than none: tracing and evaluation must agree. The value returned is the node's own. */
function check(node: ConeNode, output: number, value: Value): Value {
  const declared = node.outputs[output] as ConeNode['outputs'][number];
  if (!sameShape(value.shape, declared.shape)) {
    throw new EvaluationError('internal', `${node.op} evaluates to shape (${value.shape.join(', ')}), but was traced as (${declared.shape.join(', ')})`, node.id);
  }
  if (value.dtype !== declared.dtype) {
    throw new EvaluationError('internal', `${node.op} evaluates to ${value.dtype}, but was traced as ${declared.dtype}`, node.id);
  }
  return value.reshaped(declared.shape);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, dim) => size === b[dim]);
}

/** Each node draws from a stream of its own, so that values do not depend on what else is in the cone. */
function generatorOf({ op, id }: ConeNode, seed: number): Generator {
  if (!isRandom(op)) throw new EvaluationError('internal', `${op} draws random numbers and is not listed as one that does`);
  return new Generator((Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) + Math.imul(id + 1, 0x85ebca6b)) >>> 0);
}
