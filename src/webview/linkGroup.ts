/** Three linked tensors on the page: read whole, and told to all who show them what is pointed at. */
import type { Channel } from './channel';
import type { TensorLink, TensorMetadata } from './protocol';
import { Relations, unravel } from './relations';
import type { Member, Related } from './relations';
import { sources } from './relationText';
import { TileCache } from './tiles';

export interface LinkedTensor { readonly tensor: TensorMetadata; readonly values: Float64Array }
export interface Linked { readonly relations: Relations; readonly members: Readonly<Record<Member, LinkedTensor>> }
/** What is pointed at, and all that belongs to it. */
export interface Pointed { readonly member: Member; readonly position: number; readonly related: Related }

export class LinkGroup {
  private loaded: Promise<Linked> | null = null;
  private readonly listeners: ((pointed: Pointed | null) => void)[] = [];
  private linked: Linked | null = null;

  constructor(private readonly channel: Channel, private readonly link: TensorLink, readonly tensors: Readonly<Record<Member, TensorMetadata>>) {}

  /** null: the link names a tensor that is not there. */
  static of(channel: Channel, link: TensorLink, all: readonly TensorMetadata[]): LinkGroup | null {
    const [table, index, result] = [link.table, link.index, link.result].map((id) => all.find((tensor) => tensor.id === id));
    return table && index && result ? new LinkGroup(channel, link, { table, index, result }) : null;
  }

  memberOf(id: string): Member | null {
    return (Object.keys(this.tensors) as Member[]).find((member) => this.tensors[member].id === id) ?? null;
  }

  /** All values and positions, read once. */
  load(): Promise<Linked> {
    return (this.loaded ??= this.read().catch((error: unknown) => {
      // To be tried again.
      this.loaded = null;
      throw error;
    }));
  }

  onPoint(listener: (pointed: Pointed | null) => void): void {
    this.listeners.push(listener);
  }

  /** null: at nothing. Before all is read nothing is told. What is said of it beside the pointer, a line each. */
  point(member: Member, position: number | null): string[] {
    const { linked } = this;
    if (!linked) return [];
    const pointed = position === null ? null : { member, position, related: linked.relations.of(member, position) };
    for (const listener of this.listeners) listener(pointed);
    return pointed ? sources(pointed, linked) : [];
  }

  private async read(): Promise<Linked> {
    const { link, tensors, channel } = this;
    const whole = (tensor: TensorMetadata, id = tensor.id): Promise<Float64Array> => readWhole(channel, id, tensor.shape);
    const [table, index, result, inTable, inIndex] = await Promise.all([
      whole(tensors.table), whole(tensors.index), whole(tensors.result), whole(tensors.result, link.tablePositions), whole(tensors.result, link.indexPositions),
    ]);
    this.linked = { relations: new Relations(inTable, inIndex), members: { table: { tensor: tensors.table, values: table }, index: { tensor: tensors.index, values: index }, result: { tensor: tensors.result, values: result } } };
    return this.linked;
  }
}

/** All elements, row-major. */
async function readWhole(channel: Channel, tensor: string, shape: readonly number[]): Promise<Float64Array> {
  const tiles = new TileCache((request) => channel.tile(request));
  const [rowDim, colDim] = [shape.length > 1 ? shape.length - 2 : null, shape.length > 0 ? shape.length - 1 : null];
  const [rows, cols] = [rowDim === null ? 1 : shape[rowDim]!, colDim === null ? 1 : shape[colDim]!];
  const outer = shape.slice(0, -2);
  const count = outer.reduce((product, size) => product * size, 1);
  const values = new Float64Array(count * rows * cols);
  for (let i = 0; i < count; i++) {
    const index = [...unravel(i, outer), ...shape.slice(-2).map(() => 0)];
    values.set(await tiles.block({ tensor, index, rowDim, colDim, rows, cols }, 0, 0, rows, cols), i * rows * cols);
  }
  return values;
}
