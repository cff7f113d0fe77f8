/**
 * What speaks for a statement standing in the suite before it, or behind it: prices as those of the reading. Names decide most:
 * what only the suite defines is used in it, both branches of an `if` make the same names, a function ends in its `return`.
 */
import type { Facts } from './facts';

/** A compound statement whose suite is open. */
export interface Suite {
  /** The index of its header among the statements; -1 for the text itself. */
  readonly header: number;
  readonly parent: Suite | null;
  /** The header of the `if` that this `else` belongs to, of the `try` of this `except`; else its own. */
  readonly first: number;
  readonly depth: number;
}

export interface Opinion { readonly price: number; /** The strongest reason, in words; '' for none. */ readonly reason: string }

type Grounds = readonly [price: number, reason: string];

const LEAPS: ReadonlySet<string> = new Set(['break', 'continue', 'pass', 'raise']);
const LOOPS: ReadonlySet<string> = new Set(['for', 'while']);
const MOST_USES = 4;
/** Statements that are looked at for later uses of a name. */
const AHEAD = 80;
/** Statements before one that may have made its names. */
const BEHIND = 300;
const ENDS: ReadonlySet<string> = new Set(['def', 'class', '@']);

export class SuitePrices {
  private readonly known = new Map<string, ReadonlySet<string>>();
  private readonly opinions = new Map<string, Opinion>();

  constructor(readonly facts: readonly Facts[]) {}

  /** The function that a suite is in, itself counted; null outside. */
  functionOf(suite: Suite): Suite | null {
    for (let each: Suite | null = suite; each; each = each.parent) if (this.facts[each.header]?.word === 'def') return each;
    return null;
  }

  endsFunction(index: number): boolean {
    const next = this.facts[index + 1];
    return next === undefined || ENDS.has(next.word);
  }

  /** What the statement costs as one more of the suite. */
  stay(suite: Suite, index: number): Opinion {
    return this.remembered('stay', suite, index, () => this.stayPrice(suite, index));
  }

  /** What it costs to end the suite before the statement. */
  close(suite: Suite, index: number): Opinion {
    return this.remembered('close', suite, index, () => this.closePrice(suite, index));
  }

  /** Many nestings ask the same. */
  private remembered(what: string, suite: Suite, index: number, find: () => Opinion): Opinion {
    const key = `${what} ${suite.header} ${suite.first} ${this.functionOf(suite)?.header ?? -1} ${index}`;
    let opinion = this.opinions.get(key);
    if (!opinion) this.opinions.set(key, (opinion = find()));
    return opinion;
  }

  private stayPrice(suite: Suite, index: number): Opinion {
    const header = this.facts[suite.header]!;
    const statement = this.facts[index]!;
    const size = index - suite.header - 1;
    const grounds: Grounds[] = [[0.5, '']];
    const returns = statement.word === 'return' && this.endsFunction(index);
    switch (header.word) {
      case 'if': case 'elif': case 'except': case 'finally': case 'case':
        if (!LEAPS.has(statement.word) && !this.related(suite, index)) grounds.push([1.2 + 0.15 * size, 'it uses nothing that the suite is about']);
        if (returns) grounds.push([3, 'a function ends in its return']);
        if (statement.word === 'if') grounds.push([0.8, 'it asks for something else']);
        break;
      case 'else': grounds.push(...this.stayInElse(suite, index), [returns ? 2.5 : 0, 'a function ends in its return']); break;
      case 'for': case 'while':
        grounds[0] = [0.3, ''];
        if (!this.related(suite, index)) grounds.push([1.3, 'it uses nothing of the loop']);
        if (returns) grounds.push([3, 'a function ends in its return']);
        if (statement.word === 'for' && overlap(statement.writes, header.writes)) grounds.push([4, 'it is a loop over the same names']);
        break;
      case 'with':
        grounds[0] = [0, ''];
        if (header.writes.size > 0 && !this.related(suite, index)) grounds.push([0.8, 'it uses nothing of the suite']);
        if (returns) grounds.push([2, 'a function ends in its return']);
        break;
      case 'try': return { price: 0, reason: '' };
      default:
    }
    return opinion(grounds);
  }

  private closePrice(suite: Suite, index: number): Opinion {
    const header = this.facts[suite.header]!;
    const statement = this.facts[index]!;
    const grounds: Grounds[] = [[0.7, '']];
    const locals = [...this.firstMade(suite, index)].filter((name) => statement.reads.has(name));
    const targets = [...header.writes].filter((name) => statement.reads.has(name));
    if (index - suite.header > 1 && isAlike(statement, this.facts[index - 1]!)) grounds.push([2, 'it is like the statement before']);
    if (index - suite.header > 1 && reshapesAgain(statement, this.facts[index - 1]!)) grounds.push([2.6, 'it reshapes what the suite has reshaped']);
    if (LEAPS.has(statement.word)) grounds.push([1.5, `a '${statement.word}' ends a suite`]);
    switch (header.word) {
      case 'if': case 'elif': case 'except': case 'case': {
        const later = this.usedLater(this.firstMade(suite, index), index);
        if (locals.length > 0) grounds.push([locals.some((name) => !name.includes('.')) ? 4 : 2, `only the suite makes '${locals[0]}'`]);
        else if (later) grounds.push([1.5, `only the suite makes '${later.name}'`]);
        const tested = [...header.reads].find((name) => name !== 'self' && statement.reads.has(name));
        if (tested !== undefined && statement.word !== 'if' && /is not None|isinstance|hasattr|exists|^(?:el)?if [\w.]+:$/.test(header.text)) grounds.push([1.5, `'${tested}' is what the '${header.word}' asks for`]);
        if (targets.length > 0) grounds.push([4, `it uses '${targets[0]}'`]);
        const prepared = [...statement.writes].find((name) => this.isPrepared(name, suite.header));
        if (prepared !== undefined) grounds.push([2.5, `'${prepared}' has its other value before the '${header.word}'`]);
        break;
      }
      case 'else': grounds.push(...this.closeElse(suite, index, locals)); break;
      case 'for': case 'while':
        grounds[0] = [1, ''];
        if (targets.length > 0) grounds.push([5, `it uses '${targets[0]}' of the loop`]);
        else if (collects(statement) && overlap(statement.reads, this.writesIn(suite.header, index))) grounds.push([3, 'it collects what the loop makes']);
        else if (locals.length > 0) grounds.push([2, `only the loop makes '${locals[0]}'`]);
        else {
          const carried = this.carried(suite, index);
          if (carried !== null) grounds.push([3, `'${carried}' is what the next turn of the loop begins with`]);
          const later = this.usedLater(header.writes, index) ?? this.usedLater(this.firstMade(suite, index), index);
          if (later) grounds.push([(header.writes.has(later.name) ? 2 : 0.5) + 2 * later.uses, `what follows uses '${later.name}' of the loop`]);
        }
        if ([...header.writes].some((name) => name !== '_' && !this.readsIn(suite.header, index).has(name))) grounds.push([1.5, 'the loop has not used its variable yet']);
        break;
      case 'with':
        grounds[0] = [1.2, ''];
        if (targets.length > 0) grounds.push([5, `it uses '${targets[0]}'`]);
        break;
      case 'try': return { price: 40, reason: '' };
      default:
    }
    return opinion(grounds);
  }

  /** Which of the names later statements of the function use as they are, and how many do; a return is as often behind the suite. */
  private usedLater(names: ReadonlySet<string>, index: number): { name: string; uses: number } | null {
    const left = new Set([...names].filter((name) => !name.includes('.') && name !== '_'));
    const users: string[] = [];
    for (let each = index; each < Math.min(this.facts.length, index + AHEAD) && left.size > 0 && !ENDS.has(this.facts[each]!.word); each++) {
      const { reads, writes, word } = this.facts[each]!;
      const name = word === 'return' ? undefined : [...left].find((one) => reads.has(one));
      if (name !== undefined) users.push(name);
      for (const one of writes) left.delete(one);
    }
    return users.length === 0 ? null : { name: users[0]!, uses: Math.min(MOST_USES, users.length) };
  }

  /** A name that the loop reads, and that a later statement of the function gives a value which nothing behind it uses. */
  private carried(suite: Suite, index: number): string | null {
    const read = this.readsIn(suite.header, index);
    const stores: string[] = [];
    for (let each = index; each < Math.min(this.facts.length, index + AHEAD) && !ENDS.has(this.facts[each]!.word); each++) {
      const { reads, writes } = this.facts[each]!;
      for (const name of reads) {
        const at = stores.indexOf(name);
        if (at >= 0) stores.splice(at, 1);
      }
      for (const name of writes) if (!name.includes('.') && read.has(name)) stores.push(name);
    }
    return stores[0] ?? null;
  }

  /** Right before the header the name is given a value that waits for another: `mask = None`. */
  private isPrepared(name: string, header: number): boolean {
    return this.facts.slice(Math.max(0, header - 3), header).some((each) => each.writes.has(name) && /=\s*(?:None|True|False|\[\]|\{\}|0|1|'[^']*')$/.test(each.text));
  }

  private stayInElse(suite: Suite, index: number): Grounds[] {
    const statement = this.facts[index]!;
    const made = this.writesIn(suite.first, suite.header);
    const here = this.writesIn(suite.header, index);
    const grounds: Grounds[] = [];
    if (statement.writes.size > 0 && !overlap(statement.writes, made)) grounds.push([2, 'the other branch makes nothing like it']);
    if (made.size > 0 && [...made].every((name) => here.has(name))) grounds.push([1.5, 'both branches have made the same names']);
    if (index - suite.header > 1 && this.facts[index - 1]!.text === this.facts[suite.header - 1]!.text) grounds.push([3.5, `both branches end in '${short(this.facts[index - 1]!.text)}'`]);
    if (index - suite.header >= suite.header - suite.first) grounds.push([0.7, 'the branch would be the longer one']);
    return grounds;
  }

  private closeElse(suite: Suite, index: number, locals: readonly string[]): Grounds[] {
    const statement = this.facts[index]!;
    const made = this.writesIn(suite.first, suite.header);
    const here = this.writesIn(suite.header, index);
    const grounds: Grounds[] = [];
    const missing = [...statement.writes].find((name) => made.has(name) && !here.has(name));
    if (missing !== undefined) grounds.push([3, `the other branch makes '${missing}' too`]);
    else if (made.size > 0 && ![...made].some((name) => here.has(name)) && this.facts[index - 1]!.word !== 'assert') grounds.push([2.5, 'it has not made what the other branch makes']);
    const own = locals.find((name) => !made.has(name));
    if (own !== undefined) grounds.push([4, `only the suite makes '${own}'`]);
    if (this.facts[suite.first + index - suite.header]?.text === statement.text && index - suite.header < suite.header - suite.first) grounds.push([3, 'the other branch has the same statement']);
    return grounds;
  }

  /** Whether the statement uses what the header asks for or binds, or what only the suite makes. */
  private related(suite: Suite, index: number): boolean {
    const header = this.facts[suite.header]!;
    const { reads } = this.facts[index]!;
    for (const name of header.writes) if (reads.has(name)) return true;
    if (!LOOPS.has(header.word)) for (const name of header.reads) if (name !== 'self' && reads.has(name)) return true;
    return overlap(reads, this.firstMade(suite, index));
  }

  /** Names that the suite so far binds and that nothing before it in the function did. */
  private firstMade(suite: Suite, index: number): ReadonlySet<string> {
    return this.cached(`first ${suite.header} ${index}`, () => {
      const owner = this.functionOf(suite);
      const start = Math.max(owner?.header ?? -1, suite.header - BEHIND);
      const before = this.writesIn(start, suite.header);
      const parameters = new Set(owner ? this.facts[owner.header]!.parameters : []);
      const made = this.facts.slice(suite.header + 1, index).flatMap((each) => [...each.writes].filter((name) => !each.changes.has(name)));
      return new Set(made.filter((name) => !before.has(name) && !parameters.has(name)));
    });
  }

  /** Of the statements between two. */
  writesIn(from: number, to: number): ReadonlySet<string> {
    return this.cached(`writes ${from} ${to}`, () => new Set(this.facts.slice(from + 1, to).flatMap((each) => [...each.writes])));
  }

  private readsIn(from: number, to: number): ReadonlySet<string> {
    return this.cached(`reads ${from} ${to}`, () => new Set(this.facts.slice(from + 1, to).flatMap((each) => [...each.reads])));
  }

  private cached(key: string, make: () => ReadonlySet<string>): ReadonlySet<string> {
    let set = this.known.get(key);
    if (!set) this.known.set(key, (set = make()));
    return set;
  }
}

/** `x = x.view(…)` behind `x = x.view(…)`: there and back. */
function reshapesAgain(a: Facts, b: Facts): boolean {
  const reshapes = /\.(?:view|reshape|permute|transpose|flatten)\(|\brearrange\(/;
  const [name] = a.writes;
  return name !== undefined && a.writes.size === 1 && b.writes.has(name) && a.reads.has(name) && reshapes.test(a.text) && reshapes.test(b.text);
}

function collects({ text }: Facts): boolean {
  return /^[\w.]+\.(?:append|add|extend|update|insert)\(|^[\w.]+(?:\[[^\]]*\])?\s*\+=/.test(text);
}

/** The same but for names and numbers, as `xs = xs / w` and `ys = ys / h`; what a module is made of is always alike. */
function isAlike(a: Facts, b: Facts): boolean {
  const form = (text: string): string => text.replace(/[A-Za-z_]\w*|\d+/g, 'N');
  return a.word === b.word && (!a.text.startsWith('self.') || a.changes.size > 0) && form(a.text) === form(b.text);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const name of a) if (b.has(name)) return true;
  return false;
}

function opinion(grounds: readonly Grounds[]): Opinion {
  const strongest = grounds.slice(1).reduce<Grounds>((best, each) => (each[0] > best[0] ? each : best), [0, '']);
  return { price: grounds.reduce((sum, [price]) => sum + price, 0), reason: strongest[1] };
}

function short(text: string): string {
  return text.length > 50 ? `${text.slice(0, 49)}…` : text;
}
