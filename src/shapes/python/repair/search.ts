/**
 * The cheapest reading of a line whose statements run into each other: a search through the text from left to right that
 * keeps, for each offset, the best path to each state (Viterbi's algorithm), so its time grows with the length only.
 */
import { Grammar } from './grammar';
import type { Mark } from './grammar';
import type { Names } from './names';
import { breakPrice, endPrice, prices } from './prices';
import type { Joint } from './prices';
import { mayEnd, States } from './states';
import type { State } from './states';
import { isWordCharacter } from './tokens';
import { keywords, startsStatement } from './words';

/** A place where the reading ends a line, or begins or ends a comment. */
export interface Event { readonly at: number; readonly mark: Mark }

export interface Reading {
  readonly events: readonly Event[];
  readonly price: number;
  /** The text ends in the middle of a statement. */
  readonly isCutOff: boolean;
}

interface Node {
  readonly state: State;
  readonly at: number;
  readonly price: number;
  readonly before: Node | null;
  readonly mark: Mark | undefined;
}

/** What a comment repeats of an output, on one line or several: `tensor([[1, 2], # [3, 4]])`, `torch.Size([2])`. */
const PRINTED = /(?:\btensor\([[\d]|\btorch\.Size\(\[|\barray\(\[|\[+-?[\d.])[-\d.,e+\s[\]#]{0,2000}(?:(?:, |\s)(?:dtype=(?:torch\.)?\w+|grad_fn=<\w+>|requires_grad=True|device='[\w:]+'))*[\])]/y;

/** A shape in a comment: `(batch_size, heads, N, C // heads)`. Behind a name it may be a call. */
const SHAPE = /(?<!\w)(?:\((?:\s*[\w*+/. -]{1,40},){1,8}[\w*+/. -]{0,40}\)|\[(?:\s*[\w*+/. -]{1,40},){1,8}[\w*+/. -]{0,40}\])/y;

/** States kept for an offset. A dozen are alive in code; the rest are readings of comments. */
const BEAM = 48;

export function readStatements(text: string, names: Names, joint: Joint): Reading | null {
  return new Search(text, names, joint).run();
}

class Search {
  private readonly states = new States();
  private readonly grammar: Grammar;
  /** For each offset, the best node of each state. */
  private readonly nodes: (Map<number, Node> | undefined)[];
  private node: Node | null = null;

  constructor(private readonly text: string, private readonly names: Names, private readonly joint: Joint) {
    this.grammar = new Grammar(text, names, joint, this.states);
    this.nodes = new Array<Map<number, Node> | undefined>(text.length + 1);
  }

  run(): Reading | null {
    this.node = null;
    this.add(0, this.states.state(null, 'start'), 0);
    for (let at = 0; at < this.text.length; at++) {
      if (!this.nodes[at]) continue;
      // A step without width leads from a comment to code, and from code to the start of a statement.
      for (const phase of [0, 1, 2]) for (const node of this.best(at, phase)) this.expand(node);
      this.nodes[at] = undefined;
    }
    return this.result();
  }

  private best(at: number, phase: number): Node[] {
    const found = [...this.nodes[at]!.values()].filter(({ state }) => phaseOf(state) === phase);
    return found.length > BEAM ? found.sort((a, b) => a.price - b.price).slice(0, BEAM) : found;
  }

  private add(at: number, state: State, price: number, mark?: Mark): void {
    const before = this.node;
    const total = (before?.price ?? 0) + price;
    const here = (this.nodes[at] ??= new Map());
    const known = here.get(state.id);
    if (!known || total < known.price) here.set(state.id, { state, at, price: total, before, mark });
  }

  private readonly emit = (at: number, state: State, price: number, mark?: Mark): void => this.add(at, state, price, mark);

  private expand(node: Node): void {
    this.node = node;
    const { state, at } = node;
    if (state.comment) return this.comment(state, at);
    const character = this.text[at]!;
    if (/\s/.test(character)) {
      if (!state.cut) this.add(at + /^\s+/.exec(this.text.slice(at, at + 200))![0].length, state, 0);
      return;
    }
    if (character === '#') return this.openComment(state, at);
    this.grammar.step(state, at, this.emit);
  }

  // ---- comments ------------------------------------------------------------------------------------------------------

  private openComment(state: State, at: number): void {
    const ended = mayEnd(state);
    if (state.frame !== null && state.frame.parent === null && !ended) return;
    const inner = ended ? this.states.state(null, state.frame!.kind === 'decorator' ? 'decorated' : 'start') : state;
    this.add(at + 1, this.states.state(inner.frame, inner.want, inner.last, false, true), prices.commentStart + (ended ? endPrice(state.frame!, state.last) : 0), inner.frame ? undefined : 'comment');
  }

  /** A comment goes on, or the code that it swallowed begins. */
  private comment(state: State, at: number): void {
    const character = this.text[at]!;
    this.add(at + 1, state, commentPrice(character));
    for (const told of [PRINTED, SHAPE]) {
      told.lastIndex = at;
      const length = told.exec(this.text)?.[0].length;
      if (length) this.add(at + length, state, prices.commentTold);
    }
    const price = this.codePrice(state, at);
    if (price !== null) this.add(at, this.states.state(state.frame, state.want, state.last), price, state.frame ? 'wrap' : 'code');
  }

  private codePrice({ want }: State, at: number): number | null {
    const { text } = this;
    const starts = want === 'start' || want === 'decorated';
    const character = text[at]!;
    const before = text[at - 1]!;
    if (starts ? !/[A-Za-z_@("'[*#]/.test(character) : /\s/.test(character)) return null;
    // Comments on lines of their own.
    if (character === '#') return before === '#' ? null : breakPrice(this.joint, /\s/.test(before));
    let price = breakPrice(this.joint, /\s/.test(before));
    if (/#\s*$/.test(text.slice(Math.max(0, at - 4), at))) price += prices.commentEmpty;
    if (this.dangles(at)) price += prices.commentDangles;
    if (isWordCharacter(text.charCodeAt(at - 1)) && isWordCharacter(text.charCodeAt(at))) {
      const rest = /^\w{1,100}/.exec(text.slice(at, at + 101))![0];
      const first = at - /\w{0,100}$/.exec(text.slice(Math.max(0, at - 100), at))![0].length;
      const isKnown = (this.names.has(text.slice(first, at)) || keywords.has(text.slice(first, at))) && (at > first + 1 || /[A-Z]/.test(before));
      const startsKnown = this.names.has(rest) || startsStatement(rest);
      if (!startsKnown && !isKnown) return null;
      if (isLongKeyword(rest)) price += prices.commentKeyword;
      else if (!isKnown || !startsKnown) price += prices.commentCutsWord;
      if (before === '_') price += prices.tornName;
    }
    return price;
  }

  /** Whether the comment would end in an operator, or in a name and a dot. */
  private dangles(at: number): boolean {
    const before = this.text.slice(Math.max(0, at - 40), at).trimEnd();
    const owner = /(\w+)\.$/.exec(before)?.[1];
    return owner === undefined ? /[,*+\-/=(<[{&|%@'"]$/.test(before) : this.names.has(owner);
  }

  // ---- the end -------------------------------------------------------------------------------------------------------

  private result(): Reading | null {
    let best: Node | null = null;
    let bestPrice = Infinity;
    let isCutOff = false;
    for (const node of this.nodes[this.text.length]?.values() ?? []) {
      const { state } = node;
      const ends = state.comment ? state.frame === null : (state.frame === null && node.mark !== 'break') || mayEnd(state);
      const price = node.price + (ends ? (state.frame && !state.comment ? endPrice(state.frame, state.last) : 0) : prices.cutOff);
      if (price >= bestPrice) continue;
      best = node;
      bestPrice = price;
      isCutOff = !ends;
    }
    if (!best) return null;
    const events: Event[] = [];
    for (let node: Node | null = best; node?.before; node = node.before) {
      if (node.mark) events.push({ at: node.mark === 'comment' ? node.at - 1 : node.at, mark: node.mark });
    }
    return { events: events.reverse(), price: bestPrice, isCutOff };
  }
}

/** No other word ends in `return` or `class`; many do in `for` and `if`. */
function isLongKeyword(word: string): boolean {
  return word.length >= 5 && startsStatement(word);
}

function commentPrice(character: string): number {
  if (/[^\x21-\x7F]/.test(character)) return prices.commentForeign;
  if (character === '=') return prices.commentEquals;
  return /[()[\].,_]/.test(character) ? prices.commentSign : prices.commentLetter;
}

function phaseOf(state: State): number {
  if (state.comment) return 0;
  return state.want === 'start' || state.want === 'decorated' ? 2 : 1;
}
