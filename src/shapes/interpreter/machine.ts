/**
 * The interpreter: state of one trace, and the dispatch between its parts. Each part is a file of functions that take
 * the machine; none keeps state of its own.
 */
import type { Severity, Related, Naming, Finding } from '../diagnostics/finding';
import { repeats } from '../diagnostics/finding';
import type { CompareOperator, Expr, Operator, Span } from '../python/ast';
import { Facts } from '../symint/facts';
import { type SymbolInfo, type SymInt, SymbolTable, symbol, symbolsOf } from '../symint/symint';
import { type Answer, Constants } from '../constants/constants';
import { GraphBuilder } from '../graph/builder';
import type { NodeId } from '../graph/graph';
import type { Dtype } from '../values/dtype';
import type { Tri } from '../torch/rule';
import { applyTorch } from './tensors/apply';
import { getAttribute, getOwnAttribute, setAttribute, setOwnAttribute } from './attributes';
import { callValue } from './calls/calls';
import { isSureInLibrary } from '../diagnostics/proof';
import { checkTruth } from '../diagnostics/truth';
import { classOf, isInstance, makeClass, makeInstance } from './calls/classes';
import { EitherSizes } from './uncalled/eitherSizes';
import { Heap } from './state/heap';
import { PythonRaise, type Interpreter, type Keywords } from './interpreter';
import { importModule, isInstalled, loadedModule, versionOf } from './imports';
import { elementOf, iterate, lengthOf } from './iteration';
import { Joiner, spoiled } from './control/join';
import { binaryOperation, compareOperation, equalValues, truthOf } from './operators';
import { globalNames, localNames } from './namespace';
import type { Parameter } from './uncalled/parameters';
import { noteMeeting } from './uncalled/fittingRanks';
import { commonRun } from './uncalled/sides';
import type { HeldSize } from './uncalled/parameterDims';
import type { ParameterShape, Sides } from './uncalled/parameterShape';
import { Recorder } from './state/recorder';
import { Recursion } from './calls/recursion';
import type { SourceResolver } from './resolver';
import type { Supposed } from './control/supposed';
import { copyOfTensors } from './uncalled/tensorLists';
import type { Trial } from './uncalled/trial';
import { Frame, Scope, type TracedModule } from './state/scope';
import { AskedSet, WatchedBindings } from './state/watched';
import { getItem, keywordValue, setItem } from './subscripts';
import { Allowance, AllowanceExceeded, type Spending } from './state/spending';
import { TensorFactory } from './tensors/tensors';
import type { ClassValue, FunctionValue, InstanceValue, ModuleValue, TensorValue, Value } from '../values/values';
import { NONE } from '../values/values';

const OUTSIDE: Span = { start: 0, end: 0 };

export class Machine implements Interpreter {
  readonly heap = new Heap();
  readonly facts = new Facts();
  readonly symbols = new SymbolTable();
  readonly graph = new GraphBuilder();
  readonly tensors = new TensorFactory(this.heap, this.facts, this.graph);
  readonly constants: Constants;
  readonly joiner = new Joiner(
    this.facts, (like, dtype, reason) => this.tensors.opaque(like.shape, dtype, reason),
    (place, name, a, b) => (this.guesses ? this.either.oneOf(place, name, a, b) : null),
    (open, other) => noteMeeting(this, open, other),
    (a, b) => commonRun(this, a, b),
  );
  readonly recorder = new Recorder();
  readonly findings: Finding[] = [];
  /** Assumptions that results rest on, in words. */
  readonly assumptions: (Naming & { readonly text: string; readonly span: Span | null })[] = [];
  /** Where in the document the operations were called that code outside of it applied. */
  readonly places = new Map<NodeId, Span>();
  /** Modules by dotted name, once imported, and those of them that are packages. */
  readonly modules = new Map<string, ModuleValue>();
  readonly packages = new Set<string>();
  /** Classes that the engine knows by name, and what the texts of torch modules written in Python define, once read. */
  readonly torchClasses = new Map<string, ClassValue>();
  readonly pythonModules = new Map<string, ReadonlyMap<string, Value>>();
  /** What code put into modules that are known by name, by dotted name: `nn.MaskedLinear = MaskedLinear`. */
  readonly patches = new Map<string, Value>();
  /** A star import whose source is not there may define any name. */
  hasUnknownNames = false;
  /** A name that nothing defines was used so far. */
  usesFreeNames = false;
  /** Shapes of what names that nothing defines stand for, and the fewest dims with which what uses them is known. */
  fitting = new Map<ParameterShape, number>();
  /** Shapes of parameters under inference, by the name of their run of unknown dims. */
  readonly parameters = new Map<string, ParameterShape>();
  /** The innermost side of a condition that is not known, in what nothing calls. */
  side: Sides | null = null;
  /** What one of several that may be called demands of sizes, until it is known what the others do. */
  heldSizes: HeldSize[] | null = null;
  /** The document's functions as they were before their decorators, by definition: a wrapper around one says little of it. */
  readonly undecorated = new WeakMap<object, FunctionValue>();
  /** Functions that a call or the top level reached. */
  readonly called = new AskedSet();
  /** The functions that nothing calls that are being traced. */
  trial: Trial | null = null;
  /** Values that names and parameters without one are pinned to. */
  readonly pinned = new Map<string, Value>();
  /** The round of the innermost loop of unknown length: which loop, and how many instances were made in it so far. */
  round: { readonly loop: string; made: number } | null = null;
  loops = 0;
  /** Branches on conditions that are not known that are being run, one inside the other. */
  forks = 0;
  /** Operands of `and` and `or` that may not be come to, one inside the other. */
  passedOver = 0;
  /** Those of them that defaults do not lead to, and that are no rounds of a loop. */
  doubts = 0;
  /** Operations so far, in code that nothing calls, that fail with what is known of their operands. */
  failures = 0;
  /** What `self` is outside of any class. */
  implied: InstanceValue | null = null;
  private readonly runSizes = new Map<string, SymInt>();
  readonly either = new EitherSizes(this.symbols, this.facts);
  /** Decorators and functions of libraries that took too long once. */
  readonly endless = new AskedSet();
  /** The names of the document's own top level. */
  readonly bindings = new WatchedBindings();
  frame: Frame;
  readonly recursion = new Recursion();
  /** Nothing is recorded or reported: an expression is evaluated again for what it tells; `usual`: with defaults for what has one. */
  quiet = false;
  usual = false;
  instances = 0;
  /** Each function is seen as nothing but itself knows it, although it is called: what callers give is not kept. */
  alone = false;
  /** What code that is not run would be, where that is asked for. */
  supposed: Supposed | null = null;
  /** Expressions that are being visited, one inside the other. */
  nesting = 0;
  /** What was not traced to its end although the trace went on, in words. */
  shortened: string | null = null;
  private allowance: Allowance | null = null;

  constructor(
    readonly module: TracedModule,
    readonly resolver: SourceResolver,
    private readonly spending: Spending,
    readonly parse: (source: string) => TracedModule['tree'],
    readonly mainName: string,
    /** Numbers that symbols are pinned to, by name. */
    readonly sizes: ReadonlyMap<string, number>,
    /** What earlier rounds found out of names that nothing defines; kept for the next. */
    public freeNames: Map<string, Parameter> = new Map(),
    /** Elements that earlier traces of the same text asked for. */
    answers: readonly Answer[] = [],
  ) {
    this.constants = new Constants(this.graph.nodes, answers);
    this.restartFreeNames();
    const scope = new Scope('module', null, '', module, false, this.bindings);
    scope.bindings.set('__name__', { kind: 'str', value: mainName });
    this.frame = new Frame(scope, '<module>', null, null, null, null);
  }

  /**
   * Runs with an allowance of visits. Where that is not enough, what was written until then is not known, and `otherwise` is the result.
   * @param share 'part': of what an allowance around it has left; 'aside': at most that, and not counted against it; 'apart': whatever is left, not counted either
   * @param kept what was written to it is taken back
   */
  allow<T>(visits: number, what: string, run: () => T, otherwise: (reason: string) => T, share: 'part' | 'aside' | 'apart' = 'part', isLibrary = false, kept: object | null = null): T {
    const outer = this.allowance;
    const { steps } = this.spending;
    const facts = this.facts.copy();
    const own = new Allowance(steps + visits, outer, isLibrary);
    this.allowance = share !== 'apart' && outer && outer.end <= own.end ? outer : own;
    try {
      return this.heap.watch(run, (error, rewrite) => {
        // Where an allowance around it ran out, that one's end is meant.
        if (!(error instanceof AllowanceExceeded) || error.allowance !== own) throw error;
        this.facts.restoreFrom(facts);
        const reason = `${what} takes too long to be traced`;
        rewrite((target, key, before, now) => (target === kept ? before : spoiled(target, key, now, reason)));
        return otherwise(reason);
      });
    } finally {
      this.allowance = outer;
      if (share !== 'part') outer?.extend(this.spending.steps - steps);
    }
  }

  /** What a library calls back in the document is not counted against the library's allowance. */
  calledBack<T>(run: () => T): T {
    const library = this.allowance;
    let around = library;
    while (around?.isLibrary) around = around.outer;
    if (around === library) return run();
    const { steps } = this.spending;
    this.allowance = around;
    try {
      return run();
    } finally {
      this.allowance = library;
      library?.extend(this.spending.steps - steps, around);
    }
  }

  /** Counts one expression visit against the budget. */
  tick(): void {
    this.spending.tick();
    if (this.allowance && this.spending.steps > this.allowance.end) throw new AllowanceExceeded(this.allowance);
  }

  get visits(): number {
    return this.spending.steps;
  }

  /** Visits that an earlier trace made for what is not visited again. */
  spare(visits: number): void {
    this.spending.steps += visits;
  }

  /** Visits after which something is taken for endless, so that enough is left for what comes after it. */
  get share(): number {
    const { steps, budget } = this.spending;
    return Math.ceil(Math.min((budget.steps - steps) / 4, ((this.allowance?.end ?? Infinity) - steps) * 0.75));
  }

  /** Functions of which some call gives another class or function than a parameter's default; numbers of dims that functions which nothing calls give others. */
  readonly overridden = new AskedSet();
  readonly ranks = new AskedSet();
  /** Methods of which a class of the document that derives from theirs has another. */
  readonly replaced = new AskedSet();
  /** All that a stretch of the trace may ask of the rest besides names. */
  readonly asked: readonly AskedSet[] = [this.called, this.overridden, this.ranks, this.replaced, this.endless];
  /** What torch.set_default_dtype has set. */
  defaultDtype: Dtype = 'float32';
  /** The dtype of torch.autocast('cpu') where it is on, else None. */
  autocast: Value = NONE;
  /** A function that nothing calls is traced: uses of its parameters are noted. */
  get inferring(): boolean {
    return this.trial !== null;
  }

  /** Parameters are taken to be what their uses say: a contradiction may be one between two uses. */
  get guesses(): boolean {
    return this.inferring || this.usesFreeNames;
  }

  record(node: Expr, value: Value, target = false): void {
    if (!this.frame.isRecorded || this.quiet) return;
    this.recorder.record(node, this.tensors.seen(value), this.frame.context, target, this.frame.given);
  }

  /** One fault is one finding: what goes wrong at the same place later (in a loop, in another call) is not told again. */
  report(code: string, severity: Severity, message: string, span: Span, related: readonly Related[] = [], symbols: readonly SymbolInfo[] = []): void {
    const place = this.quiet ? null : this.placeOf(span) ?? this.placeOfCall();
    if (!place || (severity === 'error' && (this.isGuarded() || !isSureInLibrary(this)))) return;
    // The call that the trace is entered with ends here.
    if (severity === 'error' && this.forks === 0 && this.isEntered()) this.recorder.end();
    if (repeats(this.findings, { span: place, code, severity })) return;
    const library = this.libraryPlace(span);
    const where = place === OUTSIDE ? 'in the call: ' : '';
    const found = { code, severity, span: place, symbols, context: this.contextOf(), inferred: this.guesses };
    if (library) this.findings.push({ ...found, message: `${where}${message} (inside ${library.name}, called ${where ? 'there' : 'here'})`, related: [...related, { span: library.span, message: 'it happens here', library }] });
    else this.findings.push({ ...found, message: where + message, related });
  }

  /** The code that the trace is entered with stands nowhere in the document. */
  private placeOfCall(): Span | null {
    return this.isEntered() ? OUTSIDE : null;
  }

  private isEntered(): boolean {
    let { frame } = this;
    while (frame.caller) frame = frame.caller;
    return frame.scope.module.path === '<call>';
  }

  /** Where in a library's file it happens; null in the document, and in what stands for torch's own modules. */
  private libraryPlace(span: Span): { readonly span: Span; readonly name: string; readonly path: string; readonly source: string } | null {
    let at: Span | null = span;
    for (let frame: Frame | null = this.frame; frame && !frame.scope.module.recorded; frame = frame.caller) {
      const { path, tree } = frame.scope.module;
      if (at && path !== null && !path.startsWith('<')) return { span: at, name: frame.scope.qualname || frame.scope.module.name, path, source: tree.source };
      at = frame.callSite;
    }
    return null;
  }

  private contextOf(): string {
    for (let frame: Frame | null = this.frame; frame; frame = frame.caller) if (frame.scope.module.recorded) return frame.context;
    return this.frame.context;
  }

  /** The place in the traced document: the span itself, or the call that led into a library from there. */
  placeOf(span: Span): Span | null {
    let at: Span | null = span;
    for (let frame: Frame | null = this.frame; frame; frame = frame.caller) {
      if (frame.scope.module.recorded) return at;
      at = frame.callSite;
    }
    return null;
  }

  /** Whether a `try` around here may catch what is raised. */
  isGuarded(): boolean {
    for (let frame: Frame | null = this.frame; frame; frame = frame.caller) if (frame.guarded > 0) return true;
    return false;
  }

  /** How many elements the run of dims has. */
  sizeOfRun(name: string, range: Span | null): SymInt {
    let size = this.runSizes.get(name);
    if (!size) this.runSizes.set(name, (size = symbol(this.symbols.fresh(`${name.replace(/#.*$/, '')}_numel`, { origin: `how many elements the dims *${name.replace(/#.*$/, '')} have`, range, min: 1 }))));
    return size;
  }

  /** What the document is shown: neither a library, nor how one function that nothing calls calls another. */
  get isShown(): boolean {
    return this.frame.scope.module.recorded && !this.quiet && this.recorder.layer !== this.trial?.reached;
  }

  /** @param sizes whose symbols the text calls by their labels */
  assume(text: string, span: Span | null, sizes: readonly SymInt[] = [], context = this.contextOf()): number {
    let at = this.assumptions.findIndex((other) => other.text === text);
    if (at < 0) at = this.assumptions.push({ text, span, symbols: sizes.flatMap((size) => [...symbolsOf(size)]), context }) - 1;
    this.assumed.set(at, text);
    return at;
  }

  /** Calls on one of several values that are being traced. */
  choices = 0;
  /** The class that a metaclass is asked to make. */
  making: ClassValue | null = null;
  /** What was assumed in the unit that is being traced, by its place among all assumptions. */
  readonly assumed = new Map<number, string>();

  /** For another trace of the document by the same machine: what libraries and torch's own modules define stays. */
  restart(): void {
    for (const collection of [this.findings, this.assumptions]) collection.length = 0;
    for (const collection of [...this.asked, this.patches, this.parameters, this.assumed, this.symbols, this.runSizes]) collection.clear();
    this.facts.restoreFrom(new Facts());
    this.tensors.forgetVersions();
    this.either.restart();
    this.spending.restart();
    this.hasUnknownNames = false;
    this.usesFreeNames = false;
    this.fitting = new Map();
    this.restartFreeNames();
    this.implied = null;
    this.defaultDtype = 'float32';
    this.autocast = NONE;
  }

  /** What was found out of names that nothing defines stays for the next round. */
  private restartFreeNames(): void {
    for (const parameter of this.freeNames.values()) parameter.restart({ table: this.symbols, sizes: this.sizes });
  }

  /** Runs what is done once for all traces, whichever comes to it first: reading a module. */
  once<T>(run: () => T): T {
    return this.graph.forAll(() => this.heap.apart(run));
  }

  /** What a discarded trace must not leave behind. */
  checkpoint(): { readonly findings: number; readonly assumptions: number } {
    return { findings: this.findings.length, assumptions: this.assumptions.length };
  }

  restore(checkpoint: ReturnType<Machine['checkpoint']>): void {
    this.findings.length = checkpoint.findings;
    this.assumptions.length = checkpoint.assumptions;
    for (const at of this.assumed.keys()) if (at >= checkpoint.assumptions) this.assumed.delete(at);
  }

  raise(type: string, message: string): never { throw new PythonRaise(type, message); }

  call = (func: Value, args: readonly Value[], keywords: Keywords, span: Span): Value => callValue(this, func, args, keywords, span);
  getAttribute = (value: Value, name: string, span: Span): Value => getAttribute(this, value, name, span);
  setAttribute = (value: Value, name: string, attribute: Value, span: Span): void => setAttribute(this, value, name, attribute, span);
  getOwnAttribute = (value: Value, name: string, span: Span): Value => getOwnAttribute(this, value, name, span);
  setOwnAttribute = (value: Value, name: string, attribute: Value, span: Span): void => setOwnAttribute(this, value, name, attribute, span);
  keywordValue = (dict: Value, name: string, fallback: Value | null): Value | null => keywordValue(this, dict, name, fallback);
  noteUnsure = (attributes: ReadonlyMap<string, Value>, name: string): void => this.joiner.noteUnsure(attributes, name);
  getItem = (value: Value, index: Value, span: Span): Value => getItem(this, value, index, span);
  setItem = (value: Value, index: Value, item: Value, span: Span): void => setItem(this, value, index, item, span);
  binary = (op: Operator, left: Value, right: Value, span: Span): Value => binaryOperation(this, op, left, right, span);
  compare = (op: CompareOperator, left: Value, right: Value, span: Span): Value => compareOperation(this, op, left, right, span);
  iterate = (value: Value, span: Span): Value[] | null => iterate(this, value, span);
  elementOf = (value: Value, span: Span): Value => elementOf(this, value, span);
  copied = (value: Value): Value => copyOfTensors(this, value) ?? value;
  lengthOf = (value: Value): SymInt | null => lengthOf(value, this);
  truth = (value: Value, span?: Span): Tri => {
    if (span && value.kind === 'Tensor') checkTruth(this, value, span);
    return truthOf(this, value);
  };
  equal = (a: Value, b: Value): Tri => equalValues(this, a, b);
  isInstance = (value: Value, cls: Value): Tri => isInstance(this, value, cls);
  classOf = (value: Value): ClassValue | null => classOf(this, value);
  makeInstance = (cls: ClassValue, args: readonly Value[], keywords: Keywords, span: Span): Value => makeInstance(this, cls, args, keywords, span);
  makeClass = (name: string, bases: readonly Value[], members: Iterable<readonly [string, Value]>, span: Span): Value => makeClass(this, name, bases, members, span);
  isInstalled = (name: string): Tri => isInstalled(this, name);
  namesAround = (where: 'function' | 'module'): Value => (where === 'module' ? globalNames(this) : localNames(this));
  versionOf = (distribution: string): string | null => versionOf(this, distribution);
  loadedModule = (name: string): Value | null => loadedModule(this, name);
  importModule = (name: string, span: Span): Value => importModule(this, name, span);
  readTensor = (tensor: TensorValue): TensorValue => this.tensors.current(tensor);
  torch = (name: string, args: readonly Value[], keywords: Keywords, span: Span): Value => applyTorch(this, name, args, keywords, span);
}
