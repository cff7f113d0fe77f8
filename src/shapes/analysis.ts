/**
 * The engine's one entry: Python text in, an Analysis out. Everything that is shown anywhere is a projection of it.
 * Never throws: broken code gives a partial analysis.
 */
import type * as ast from './python/ast';
import type { PythonParser } from './python/parser';
import { withoutIgnored } from './diagnostics/ignore';
import { assumptionsWithNames, withNames } from './diagnostics/names';
import { withoutRefuted } from './diagnostics/refuted';
import { silentBroadcasts } from './diagnostics/silentBroadcast';
import { checkComments } from './evidence/check';
import { shapeClaims } from './evidence/comments';
import { proseClaims } from './evidence/prose';
import type { ProseLine } from './evidence/prose';
import type { ShapeClaim } from './evidence/comments';
import type { Answer } from './constants/constants';
import type { GraphNode, NodeRef } from './graph/graph';
import { findHints } from './hints/hints';
import { functionAt, isExpression, nodeAt } from './incremental/places';
import { Units } from './incremental/units';
import type { Hints } from './hints/hints';
import { reportProse } from './hints/report';
import type { Facts } from './symint/facts';
import type { SymbolInfo } from './symint/symint';
import { enterCall, pin, reportRefusal } from './interpreter/entry';
import { BudgetExceeded, PythonRaise } from './interpreter/interpreter';
import { Machine } from './interpreter/machine';
import type { Finding } from './diagnostics/finding';
import type { SourceResolver } from './interpreter/resolver';
import type { Parameter } from './interpreter/uncalled/parameters';
import type { PrintedPass } from './interpreter/state/prints';
import type { RecordedNode, Recording } from './interpreter/state/recorder';
import { Spending } from './interpreter/state/spending';
import type { Budget } from './interpreter/state/spending';
import { execute } from './interpreter/statements';
import type { AppliedOperation } from './interpreter/tensors/tensors';
import { Supposed } from './interpreter/control/supposed';
import { tellFreeNames } from './interpreter/uncalled/freeNames';
import { addMissing } from './interpreter/uncalled/trial';
import type { TracedModule } from './interpreter/state/scope';
import { uncalled } from './interpreter/uncalled/uncalled';
import type { Uncalled } from './interpreter/uncalled/uncalled';
import { unifyCalls } from './interpreter/uncalled/unify';
import { namesIn } from './naming';
import type { NameOf } from './symint/render';

export interface AnalyzeOptions {
  readonly parser: PythonParser;
  /** Where imported modules' source is read; without it only known modules are. */
  readonly resolver?: SourceResolver;
  readonly budget?: Partial<Budget>;
  /** Code to enter the module with: statements separated by `;` that end in an expression. */
  readonly call?: string;
  /** What `__name__` is; unless told `__main__`, or a module's own name where it lies in a package. */
  readonly mainName?: string;
  /** The dotted name of the module where it lies in a package, for its relative imports. */
  readonly moduleName?: string;
  /** It is the package of that name itself: an `__init__.py`. */
  readonly isPackage?: boolean;
  /** The text around the code. */
  readonly prose?: readonly ProseLine[];
  /** What names and parameters that nothing gives a value are pinned to, as Python expressions. */
  readonly values?: ReadonlyMap<string, string>;
  /** Numbers that symbols are pinned to, by name. */
  readonly sizes?: ReadonlyMap<string, number>;
  /** Elements that an earlier analysis of the same text asked for. */
  readonly answers?: readonly Answer[];
  /** Each function as it is by itself, whatever calls it. */
  readonly alone?: boolean;
  /** What is not run is traced as if it were: the other sides of conditions, what stands behind a `return`. What that finds is nobody's. */
  readonly supposed?: boolean;
}

export interface Assumption { readonly text: string; readonly span: ast.Span | null }

/** All of a trace. Spans are offsets in the module's text. */
export interface Analysis {
  readonly tree: ast.Module;
  /** In the order of first visit. */
  readonly recordings: ReadonlyMap<RecordedNode, Recording>;
  /** The operation that an expression or statement applied last, for its explanation. */
  readonly operations: ReadonlyMap<ast.Span, AppliedOperation>;
  /** What `print` printed, in the order of execution. */
  readonly prints: readonly PrintedPass[];
  readonly findings: readonly Finding[];
  /** What the author's comments say of shapes. */
  readonly claims: readonly ShapeClaim[];
  /** What holds throughout. */
  readonly facts: Facts;
  /** Likely numbers for sizes. */
  readonly hints: Hints;
  readonly graph: readonly GraphNode[];
  /** Tensors whose elements decide of sizes and branches, in the order in which they were needed; of a trace that went on from another one, perhaps more. */
  readonly questions: readonly NodeRef[];
  readonly symbols: readonly SymbolInfo[];
  readonly assumptions: readonly Assumption[];
  readonly complete: boolean;
  /** Why it is not complete, in words. */
  readonly notice: string | null;
  /** Expression visits, of all rounds. */
  readonly visits: number;
}

/** Places of nodes that were of earlier traces, before all is traced anew. */
const MAX_UNUSED = 4_000_000;
/** Uses of undefined names settle after a few rounds. */
const MAX_ROUNDS = 7;
const DEFAULT_BUDGET: Budget = { steps: 4_000_000, milliseconds: 20_000, now: () => performance.now() };
const NO_SOURCES: SourceResolver = { resolve: () => null };

export function analyze(source: string, options: AnalyzeOptions): Analysis {
  return analyzeTree(options.parser.parse(source), options);
}

export function analyzeTree(tree: ast.Module, options: AnalyzeOptions): Analysis {
  return new Analyzer(options).analyze(tree);
}

/** A trace that another one may go on from. */
interface Kept {
  readonly m: Machine;
  readonly units: Units;
  readonly module: { tree: ast.Module };
  readonly options: AnalyzeOptions;
  /** How often its tree was traced for what uses say of names that nothing defines. */
  rounds: number;
  /** How much they had said before the last time. */
  revisions: number;
  /** The tree of which nothing is left to be traced. */
  whole: ast.Module | null;
}

/** Traces one document again and again: what an edit does not reach is not traced a second time. */
export class Analyzer {
  private kept: Kept | null = null;
  /** What was traced in pieces. */
  private advanced: { readonly tree: ast.Module | null; readonly values: Set<object> } = { tree: null, values: new Set() };

  constructor(private readonly options: AnalyzeOptions) {}

  get traced(): number {
    return this.kept?.units.traced ?? 0;
  }

  get repeated(): number {
    return this.kept?.units.repeated ?? 0;
  }

  /** Statements of `tree` that are the same objects as in the last one are taken for unchanged, and must stand in the same order. */
  analyze(tree: ast.Module): Analysis {
    this.kept?.units.uncount();
    for (let isDone = false; !isDone;) isDone = this.advance(tree, () => false);
    return this.kept ? finish(this.kept, null, true) : this.anew(tree);
  }

  /**
   * A trace that is good for one place in a function: of what calls it, only that is traced which knew most of it before,
   * and the function by itself only where that one leaves something open. null where all is needed, as where neither comes to
   * the place.
   */
  analyzeAt(tree: ast.Module, offset: number): Analysis | null {
    const { kept } = this;
    const within = functionAt(tree, offset);
    const knownBy = within ? kept?.units.knownBy(within.context) : undefined;
    if (!kept || !within || knownBy === undefined) return null;
    const place = nodeAt(within.def, offset);
    let leftOut = knownBy === null ? null : this.again(kept, tree, ({ name }) => name !== knownBy);
    if (leftOut === null || !kept.units.isKnown(knownBy!, within.def, place)) {
      leftOut = this.again(kept, tree, ({ def, name }) => name !== knownBy && (def === null || offset < def.start || def.end < offset));
    }
    // All uses of a name say what it is that nothing defines.
    if (kept.m.freeNames.size > 0) {
      forgetFreeNames(kept);
      return null;
    }
    const analysis = leftOut === null ? null : finish(kept, null, leftOut === 0);
    // Another function that was left out may come to it.
    return analysis && isExpression(place) && !analysis.recordings.has(place) ? null : analysis;
  }

  /** Goes on with what is to be traced until it is told to wait; whether all is done, so that `analyze` need trace nothing. */
  advance(tree: ast.Module, waits: () => boolean): boolean {
    if (!this.kept || this.kept.whole === tree) return true;
    const isFirst = this.advanced.tree !== tree;
    if (isFirst) this.advanced = { tree, values: new Set() };
    const { values } = this.advanced;
    const { units } = this.kept;
    // A statement that cannot be used again would be traced in each piece: then the second does all the rest.
    let isLast: boolean | null = isFirst ? false : null;
    // What else cannot be used again is traced in each piece anew: the next one comes further all the same.
    const leftOut = this.again(this.kept, tree, ({ def }) => !(isLast ??= units.traced > 0) && def !== null && !values.has(def) && (waits() || !values.add(def)));
    return leftOut === null || (leftOut === 0 && this.isWhole(this.kept, tree));
  }

  /** Whether nothing is left to be traced, all being traced. */
  private isWhole(kept: Kept, tree: ast.Module): boolean {
    if (kept.whole !== tree && isSettled(kept)) kept.whole = tree;
    return kept.whole === tree;
  }

  /** How many functions and classes were left out; null where all has to be traced anew. */
  private again(kept: Kept, tree: ast.Module, waits: (value: Uncalled['value']) => boolean): number | null {
    const { m, units, module } = kept;
    if (module.tree !== tree) forgetFreeNames(kept);
    module.tree = tree;
    kept.whole = null;
    m.restart();
    units.restart(new Set<object>([...tree.body, ...tree.comments]));
    const { notice, leftOut } = run(m, units, this.options, waits);
    return this.keep(kept, notice) ? leftOut : null;
  }

  private anew(tree: ast.Module): Analysis {
    const { options } = this;
    const { parser } = options;
    const parse = cachedParse(parser);
    const spending = new Spending({ ...DEFAULT_BUDGET, ...options.budget });
    // A module of a package is imported, not run: what it does as a script is no call of its functions.
    const mainName = options.mainName ?? (options.moduleName?.includes('.') ? options.moduleName : '__main__');
    const freeNames = new Map<string, Parameter>();
    const traced = (rounds: number): [Kept, string | null] => {
      const module: TracedModule & { tree: ast.Module } = { name: options.moduleName ?? mainName, path: null, tree, recorded: true };
      const m = new Machine(module, options.resolver ?? NO_SOURCES, spending, parse, mainName, options.sizes ?? new Map(), freeNames, options.answers);
      m.alone = options.alone ?? false;
      m.supposed = options.supposed ? new Supposed() : null;
      if (options.isPackage) m.packages.add(module.name);
      const next = { m, units: new Units(m), module, options, rounds, revisions: revisionsOf(freeNames), whole: null };
      for (const [name, text] of options.values ?? []) pin(m, parser, name, text);
      return [next, run(m, next.units, options).notice];
    };
    let [best, notice] = traced(0);
    while (notice === null && !isSettled(best)) {
      const [next, cut] = traced(best.rounds);
      notice = cut;
      // A round that was cut short knows less than the whole one before.
      if (cut === null) best = next;
    }
    this.keep(best, notice);
    return finish(best, notice, true);
  }

  /** Keeps a trace for the next one if nothing in it but the code itself decided how it went. */
  private keep(kept: Kept, notice: string | null): boolean {
    const { m, units } = kept;
    const isKept = notice === null && m.pinned.size === 0 && units.unused < MAX_UNUSED;
    this.kept = isKept ? kept : null;
    return isKept;
  }
}

const revisionsOf = (freeNames: Machine['freeNames']): number => [...freeNames.values()].reduce((sum, parameter) => sum + parameter.revisions, 0);

/** Whether uses of names that nothing defines say nothing new of them; else what has such a use is to be traced again with what they say. */
function isSettled(kept: Kept): boolean {
  const { freeNames } = kept.m;
  if (++kept.rounds >= MAX_ROUNDS) return true;
  if (revisionsOf(freeNames) === kept.revisions && !tellFreeNames(kept.m, kept.options.prose ?? [])) return true;
  kept.revisions = revisionsOf(freeNames);
  kept.units.forgetGuesses();
  return false;
}

/** Nothing is known of names that nothing defines. */
function forgetFreeNames(kept: Kept): void {
  kept.m.freeNames = new Map();
  kept.units.forgetGuesses();
  kept.rounds = kept.revisions = 0;
}

/** The Analysis of what was traced. */
function finish({ m, units, options }: Kept, notice: string | null, isWhole: boolean): Analysis {
  const { tree } = m.module;
  const layer = units.seen(isWhole);
  if (m.supposed) addMissing(layer, m.supposed.layer);
  unifyCalls(layer, m.symbols);
  const { recordings, operations, prints } = layer;
  const facts = m.facts.copy();
  const claims = shapeClaims(tree, recordings);
  const symbols = [...m.symbols.all()];
  const graph = m.graph.nodes;
  const assumptions = [...m.assumptions];
  const hints = findHints({ recordings, facts, symbols, claims, prose: proseClaims(options.prose ?? [], recordings, tree.source) });
  const names = (context: string): NameOf => namesIn({ recordings, claims, facts }, context);
  const own = units.findings();
  const nodes = units.nodes();
  const seen = { tree, recordings, operations, prints, claims, facts, hints, graph, questions: m.constants.questions, symbols, assumptions, complete: notice === null, notice, visits: m.visits };
  const found = (): readonly Finding[] => {
    const all = [...own, ...silentBroadcasts({ tree, graph, nodes, facts }), ...checkComments({ tree, recordings, claims, facts, namesIn: names }), ...reportProse(hints)];
    return withoutIgnored(tree, withNames(seen, withoutRefuted({ findings: all, recordings })));
  };
  let findings = isWhole ? found() : null;
  let named: Analysis['assumptions'] | null = isWhole ? assumptionsWithNames(seen, assumptions) : null;
  // Of a place, few are asked for.
  return { ...seen, get findings() { return (findings ??= found()); }, get assumptions() { return (named ??= assumptionsWithNames(seen, assumptions)); } };
}

/** The whole module once, but for what waits; why it was cut short, or null. */
function run(m: Machine, units: Units, { parser, call }: AnalyzeOptions, waits: (value: Uncalled['value']) => boolean = () => false): { notice: string | null; leftOut: number } {
  const { tree } = m.module;
  let leftOut = 0;
  const cut = (why: string): { notice: string | null; leftOut: number } => ({ notice: `the trace was cut short: ${why}`, leftOut });
  try {
    for (const statement of tree.body) units.unit(statement, false, () => topLevel(m, statement));
    for (const { comment, text } of pragmaCalls(tree)) units.unit(comment, false, () => enterCall(m, parser, text, comment));
    if (call) units.unit({}, false, () => enterCall(m, parser, call, null));
    for (const { value, trace } of uncalled(m)) if (units.unit(value, true, trace, () => waits(value))) leftOut++;
    return m.shortened === null ? { notice: null, leftOut } : cut(m.shortened);
  } catch (error) {
    if (error instanceof BudgetExceeded) return cut(error.message);
    // A regular expression says so by a SyntaxError.
    if (error instanceof Error && /Maximum call stack|Invalid (string|array) length/.test(error.message)) return cut('the code nests too deeply');
    throw error;
  }
}

/** A raise ends one statement only: a post goes on after a line that fails. */
function topLevel(m: Machine, statement: ast.Stmt): void {
  try {
    execute(m, statement);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    reportRefusal(m, error);
  }
}

/** `# shapelens: trace CODE` */
function pragmaCalls(tree: ast.Module): { text: string; comment: ast.Comment }[] {
  return tree.comments.flatMap((comment) => {
    const match = /^shapelens:\s*trace\s+(.+)$/.exec(comment.text);
    return match ? [{ text: match[1]!, comment }] : [];
  });
}

/** Trees of texts that come again: library files and the torch modules written in Python. */
const trees = new WeakMap<PythonParser, Map<string, ast.Module>>();

/** Characters whose trees are kept, at some 12 bytes each: the packages that most files of a folder import. */
const MAX_KEPT = 8_000_000;

function cachedParse(parser: PythonParser): (text: string) => ast.Module {
  let known = trees.get(parser);
  if (!known) trees.set(parser, (known = new Map()));
  const cache = known;
  return (text) => {
    const tree = cache.get(text) ?? parser.parseLazily(text);
    // A map keeps the order in which it was written: the first is what was not asked for longest.
    cache.delete(text);
    cache.set(text, tree);
    let kept = 0;
    for (const { length } of cache.keys()) kept += length;
    for (const old of cache.keys()) {
      if (kept <= MAX_KEPT) break;
      kept -= old.length;
      cache.delete(old);
    }
    return tree;
  };
}
