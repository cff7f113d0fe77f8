/**
 * Values from a checkpoint: its names matched with those of the document's parameters, whatever stands before them on
 * either side (`module.`, `state_dict.model.`), and the nodes that take their values from it.
 */
import type { NodeId } from '../shapes/graph/graph';
import { evaluate, loneSymbol } from '../shapes/symint/symint';
import type { SymbolInfo } from '../shapes/symint/symint';
import { sizesOf } from './evaluation';
import type { AnyBinding, Bindings, SizeOf } from './evaluation';
import { parameterNodes, parameterRoots } from './parameters';
import type { ParameterRoot, ParameterTensor } from './parameters';
import type { TracedFile } from './tracedFile';

/** What a checkpoint holds, without its values. */
export interface Checkpoint {
  readonly path: string;
  /** For people: the file's name. */
  readonly name: string;
  readonly tensors: readonly CheckpointTensor[];
}
export interface CheckpointTensor { readonly name: string; readonly shape: readonly number[]; readonly dtype: string }

/** A node's value lies in a file. */
export interface StoredBinding {
  readonly file: { readonly path: string; readonly tensor: string };
  readonly shape: readonly number[];
  readonly provenance: string;
}

/** How one module's parameters fit a checkpoint. Names are those of the code; `stored` those of the file. */
export interface RootMatch {
  /** null: the document's variables. */
  readonly root: string | null;
  /** What stands before the names in the file, and what before those of the code. */
  readonly prefix: string;
  readonly stripped: string;
  readonly matched: readonly { readonly name: string; readonly stored: string }[];
  readonly mismatched: readonly { readonly name: string; readonly stored: string; readonly shape: readonly (number | null)[]; readonly storedShape: readonly number[] }[];
  /** Parameters that the file has not. */
  readonly missing: readonly string[];
  /** Other prefixes in the file under which as much fits: repeated blocks. */
  readonly alternatives: number;
}

export interface CheckpointMatch {
  readonly roots: readonly RootMatch[];
  /** What is in the file and in no module of the document. */
  readonly unexpected: readonly string[];
  /** Sizes of symbols that the checkpoint says, where the code suggests others or none. */
  readonly sizes: Readonly<Record<string, number>>;
}

interface Prefixes { readonly prefix: string; readonly stripped: string }

/** Numbers of symbols, by name. */
type Sizes = ReadonlyMap<string, number>;

/** @param given sizes that are chosen: the checkpoint does not change them */
export function matchCheckpoint(file: TracedFile, checkpoint: Checkpoint, given: Sizes): CheckpointMatch {
  const stored = new Map(checkpoint.tensors.map((tensor) => [tensor.name, tensor]));
  const fits = parameterRoots(file).flatMap((root) => fitRoot(root, stored, given) ?? []);
  const used = new Set(fits.flatMap(({ match }) => [...match.matched, ...match.mismatched].map((each) => each.stored)));
  return {
    roots: fits.map(({ match }) => match),
    unexpected: checkpoint.tensors.map(({ name }) => name).filter((name) => !used.has(name)),
    sizes: Object.fromEntries([...fits].reverse().flatMap(({ sizes }) => [...sizes])),
  };
}

export interface Bound { readonly bindings: ReadonlyMap<NodeId, AnyBinding>; readonly sizes: Sizes }

/** Values from the post and, in their place where one is chosen, from a checkpoint; and the sizes that this says. */
export function withCheckpoint(file: TracedFile, printed: Bindings, checkpoint: Checkpoint | undefined, given: Sizes): Bound {
  if (!checkpoint) return { bindings: printed, sizes: given };
  const match = matchCheckpoint(file, checkpoint, given);
  const sizes = new Map([...Object.entries(match.sizes), ...given]);
  return { bindings: new Map<NodeId, AnyBinding>([...printed, ...storedBindings(file, checkpoint, match, sizesOf(sizes))]), sizes };
}

/** The nodes that take their values from the checkpoint. */
function storedBindings(file: TracedFile, checkpoint: Checkpoint, match: CheckpointMatch, sizeOf: SizeOf): Map<NodeId, StoredBinding> {
  const bindings = new Map<NodeId, StoredBinding>();
  const { graph } = file.analysis;
  for (const root of parameterRoots(file)) {
    const own = match.roots.find((each) => each.root === root.name);
    if (!own) continue;
    const storedOf = new Map(own.matched.map(({ name, stored }) => [name, stored]));
    const tensors = root.tensors.filter(({ name }) => storedOf.has(name));
    for (const [node, index] of parameterNodes(graph, tensors)) {
      const stored = storedOf.get(tensors[index]!.name)!;
      const shape = graph[node]!.outputs[0]?.shape?.map((size) => evaluate(size, sizeOf));
      if (bindings.has(node) || graph[node]!.outputs.length !== 1 || !shape?.every((size) => size !== null)) continue;
      bindings.set(node, { file: { path: checkpoint.path, tensor: stored }, shape, provenance: `${checkpoint.name}: ${stored}` });
    }
  }
  return bindings;
}

interface Fit { readonly match: RootMatch; readonly sizes: Sizes }

/** null: nothing of it is in the file. */
function fitRoot(root: ParameterRoot, stored: ReadonlyMap<string, CheckpointTensor>, given: Sizes): Fit | null {
  const candidates = root.name === null ? [{ prefix: '', stripped: '' }] : prefixesOf(root, stored);
  const fits = candidates.map((prefixes) => fitUnder(root, prefixes, stored, given)).filter(({ match }) => match.matched.length + match.mismatched.length > 0);
  // By shape, then by sizes that are as the code suggests, then by name, then behind the variable's own name, then the first in the file.
  const score = ({ match, sizes }: Fit): number[] => [match.matched.length, -sizes.size, match.mismatched.length, Number(match.prefix.endsWith(`${root.name}.`))];
  const compared = (a: Fit, b: Fit): number => score(b).map((value, i) => value - score(a)[i]!).find((difference) => difference !== 0) ?? 0;
  const [best, ...others] = fits.sort(compared);
  return best ? { ...best, match: { ...best.match, alternatives: others.filter((other) => compared(best, other) === 0).length } } : null;
}

/** What stands before the names: found by where the code's names end as the file's do. */
function prefixesOf(root: ParameterRoot, stored: ReadonlyMap<string, CheckpointTensor>): Prefixes[] {
  const candidates = new Map<string, Prefixes>();
  const add = (prefix: string, stripped: string): void => void candidates.set(`${prefix}\0${stripped}`, { prefix, stripped });
  const byLeaf = new Map<string, string[]>();
  for (const name of stored.keys()) {
    const names = byLeaf.get(leafOf(name));
    if (names) names.push(name);
    else byLeaf.set(leafOf(name), [name]);
  }
  // The longest names say most; a few suffice to find what stands before all.
  const telling = [...root.tensors].sort((a, b) => b.name.split('.').length - a.name.split('.').length).slice(0, MAX_TELLING);
  for (const { name } of telling) {
    for (const other of byLeaf.get(leafOf(name)) ?? []) {
      if (candidates.size > MAX_CANDIDATES) break;
      if (other === name || other.endsWith(`.${name}`)) add(other.slice(0, other.length - name.length), '');
      else if (name.endsWith(`.${other}`)) add('', name.slice(0, name.length - other.length));
    }
  }
  return [...candidates.values()];
}
const MAX_TELLING = 24;
const MAX_CANDIDATES = 200;

function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function fitUnder(root: ParameterRoot, prefixes: Prefixes, stored: ReadonlyMap<string, CheckpointTensor>, given: Sizes): Fit {
  const { prefix, stripped } = prefixes;
  const pairs = root.tensors.map((tensor) => ({ tensor, found: tensor.name.startsWith(stripped) ? stored.get(prefix + tensor.name.slice(stripped.length)) : undefined }));
  const sizes = sizesSaid(pairs, given);
  const sizeOf = sizesOf(new Map([...sizes, ...given]));
  const matched: { name: string; stored: string }[] = [];
  const mismatched: RootMatch['mismatched'][number][] = [];
  const missing: string[] = [];
  for (const { tensor, found } of pairs) {
    const { name } = tensor;
    if (!found) {
      // Code keeps tensors that are no parameters, and checkpoints do not have those.
      if (tensor.tensor.isParameter && root.name !== null) missing.push(name);
      continue;
    }
    const shape = tensor.tensor.shape.dims.map((size) => evaluate(size, sizeOf));
    if (fitsShape(tensor, shape, found)) matched.push({ name, stored: found.name });
    else mismatched.push({ name, stored: found.name, shape, storedShape: found.shape });
  }
  return { match: { root: root.name, prefix, stripped, matched, mismatched, missing, alternatives: 0 }, sizes };
}

/** Symbols that stand alone as a size are as large as the file says; only those that differ from what the code suggests. */
function sizesSaid(pairs: readonly { readonly tensor: ParameterTensor; readonly found: CheckpointTensor | undefined }[], given: Sizes): Sizes {
  const said = new Map<SymbolInfo, number>();
  for (const { tensor: { tensor }, found } of pairs) {
    if (!found || tensor.shape.rest || tensor.shape.dims.length !== found.shape.length) continue;
    tensor.shape.dims.forEach((size, dim) => {
      const symbol = loneSymbol(size);
      if (symbol && !said.has(symbol) && !given.has(symbol.name) && !given.has(symbol.label)) said.set(symbol, found.shape[dim]!);
    });
  }
  return new Map([...said].filter(([symbol, size]) => symbol.hint !== size).map(([symbol, size]) => [symbol.name, size]));
}

/** The sizes that are known are those of the file, and so is the kind of number. */
function fitsShape({ tensor }: ParameterTensor, shape: readonly (number | null)[], stored: CheckpointTensor): boolean {
  if (tensor.shape.rest || shape.length !== stored.shape.length) return false;
  const isFloat = (dtype: string): boolean => /^b?float/.test(dtype);
  if (tensor.dtype !== null && isFloat(tensor.dtype) !== isFloat(stored.dtype)) return false;
  return shape.every((size, dim) => size === null || size === stored.shape[dim]);
}

/** How a checkpoint fits, a line a fact: what was matched, then each mismatch by name. */
export function describeMatch(checkpoint: Checkpoint, { roots, unexpected, sizes: said }: CheckpointMatch): string[] {
  if (roots.length === 0) return [`${checkpoint.name}: none of its ${checkpoint.tensors.length} tensors has the name of a parameter here`];
  const sizes = (shape: readonly (number | null)[]): string => `(${shape.map((size) => size ?? '?').join(', ')}${shape.length === 1 ? ',' : ''})`;
  return [
    ...roots.flatMap(({ root, prefix, stripped, matched, mismatched, missing, alternatives }) => [
      `${checkpoint.name}: ${matched.length} of ${matched.length + mismatched.length + missing.length} values of ${root ?? 'the variables'}${prefix ? `, named ${prefix}… in the file` : ''}${stripped ? `, without ${stripped} in the file` : ''}${alternatives > 0 ? ` (the first of ${alternatives + 1} that fit)` : ''}`,
      ...mismatched.map(({ name, stored, shape, storedShape }) => `  ${name} has shape ${sizes(shape)} here, and ${stored} has ${sizes(storedShape)} in the file`),
      ...missing.map((name) => `  ${name} is not in the file`),
    ]),
    ...(Object.keys(said).length > 0 ? [`  sizes as the file says: ${Object.entries(said).map(([name, size]) => `${name} = ${size}`).join(', ')}`] : []),
    ...unexpected.map((name) => `  ${name} is in the file only`),
  ];
}
