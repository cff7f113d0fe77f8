/**
 * Parameters that hold tensors, of unknown number, as the features of all stages are given to a decoder. Each item that the
 * code names is a tensor of its own: nothing says that two of them are alike. So is what they are joined to.
 */
import { bind } from '../../torch/bind';
import { constant } from '../../symint/symint';
import type { Operation } from '../../torch/registry';
import type { Keywords } from '../interpreter';
import type { Machine } from '../machine';
import { parameterOf, partOf } from './demands';
import { JOINED } from './fittingRanks';
import type { Parameter } from './parameters';
import { NONE, int, unknown } from '../../values/values';
import type { SliceValue, Value } from '../../values/values';

export class TensorList {
  /** By the text of what they are: slices, and what joins them. */
  private readonly names = new Map<string, string>();
  /** Items are put into it or taken out: which one is where is not known. */
  private isChanged = false;

  constructor(
    private readonly parameter: Parameter,
    /** What it is a slice of, and where each of its items stands there; null: that is not known. */
    private readonly source: { readonly list: TensorList; readonly placeOf: (at: number) => number | null } | null = null,
  ) {}

  /** Of what it is a slice of. */
  get name(): string {
    return this.source?.list.name ?? this.parameter.name;
  }

  /** The item there, counted from the end where negative; null: it is not known which one that is. */
  item(at: number): Parameter | null {
    if (this.isChanged) return null;
    const place = this.source?.placeOf(at) ?? null;
    if (this.source && place !== null) return this.source.list.item(place);
    return this.tensor(`${this.parameter.name}_${at >= 0 ? at : at === -1 ? 'last' : `last${-at}`}`);
  }

  /** Any of its items; null: others may have been put into it. */
  any(): Parameter | null {
    if (this.isChanged) return null;
    return this.source ? this.source.list.any() : this.tensor(`${this.parameter.name}_item`);
  }

  /** All of them made one tensor; null: it is not known which these are. */
  joined(how: string): Parameter | null {
    return this.isChanged ? null : this.tensor(this.nameOf(how, 'joined'));
  }

  /** null: where its bounds are is not known. */
  slice({ start, stop, step }: SliceValue): Parameter | null {
    const bounds = [start, stop, step].map((bound) => (bound.kind === 'None' ? null : bound.kind === 'int' ? bound.value?.value ?? NaN : NaN));
    if (bounds.some(Number.isNaN)) return null;
    const [first, end, by] = bounds as [number | null, number | null, number | null];
    return this.part(bounds.join(':'), (at) => placeIn(at, first, end, by ?? 1));
  }

  private part(key: string, placeOf: (at: number) => number | null): Parameter {
    return this.held(this.nameOf(key, 'part'), (part) => {
      part.list = new TensorList(part, { list: this, placeOf });
    });
  }

  change(): void {
    if (!this.isChanged) this.parameter.revision++;
    this.isChanged = true;
  }

  private tensor(name: string): Parameter {
    return this.held(name, (part) => part.become('tensor'));
  }

  private held(name: string, prepare: (part: Parameter) => void): Parameter {
    return this.parameter.held.named(name, null, () => {
      const part = this.parameter.heldTensor(name);
      prepare(part);
      return part;
    });
  }

  private nameOf(key: string, kind: string): string {
    let name = this.names.get(key);
    const others = [...this.names.values()].filter((other) => other.startsWith(`${this.parameter.name}_${kind}`)).length;
    if (name === undefined) this.names.set(key, (name = `${this.parameter.name}_${kind}${others === 0 ? '' : others + 1}`));
    return name;
  }
}

/** It is a list or a tuple of tensors. */
export function becomeTensors(parameter: Parameter): void {
  if (parameter.kind !== 'outside' || parameter.list) return;
  parameter.list = new TensorList(parameter);
  parameter.revision++;
}

/** Where an item of a slice stands in what was sliced. */
function placeIn(at: number, start: number | null, stop: number | null, step: number): number | null {
  if (step === -1 && start === null && stop === null) return -1 - at;
  if (step !== 1) return null;
  const [from, to] = [start ?? 0, stop ?? 0];
  const place = at >= 0 ? from + at : to + at;
  // It is counted from the same end as the bound.
  return at >= 0 ? (from < 0 && place >= 0 ? null : place) : to > 0 && place < 0 ? null : place;
}

/** The list that a value is, if it is given. */
function listOf(value: Value | undefined): TensorList | null {
  const parameter = parameterOf(value);
  return parameter && !parameter.isAbsent ? parameter.list : null;
}

/** `features[0]`, `features[i]`, `features[1:]`. */
export function tensorItem(m: Machine, value: Value, index: Value): Value | null {
  const list = value.kind === 'unknown' ? listOf(value) : null;
  if (!list) return null;
  const at = index.kind === 'int' ? index.value?.value ?? null : null;
  const part = index.kind === 'slice' ? list.slice(index) : index.kind === 'int' ? (at === null ? list.any() : list.item(at)) : null;
  return part ? partOf(m, part) : index.kind === 'int' ? unknown(CHANGED) : null;
}

/** `first, *rest = features`. */
export function tensorItems(m: Machine, value: Value, before: number, behind: number): Value[] | null {
  const list = value.kind === 'unknown' ? listOf(value) : null;
  if (!list) return null;
  const rest: SliceValue = { kind: 'slice', start: int(constant(before)), stop: behind > 0 ? int(constant(-behind)) : NONE, step: NONE };
  const front = Array.from({ length: before }, (_, at) => list.item(at));
  const back = Array.from({ length: behind }, (_, at) => list.item(at - behind));
  return [...front, list.slice(rest), ...back].map((part) => (part ? partOf(m, part) : unknown(CHANGED)));
}

/** `list(features)`: what is put into it is not in the other. */
export function copyOfTensors(m: Machine, value: Value): Value | null {
  return tensorItem(m, value, { kind: 'slice', start: NONE, stop: NONE, step: NONE });
}

const CHANGING: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'pop', 'remove', 'clear', 'reverse', 'sort', '__setitem__']);
const CHANGED = 'which item of a list that is changed is meant is not known';

/** A method of it may put items into the list, or take them out of it. */
export function noteChanged(value: Value, method: string): boolean {
  const list = listOf(value);
  if (!list || !CHANGING.has(method)) return false;
  list.change();
  return true;
}

/** `torch.cat(features, 1)`: the tensor that they are together. */
export function joinedTensors(m: Machine, { name, signatures }: Operation, args: readonly Value[], keywords: Keywords): Value | null {
  if (!JOINED.has(name)) return null;
  const binding = signatures.map((signature) => bind(signature, args, keywords)).find(({ ok }) => ok);
  const given = binding?.ok ? binding.bound.get('tensors') : undefined;
  if (given?.kind !== 'unknown') return null;
  const parameter = parameterOf(given);
  if (parameter?.role === 'function' && !parameter.isAbsent) becomeTensors(parameter);
  const dim = binding?.ok ? binding.bound.get('dim') : undefined;
  const joined = listOf(given)?.joined(`${name} ${dim?.kind === 'int' ? dim.value?.key ?? '' : ''}`);
  return joined ? partOf(m, joined) : null;
}
