/** The tensors that a viewer shows: those of the last evaluation, those that the user keeps, and comparisons of them. */
import type { ComparisonKind, TensorMetadata } from '../webview/protocol';
import { align, ComparisonSource } from './comparison';
import type { Operand } from './comparison';
import { SAMPLED_FROM } from './viewerSource';
import type { TensorSource } from './viewerSource';

export class ShownTensors {
  private evaluated: readonly TensorMetadata[] = [];
  private source: TensorSource | null = null;
  private readonly pinned = new Map<string, Operand>();
  private readonly compared = new Map<string, Operand>();
  private next = 1;

  /** In place of those evaluated before; comparisons end with them. */
  open(tensors: readonly TensorMetadata[], source: TensorSource): void {
    const last = this.source;
    Object.assign(this, { evaluated: tensors, source });
    this.compared.clear();
    if (last && last !== source) this.release(last);
  }

  close(): void {
    for (const source of new Set([this.source, ...[...this.pinned.values()].map((each) => each.source)])) source?.dispose();
    this.source = null;
    this.evaluated = [];
    this.pinned.clear();
    this.compared.clear();
  }

  get all(): readonly TensorMetadata[] {
    return [...this.evaluated, ...[...this.pinned.values(), ...this.compared.values()].map(({ metadata }) => metadata)];
  }

  get links(): TensorSource['links'] {
    return this.source?.links;
  }

  get isOpen(): boolean {
    return this.source !== null;
  }

  find(id: string): Operand | null {
    const kept = this.pinned.get(id) ?? this.compared.get(id);
    if (kept) return kept;
    const { source } = this;
    const metadata = [...this.evaluated, ...(source?.hidden ?? [])].find((tensor) => tensor.id === id);
    return source && metadata ? { metadata, source, id } : null;
  }

  /** The id under which it is kept from now on; null: there is no such tensor. */
  pin(id: string): string | null {
    const found = this.find(id);
    if (!found || this.pinned.has(id) || this.compared.has(id)) return null;
    const own = `pinned ${this.next++}`;
    const others = [...this.pinned.values()].filter(({ metadata }) => metadata.name.startsWith(`${found.metadata.name} (pinned`)).length;
    const name = `${found.metadata.name} (pinned${others > 0 ? ` ${others + 1}` : ''})`;
    this.pinned.set(own, { ...found, metadata: { ...found.metadata, id: own, name, expression: found.metadata.expression ?? found.metadata.name, pinned: true } });
    return own;
  }

  /** Lets go of a tensor that is kept, or of a comparison. */
  drop(id: string): void {
    const kept = this.pinned.get(id);
    this.pinned.delete(id);
    this.compared.delete(id);
    for (const [key, { metadata }] of this.compared) if (metadata.comparison?.a === id || metadata.comparison?.b === id) this.compared.delete(key);
    if (kept && kept.source !== this.source) this.release(kept.source);
  }

  /** The id of the comparison. @throws Error where the shapes do not fit */
  compare(a: string, b: string, kind: ComparisonKind): string {
    const [first, second] = [this.find(a), this.find(b)];
    if (!first || !second) throw new Error('a tensor that was compared is gone');
    const alignment = align(first.metadata, second.metadata);
    if (!alignment) throw new Error(`(${first.metadata.shape.join(', ')}) and (${second.metadata.shape.join(', ')}) do not fit each other: sizes must be equal, or 1`);
    const id = `compared ${this.next++}`;
    const { shape, dims, byName } = alignment;
    const metadata: TensorMetadata = {
      id, name: nameOf(first.metadata.name, second.metadata.name, kind), shape, dims, dtype: kind === 'close' ? 'bool' : 'float32', backend: first.metadata.backend,
      provenance: [], comparison: { a, b, kind, byName }, ...(shape.reduce((product, size) => product * size, 1) > SAMPLED_FROM ? { samples: true } : {}),
    };
    this.compared.set(id, { metadata, id, source: new ComparisonSource(first, second, alignment, kind) });
    return id;
  }

  /** Nobody reads it any more. */
  private release(source: TensorSource): void {
    if (source !== this.source && ![...this.pinned.values()].some((each) => each.source === source)) source.dispose();
  }
}

function nameOf(a: string, b: string, kind: ComparisonKind): string {
  switch (kind) {
    case 'difference': return `${a} − ${b}`;
    case 'absolute': return `|${a} − ${b}|`;
    case 'relative': return `|${a} − ${b}| / |${b}|`;
    case 'close': return `isclose(${a}, ${b})`;
  }
}
