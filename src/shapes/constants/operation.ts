/** How an operation on small integer tensors is written: a function from its operands to the elements of its results. */
import type { GraphArgument, NodeOutput } from '../graph/graph';
import { Signal } from '../signal';
import { constant } from '../symint/symint';
import { type Elements, numberElement, numelOf } from './elements';

/** Why the elements are not known: thrown by the accessors, caught where the operation was called. */
export class NotKnown extends Signal {}

/** The operands of one node of the graph. */
export class Operands {
  constructor(
    private readonly args: Readonly<Record<string, GraphArgument>>,
    readonly outputs: readonly NodeOutput[],
    private readonly read: (argument: GraphArgument) => Elements | null,
    /** Of a tensor: whether it is a mask. */
    readonly isBool: (argument: GraphArgument) => boolean,
  ) {}

  /** The sizes of a result. */
  shape(output = 0): readonly number[] {
    return this.outputs[output]!.shape!.map((dim) => dim.value ?? refuse());
  }

  argument(name: string): GraphArgument | null {
    const argument = this.args[name];
    return argument === undefined || argument.type === 'none' ? null : argument;
  }

  /** A tensor, or a number as a tensor of 0 dims. */
  elements(name: string): Elements {
    return this.elementsOf(this.argument(name) ?? refuse());
  }

  elementsOf(argument: GraphArgument): Elements {
    switch (argument.type) {
      case 'int': return { shape: [], data: [argument.value] };
      case 'float': return { shape: [], data: [numberElement(argument.value)] };
      case 'bool': return { shape: [], data: [constant(Number(argument.value))] };
      case 'tensor': return this.read(argument) ?? refuse();
      default: return refuse();
    }
  }

  list(name: string): readonly GraphArgument[] {
    const argument = this.argument(name);
    return argument?.type === 'list' ? argument.items : refuse();
  }

  number(name: string, otherwise?: number): number {
    const argument = this.argument(name);
    return argument === null && otherwise !== undefined ? otherwise : numberOf(argument ?? refuse());
  }

  numbers(name: string): readonly number[] {
    const argument = this.argument(name) ?? refuse();
    return argument.type === 'list' ? argument.items.map(numberOf) : [numberOf(argument)];
  }

  flag(name: string): boolean {
    const argument = this.argument(name);
    return argument?.type === 'bool' && argument.value;
  }

  text(name: string): string | null {
    const argument = this.argument(name);
    return argument?.type === 'str' ? argument.value : null;
  }

  /** The elements of `name` in the same order, with the sizes of the result. */
  same(name = 'input'): Elements {
    const { data } = this.elements(name);
    const shape = this.shape();
    return numelOf(shape) === data.length ? { shape, data } : refuse();
  }
}

export type Operation = (operands: Operands) => Elements | readonly Elements[];
export type OperationTable = Readonly<Record<string, Operation>>;

export function refuse(): never {
  throw new NotKnown();
}

function numberOf(argument: GraphArgument): number {
  return argument.type === 'int' && argument.value.value !== null ? argument.value.value : refuse();
}
