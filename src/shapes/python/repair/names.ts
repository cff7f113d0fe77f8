/**
 * What is known about the names of a text, as the price of reading one: the negative logarithm of how likely it is. A name that
 * the text has elsewhere, where nothing can be glued to it, is cheap; one that nobody has seen costs by its length.
 */
import { commonNames, keywords } from './words';

export interface Names {
  has(name: string): boolean;
  /** @returns in nats */
  cost(name: string): number;
}

const WORD = /[A-Za-z_]\w*/g;
/** What may follow a name that is the last of its statement is what a statement begins with; the rest cannot be glued. */
const FOLLOWS_LAST = /^\s*(?:=(?!=)|[-+*/%@|&]=|\/\/=|\*\*=|\.(?!\d)|\(|\[|,|:|$)/;
const LEAST = 1;
const MOST = 6;
const UNKNOWN = 4;
const UNKNOWN_LETTER = 1.1;
/** `drop` in a `drop_rate` that nobody has seen. */
const KNOWN_PART = 2;

/**
 * @param glued lines whose statements run into each other
 * @param others text around them: its identifiers are names, its words are hardly
 */
export function gatherNames(glued: readonly string[], others: string): Names {
  const counts = new Map<string, number>();
  const add = (name: string, count: number): void => void counts.set(name, (counts.get(name) ?? 0) + count);
  for (const name of commonNames) add(name, 1);
  const doubtful = new Map<string, number>();
  for (const line of glued) addUnglued(line, add, (name) => void doubtful.set(name, (doubtful.get(name) ?? 0) + 1));
  // It may be two names each time; several times the same is rather one, unless both of the two are known.
  const certain = new Set(counts.keys());
  for (const [name, count] of doubtful) if (count > 1 && !isTwo(name, certain)) add(name, count / 2);
  for (const [name] of others.matchAll(WORD)) if (/[_\d]|[a-z][A-Z]/.test(name)) add(name, 1);
  for (const name of keywords) counts.delete(name);
  return withCounts(counts);
}

function isTwo(name: string, known: ReadonlySet<string>): boolean {
  for (let cut = 1; cut < name.length; cut++) {
    const rest = name.slice(cut);
    if (known.has(name.slice(0, cut)) && (known.has(rest) || keywords.has(rest))) return true;
  }
  return false;
}

function withCounts(counts: ReadonlyMap<string, number>): Names {
  let total = 0;
  for (const count of counts.values()) total += count;
  const parts = new Set([...counts.keys()].flatMap(partsOf));
  const unknown = (name: string): number => partsOf(name).reduce((sum, part) => sum + (part === '' ? 0.5 : part.length > 1 && parts.has(part) ? KNOWN_PART : UNKNOWN_LETTER * part.length), UNKNOWN);
  return {
    has: (name) => counts.has(name),
    cost: (name) => {
      const count = counts.get(name);
      if (count === undefined) return unknown(name);
      return Math.min(MOST, Math.max(LEAST, Math.log(total / count)));
    },
  };
}

/** `relative_bias` and `RelativeBias` are made of the same parts. */
function partsOf(name: string): string[] {
  return name.replace(/([a-z\d])(?=[A-Z])/g, '$1_').toLowerCase().split('_');
}

/** Names of a line that cannot be two: within brackets, before an operator, where a statement certainly begins. */
function addUnglued(line: string, add: (name: string, count: number) => void, doubt: (name: string) => void): void {
  let depth = 0;
  let at = 0;
  for (const match of line.matchAll(/(["'])(?:\\.|(?!\1).)*\1|[()[\]{}]|[A-Za-z_]\w*/g)) {
    const text = match[0];
    at = match.index;
    if (/^["']/.test(text)) continue;
    if (/^[([{]/.test(text)) depth++;
    else if (/^[)\]}]/.test(text)) depth = Math.max(0, depth - 1);
    else if (!keywords.has(text)) {
      const before = line.slice(Math.max(0, at - 8), at);
      const startsHere = /[)\]"':]$/.test(before) || /\b(?:def|class|for|import|as)\s+$/.test(before) || at === 0;
      if (startsHere && /^(?:return|pass|break|continue)/.test(text)) continue;
      if (depth > 0 || startsHere || !FOLLOWS_LAST.test(line.slice(at + text.length, at + text.length + 8))) add(text, 1);
      else doubt(text);
    }
  }
  // What a statement assigns to or calls, where it begins right behind the one before.
  for (const { 1: path } of line.matchAll(/(?<=\S)self((?:\.\w+)+)(?=\s*=|\()/g)) for (const name of path!.slice(1).split('.')) add(name, 1);
}
