/**
 * Which suite each statement belongs to: a search over all nestings that Python allows, for the one that costs least. Where a
 * suite could as well have ended elsewhere, its end is an assumption.
 */
import type { Facts } from './facts';
import { SuitePrices } from './suitePrices';
import type { Suite } from './suitePrices';

export interface SuiteAssumption { /** The header of the suite. */ readonly header: number; /** The first statement behind it; null if it reaches to the end. */ readonly next: number | null; readonly reason: string }
export interface Nesting { /** For each statement, in how many suites it is. */ readonly depths: readonly number[]; readonly assumptions: readonly SuiteAssumption[] }

interface Path {
  /** Innermost suite that the last statement is in; its own, if it is a header. */
  readonly suite: Suite;
  readonly price: number;
  readonly before: Path | null;
  readonly depth: number;
  readonly ended: readonly Ended[];
}
interface Ended { readonly suite: Suite; readonly reason: string; readonly isFree: boolean }

const BEAM = 24;
const NEVER = 40;
const TERMINATORS: ReadonlySet<string> = new Set(['return', 'raise', 'break', 'continue']);
const CLAUSES: Readonly<Record<string, readonly string[]>> = { else: ['if', 'elif', 'for', 'while', 'except'], elif: ['if', 'elif'], except: ['try', 'except'], finally: ['try', 'except', 'else'] };
const DEFINITIONS: ReadonlySet<string> = new Set(['def', 'class', '@']);

/** @param isInline whether a statement stands on the line of the header before it */
export function nest(facts: readonly Facts[], isHeader: readonly boolean[], isInline: readonly boolean[]): Nesting {
  return new Nester(facts, isHeader, isInline).run();
}

class Nester {
  private readonly prices: SuitePrices;
  private readonly suites = new Map<string, Suite>();

  constructor(private readonly facts: readonly Facts[], private readonly isHeader: readonly boolean[], private readonly isInline: readonly boolean[]) {
    this.prices = new SuitePrices(facts);
  }

  run(): Nesting {
    const root = this.suite(-1, null, -1);
    let paths: Path[] = [{ suite: root, price: 0, before: null, depth: 0, ended: [] }];
    for (let index = 0; index < this.facts.length; index++) {
      const next = new Map<Suite, Path>();
      for (const path of paths) {
        for (const option of this.options(path, index)) {
          const known = next.get(option.suite);
          if (!known || option.price < known.price) next.set(option.suite, option);
        }
      }
      paths = [...next.values()].sort((a, b) => a.price - b.price).slice(0, BEAM);
    }
    return this.result(paths[0]!);
  }

  private suite(header: number, parent: Suite | null, first: number): Suite {
    const key = `${header} ${first} ${parent ? this.keyOf(parent) : ''}`;
    let suite = this.suites.get(key);
    if (!suite) this.suites.set(key, (suite = { header, parent, first, depth: parent ? parent.depth + 1 : 0 }));
    return suite;
  }

  private keyOf(suite: Suite): string {
    const keys: string[] = [];
    for (let each: Suite | null = suite; each; each = each.parent) keys.push(`${each.header}/${each.first}`);
    return keys.join('<');
  }

  private *options(path: Path, index: number): Generator<Path> {
    const statement = this.facts[index]!;
    const opens = this.isHeader[index - 1] === true;
    const clauses = Object.hasOwn(CLAUSES, statement.word) && this.isHeader[index] ? CLAUSES[statement.word]! : null;
    const closed: Suite[] = [];
    let price = path.price;
    const inlineSuite = index > 0 && this.isInline[index - 1] === true;
    for (let suite: Suite | null = path.suite; suite; suite = suite.parent) {
      const isFirst = opens && suite === path.suite;
      const mustClose = !opens && closed.length === 0 && ((index > 0 && TERMINATORS.has(this.facts[index - 1]!.word)) || (inlineSuite && suite.header >= 0));
      if (!mustClose || suite.header < 0) {
        const own = this.placePrice(suite, closed, index, isFirst) + (mustClose ? 15 : 0);
        if (clauses === null) yield this.moved(path, suite, closed, index, price + own, mustClose ? 1 : 0, -1);
        else {
          const partner = closed.at(-1);
          if (partner && clauses.includes(this.facts[partner.header]!.word)) yield this.moved(path, suite, closed, index, price + this.clausePrice(partner, index), closed.length, partner.first);
          else if (closed.length === 0 || suite.header < 0) yield this.moved(path, suite, closed, index, price + own + NEVER, closed.length, -1);
        }
      }
      if (isFirst) return;
      // A function that returns something returns on all its paths.
      if (this.mustEnd(index) && this.facts[suite.header]?.word === 'def' && closed[0] && ['if', 'elif', 'for', 'while'].includes(this.facts[closed[0].header]!.word) && !DEFINITIONS.has(statement.word)) price += 2.5;
      price += clauses === null ? this.closePrice(suite, index, mustClose || DEFINITIONS.has(statement.word)) : this.closeForClause(suite, index);
      closed.push(suite);
    }
  }

  private moved(path: Path, suite: Suite, closed: readonly Suite[], index: number, price: number, forced: number, first: number): Path {
    const free = forced === 0 && !DEFINITIONS.has(this.facts[index]!.word);
    const ended = closed.map((each, i): Ended => ({ suite: each, isFree: free && !(i === 0 && this.mustEnd(index)), reason: this.reason(each, index) }));
    const inner = this.isHeader[index] ? this.suite(index, suite, first < 0 ? index : first) : suite;
    return { suite: inner, price, before: path, depth: suite.depth, ended };
  }

  /** Whether the statement before ends its suite, whatever follows. */
  private mustEnd(index: number): boolean {
    return index > 0 && (TERMINATORS.has(this.facts[index - 1]!.word) || this.isInline[index - 1] === true);
  }

  private isSuite(suite: Suite): boolean {
    const word = this.facts[suite.header]?.word;
    return word !== undefined && word !== 'def' && word !== 'class';
  }

  private reason(suite: Suite, index: number): string {
    return this.isSuite(suite) ? this.prices.stay(suite, index).reason : '';
  }

  // ---- prices --------------------------------------------------------------------------------------------------------

  /** The statement directly in a suite. */
  private placePrice(suite: Suite, closed: readonly Suite[], index: number, isFirst: boolean): number {
    const statement = this.facts[index]!;
    const owner = this.prices.functionOf(suite);
    const word = this.facts[suite.header]?.word ?? '';
    if (DEFINITIONS.has(statement.word)) return this.definitionPrice(suite, closed, index, isFirst);
    let price = isFirst || !this.isSuite(suite) ? 0 : this.prices.stay(suite, index).price;
    if (word === 'match' && statement.word !== 'case') price += NEVER;
    if (statement.word === 'case') return word === 'match' ? 0 : NEVER;
    if (statement.word === 'return' && !owner) price += NEVER;
    // A function that returns itself is rather returned by the one around it.
    if (statement.word === 'return' && owner && statement.reads.has(this.facts[owner.header]!.name)) price += 9;
    if ((statement.word === 'break' || statement.word === 'continue') && !this.inLoop(suite)) price += NEVER;
    if (/^if __name__\b/.test(statement.text)) price += suite.header < 0 ? -2 : NEVER;
    if ((statement.word === 'import' || statement.word === 'from') && owner) price += 2;
    // Leaving a function for what it alone knows.
    const left = closed.find((each) => this.facts[each.header]!.word === 'def');
    if (left && !owner) {
      const { parameters } = this.facts[left.header]!;
      const own = [...statement.reads].filter((name) => parameters.includes(name) || this.prices.writesIn(left.header, index).has(name));
      price += Math.min(10, own.length * 5) + (statement.reads.has('self') ? 15 : 0) + (word === 'class' ? 6 : 0);
    }
    return price;
  }

  private definitionPrice(suite: Suite, closed: readonly Suite[], index: number, isFirst: boolean): number {
    const target = this.definedBehind(index);
    if (!target) return 0;
    const word = this.facts[suite.header]?.word ?? '';
    if (this.isSuite(suite) && !isFirst) return 8;
    if (target.word === 'class') return suite.header < 0 ? 0 : 6;
    if (isMethod(target)) {
      if (word === 'class') return 0;
      return word === 'def' ? 10 : this.hasClassBefore(index) ? 15 : 0;
    }
    if (word === 'class') return this.facts[index]!.word === '@' || this.facts[index - 1]?.word === '@' ? 0 : 3;
    if (word === 'def') return this.isUsedLater(target, index) ? 1 : 6;
    return closed.length > 0 && this.isReturned(target, index) ? 5 : 0.5;
  }

  /** A function that returns another one holds it. */
  private isReturned(target: Facts, index: number): boolean {
    return this.facts.slice(index + 1).some((each) => each.text === `return ${target.name}` || each.text.startsWith(`return ${target.name},`));
  }

  private definedBehind(index: number): Facts | null {
    for (let each = index; each < this.facts.length; each++) if (this.facts[each]!.word !== '@') return this.facts[each]!;
    return null;
  }

  private hasClassBefore(index: number): boolean {
    return this.facts.slice(0, index).some((each) => each.word === 'class');
  }

  /** Within what may still be the same function. */
  private isUsedLater(target: Facts, index: number): boolean {
    for (let each = index + 1; each < this.facts.length; each++) {
      const facts = this.facts[each]!;
      if (facts.word === 'class' || (facts.word === 'def' && isMethod(facts))) return false;
      if (facts !== target && facts.reads.has(target.name)) return true;
    }
    return false;
  }

  private inLoop(suite: Suite): boolean {
    for (let each: Suite | null = suite; each && each.header >= 0; each = each.parent) {
      const { word } = this.facts[each.header]!;
      if (word === 'for' || word === 'while') return true;
      if (word === 'def' || word === 'class') return false;
    }
    return false;
  }

  /** An `else` and the suite that it continues. */
  private clausePrice(partner: Suite, index: number): number {
    const { word } = this.facts[partner.header]!;
    const base = word === 'for' || word === 'while' ? 5 : word === 'except' && this.facts[index]!.word === 'else' ? 3 : 0.3;
    const made = this.prices.writesIn(partner.header, index);
    const first = this.facts[index + 1];
    if (this.facts[index]!.word === 'elif') return base + 3 * apart(this.facts[index]!.reads, this.facts[partner.first]!.reads);
    const alike = first !== undefined && ([...first.writes].some((name) => made.has(name)) || (first.word === 'return' && this.facts[index - 1]?.word === 'return'));
    return base + (alike ? 0 : 1);
  }

  /** An `else` belongs to the innermost `if`, unless something speaks for another. */
  private closeForClause(suite: Suite, index: number): number {
    if (suite.header === index - 1) return NEVER;
    const word = this.facts[suite.header]?.word ?? '';
    if (word === 'try') return ['except', 'finally'].includes(this.facts[index]!.word) ? 0 : NEVER;
    return this.isSuite(suite) ? 0.5 : NEVER;
  }

  private closePrice(suite: Suite, index: number, forced: boolean): number {
    const word = this.facts[suite.header]?.word ?? '';
    if (suite.header === index - 1) return NEVER;
    if (word === 'try') return ['except', 'finally'].includes(this.facts[index]!.word) ? 0 : NEVER;
    if (word === 'match') return 0.5;
    if (this.isSuite(suite)) return forced ? 0 : this.prices.close(suite, index).price;
    if (DEFINITIONS.has(this.facts[index]!.word)) return 0;
    if (word === 'def') return this.facts[index - 1]?.word === 'return' ? 0.5 : 5;
    return word === 'class' && this.facts[suite.header + 1]?.word !== 'def' ? 3 : 0;
  }

  // ---- the result ----------------------------------------------------------------------------------------------------

  private result(last: Path): Nesting {
    const depths: number[] = [];
    const assumptions: SuiteAssumption[] = [];
    let index = this.facts.length - 1;
    for (let path: Path | null = last; path?.before; path = path.before, index--) {
      depths.unshift(path.depth);
      for (const { suite, isFree, reason } of path.ended) {
        if (!this.isSuite(suite)) continue;
        if (isFree) assumptions.unshift({ header: suite.header, next: index, reason });
        else if (!this.mustEnd(index) && index - suite.header > 2 && !Object.hasOwn(CLAUSES, this.facts[index]!.word)) assumptions.unshift({ header: suite.header, next: index, reason: '' });
      }
    }
    for (let suite: Suite | null = last.suite; suite && suite.header >= 0; suite = suite.parent) {
      if (this.isSuite(suite) && this.facts.length - suite.header > 2) assumptions.push({ header: suite.header, next: null, reason: '' });
    }
    return { depths, assumptions };
  }
}

function isMethod(facts: Facts): boolean {
  return facts.word === 'def' && (facts.parameters[0] === 'self' || facts.parameters[0] === 'cls');
}

/** How much two conditions are about different names, of 1: `elif isinstance(m, B)` goes on from `if isinstance(m, A)`. */
function apart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]);
  return all.size === 0 ? 0 : [...all].filter((name) => !a.has(name) || !b.has(name)).length / all.size;
}
