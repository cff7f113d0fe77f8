/** Calls of operations without the interpreter: values, a context with facts of its own, and results as text. */
import { Facts, divideExact, divisible, equal, lessEqual, same } from '../../../src/shapes/symint/facts';
import { SymbolTable, add, constant, mul, product, symbol } from '../../../src/shapes/symint/symint';
import type { SymInt } from '../../../src/shapes/symint/symint';
import { bool, float, int, list, str } from '../../../src/shapes/values/values';
import type { Shape, TensorValue, Value } from '../../../src/shapes/values/values';
import { contiguousStrides } from '../../../src/shapes/torch/common/layout';
import { show, showSize } from '../../../src/shapes/torch/common/text';
import type { Dtype } from '../../../src/shapes/values/dtype';
import { callOperation, lookupFunction, lookupMethod, lookupOperator } from '../../../src/shapes/torch/registry';
import type { Operation, Outcome } from '../../../src/shapes/torch/registry';
import { ShapeFault, UnknownResult } from '../../../src/shapes/torch/rule';
import type { RuleContext, RuleResult } from '../../../src/shapes/torch/rule';

/** Operations over sizes named by letters; what a call demands is kept for the next. */
export class Calls {
  private readonly facts = new Facts();
  private readonly table = new SymbolTable();
  private readonly names = new Map<string, SymInt>();
  private storages = 0;
  readonly warnings: string[] = [];

  /** A size: a number, a letter (at least 1), or a product or sum of them, `H*W`, `N+1`. */
  size(text: string | number): SymInt {
    if (typeof text === 'number') return constant(text);
    if (text.includes('+')) return text.split('+').map((part) => this.size(part)).reduce(add);
    if (text.includes('*')) return text.split('*').map((part) => this.size(part)).reduce(mul);
    if (/^-?\d+$/.test(text)) return constant(Number(text));
    let found = this.names.get(text);
    if (!found) this.names.set(text, (found = symbol(this.table.fresh(text, { origin: 'a test', min: 1 }))));
    return found;
  }

  /** `(B, 3, H*W)`; a part that begins with `*` is a run of unknown dims. */
  tensor(text: string, dtype: Dtype | null = 'float32'): TensorValue {
    const parts = text.replace(/[()\s]/g, '').split(',').filter((part) => part !== '');
    const at = parts.findIndex((part) => part.startsWith('*'));
    const dims = parts.filter((part) => !part.startsWith('*')).map((part) => this.size(part));
    const shape: Shape = { dims, rest: at < 0 ? null : { at, name: parts[at]!.slice(1) } };
    return {
      kind: 'Tensor', shape, dtype, node: null, version: 0, isParameter: false, device: null, assumes: [],
      storage: { id: this.storages++, version: 0, node: null, size: at < 0 ? product(dims) : null },
      layout: at < 0 ? { strides: contiguousStrides(dims), offset: constant(0) } : null,
    };
  }

  call(operation: Operation | null, args: readonly (Value | number | string | boolean | readonly number[])[], keywords: Readonly<Record<string, Value>> = {}): Outcome {
    if (!operation) throw new Error('no such operation');
    return callOperation(operation, args.map(valueOf), new Map(Object.entries(keywords)), this.context());
  }

  /** The result as text: `(2, 3) float32`, `fault matmul-size-mismatch`, `unknown: why`. */
  run(name: string, args: Parameters<Calls['call']>[1], keywords: Readonly<Record<string, Value>> = {}): string {
    const operation = lookupFunction(name) ?? lookupMethod(name.replace(/^torch\.Tensor\./, '')) ?? lookupOperator(name as '+');
    return text(this.call(operation, args, keywords));
  }

  private context(): RuleContext {
    const { facts } = this;
    return {
      equal: (a, b) => equal(a, b, facts), same: (a, b) => same(a, b, facts), lessEqual: (a, b) => lessEqual(a, b, facts), divisible: (a, b) => divisible(a, b, facts), divideExact: (a, b) => divideExact(a, b, facts),
      assumeDifferent: () => undefined,
      assumeEqual: () => true,
      assumeDivisible: (a, b) => this.facts.assumeDivisible(a, b),
      sizeOfRun: (name) => symbol(this.table.fresh(name, { origin: 'a run of dims' })),
      requireEqual(a, b, code, message) {
        const known = equal(a, b, facts);
        if (known === false) throw new ShapeFault(code, message());
        if (known === null) facts.assumeEqual(a, b);
      },
      fresh: (name, origin) => symbol(this.table.fresh(name, { origin })),
      fail(code, message) { throw new ShapeFault(code, message); },
      unknown(reason) { throw new UnknownResult(reason); },
      warn: (code) => { this.warnings.push(code); },
      elements: () => [], constants: () => null, floats: () => null,
      defaultDtype: 'float32',
    };
  }
}

export function valueOf(value: Value | number | string | boolean | readonly number[]): Value {
  switch (typeof value) {
    case 'number': return Number.isInteger(value) ? int(constant(value)) : float(value);
    case 'string': return str(value);
    case 'boolean': return bool(value);
    default: return 'kind' in value ? value : list(value.map((each) => int(constant(each))));
  }
}

export function text(outcome: Outcome): string {
  if (outcome.ok) return resultText(outcome.result);
  return 'fault' in outcome ? `fault ${outcome.fault.code}` : `unknown: ${outcome.unknown}`;
}

function resultText(result: RuleResult): string {
  switch (result.type) {
    case 'tensor': return `${show(result.shape)} ${result.dtype ?? '?'}${result.viewOf ? ' view' : result.maybeViewOf ? ' view?' : ''}`;
    case 'tuple': return `${result.count ? `${showSize(result.count)} of ` : ''}[${result.items.map(resultText).join(', ')}]`;
    case 'value': return result.value.kind;
  }
}
