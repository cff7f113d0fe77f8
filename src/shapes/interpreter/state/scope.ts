/**
 * Scopes and frames: where names live while code is traced. Lookup follows Python: locals, enclosing functions
 * (class bodies are skipped from inside), the module, builtins.
 */
import type { Facts } from '../../symint/facts';
import type { Pending } from '../uncalled/sides';
import type * as ast from '../../python/ast';
import { Bindings } from './bindings';
import type { Changes } from '../../values/changes';
import type { GivenSizes } from '../uncalled/unify';
import type { Usual } from '../uncalled/usual';
import type { ClassValue, Value } from '../../values/values';

/** A file that is being traced: the document itself, or a library file read for an import. */
export interface TracedModule {
  readonly name: string;
  /** null: the traced document. */
  readonly path: string | null;
  readonly tree: ast.Module;
  /** Whether its expressions are recorded. */
  readonly recorded: boolean;
}

export class Scope {
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Of a class body: the class it made. */
  cls: ClassValue | null = null;

  constructor(
    readonly kind: 'module' | 'function' | 'class',
    readonly parent: Scope | null,
    /** `Net.forward`, `outer.inner`; empty for a module. */
    readonly qualname: string,
    readonly module: TracedModule,
    /** Of a comprehension: what `:=` binds in it belongs to the scope around. */
    readonly isComprehension = false,
    readonly bindings = new Bindings(),
  ) {}

  get root(): Scope {
    let scope: Scope = this;
    while (scope.parent) scope = scope.parent;
    return scope;
  }

  /** The class in whose body this stands, for zero-argument super(). */
  get enclosingClass(): ClassValue | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) if (scope.kind === 'class') return scope.cls;
    return null;
  }

  lookup(name: string): Value | undefined {
    if (this.globals.has(name)) return this.root.bindings.get(name);
    let scope: Scope | null = this;
    let own = true;
    while (scope) {
      if (own || scope.kind !== 'class') {
        const value = scope.bindings.get(name);
        if (value !== undefined && !(own && this.nonlocals.has(name))) return value;
      }
      own = false;
      scope = scope.parent;
    }
    return undefined;
  }

  /** The bindings that an assignment to `name` in this scope writes to. */
  target(name: string): Bindings {
    if (this.globals.has(name)) return this.root.bindings;
    if (this.nonlocals.has(name)) {
      for (let scope = this.parent; scope; scope = scope.parent) {
        if (scope.kind === 'function' && scope.bindings.has(name)) return scope.bindings;
      }
    }
    return this.bindings;
  }
}

/** How a statement ended. A raise is a thrown PythonRaise instead. */
export type Flow = { readonly type: 'normal' } | { readonly type: 'return'; readonly value: Value } | { readonly type: 'break' } | { readonly type: 'continue' };
export const NORMAL: Flow = { type: 'normal' };

/** A path that left a loop or function early on a condition that is not known. */
export interface Exit {
  readonly value: Value | null;
  changes: Changes;
  /** What defaults say of the condition on which it left, and whether they lead there; null where they decide nothing. */
  likelihood: Likelihood | null;
  /** How many operations had failed by then. */
  readonly failures: number;
}

export interface Likelihood {
  readonly usual: Usual;
  readonly isTaken: boolean;
}

/** What `return`, `break` or `continue` leads out of. */
export class FlowTarget {
  readonly exits: Exit[] = [];
  /** Heap marks kept until the exits are joined. */
  marks = 0;
  /** What was assumed of sizes before the first condition on which a path left: all that still holds where they meet. */
  facts: Facts | null = null;
  constructor(readonly type: 'return' | 'break' | 'continue') {}
}

/** One activation: of a module's top level, a function, a lambda or a class body. */
export class Frame {
  /** Innermost last; the first is the function's own. */
  readonly targets: FlowTarget[] = [new FlowTarget('return')];
  /** A call reached the function before: what it had there is shown, not what a function that nothing calls makes of it. */
  isSettled = false;
  /** Its parameters that were given a symbol each. */
  given: GivenSizes | null = null;
  /** Inside a `try` with a handler a fault may be on purpose. */
  guarded = 0;
  /** The function, and how many marks the heap kept when it was entered. */
  def: ast.FunctionDef | ast.Lambda | null = null;
  marks = 0;
  /** Conditions of whose sides one has left the function. */
  readonly pending: Pending[] = [];
  /** What is taken not to be given, where that has decided a condition. */
  absent: Value | null = null;
  /** What `yield` gave, in order; null for a function without yield. */
  yielded: Value[] | null = null;
  /** A `yield` stands in a branch or loop that is not decided: how many values there are is not known. */
  yieldsSome = false;
  /** The heap's mark at the `yield` of a context manager. */
  leaving: number | null = null;

  constructor(
    readonly scope: Scope,
    /** The context of recorded expressions: `<module>`, `Net.forward`, `f.<lambda>`. */
    readonly context: string,
    /** For zero-argument super(). */
    readonly owner: ClassValue | null,
    readonly self: Value | null,
    readonly caller: Frame | null,
    readonly callSite: ast.Span | null,
  ) {}

  /** One of the same activation, with exits of its own: of a comprehension, of a side that is not taken. */
  inside(scope: Scope): Frame {
    const { isSettled, given, guarded, def, marks } = this;
    return Object.assign(new Frame(scope, this.context, this.owner, this.self, this.caller, this.callSite), { isSettled, given, guarded, def, marks });
  }

  /** Whether its expressions are recorded. */
  get isRecorded(): boolean {
    return this.scope.module.recorded && !this.isSettled;
  }
}
