/**
 * Tokens of a size phrase. What people leave out or write otherwise is made explicit here: `2N` is `2 * N`, `7x7`, `7×7`
 * and `HxW` are products, `^` is a power.
 */
import type { SymInt } from './symint';

export interface Token {
  readonly kind: 'number' | 'name' | 'operator';
  readonly text: string;
  /** An operator with white space on both sides. */
  readonly spaced: boolean;
}

/** Longer texts are prose. */
const MAX_LENGTH = 200;
const PATTERN = /\s*(?:(\d+)(?![.\d])|([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*(?:['′]{1,2}(?![\p{L}\p{N}'′]))?)|(\*\*|\/\/|[-+*\/%^()×·−,]))/uy;
const SPELLINGS: Readonly<Record<string, string>> = { '^': '**', '×': '*', '·': '*', '−': '-' };
/** `T'` is another size than `T`: as Python can write it. */
const PRIME = /['′]/gu;
/** A size divided into cells by the letter: `x224x224` after a number, `HxW`. */
const CROSS = /[xX]/u;

/** The tokens, or null where the text has something that no size has. */
export function scan(text: string, resolve: (name: string) => SymInt | null): Token[] | null {
  const end = text.trimEnd().length;
  if (end > MAX_LENGTH) return null;
  const tokens: Token[] = [];
  let at = 0;
  while (at < end) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(text);
    if (match === null) return null;
    const [whole, digits, name, operator] = match;
    const spaceBefore = /^\s/u.test(whole);
    at = PATTERN.lastIndex;
    const afterOperand = endsOperand(tokens[tokens.length - 1]);
    if (digits !== undefined) {
      if (afterOperand) return null;
      tokens.push({ kind: 'number', text: digits, spaced: false });
    } else if (name !== undefined) {
      const spaced = spaceBefore && /^\s/u.test(text.slice(at));
      const parts = nameTokens(name.replace(PRIME, '_prime'), afterOperand, spaceBefore, spaced, resolve);
      if (parts === null) return null;
      tokens.push(...parts);
    } else {
      const spelled = SPELLINGS[operator!] ?? operator!;
      if (spelled === '(' && afterOperand && tokens[tokens.length - 1]!.kind !== 'name') return null;
      tokens.push({ kind: 'operator', text: spelled, spaced: spaceBefore && /^\s/u.test(text.slice(at)) });
    }
  }
  return tokens;
}

function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'operator' || token.text === ')');
}

const TIMES: Token = { kind: 'operator', text: '*', spaced: false };

function nameTokens(
  name: string, afterOperand: boolean, spaceBefore: boolean, spaced: boolean, resolve: (name: string) => SymInt | null,
): Token[] | null {
  if (afterOperand) {
    if (name === 'x' || name === 'X') return [{ ...TIMES, spaced }];
    // `7x7`: the letter starts the name that follows the number.
    if (!spaceBefore && CROSS.test(name[0]!)) {
      const parts = crossed(name.slice(1), resolve);
      if (parts !== null) return [TIMES, ...parts];
    }
    return spaceBefore ? null : [TIMES, { kind: 'name', text: name, spaced: false }];
  }
  if (resolve(name) !== null || !CROSS.test(name)) return [{ kind: 'name', text: name, spaced: false }];
  return crossed(name, resolve) ?? [{ kind: 'name', text: name, spaced: false }];
}

/** `HxW` as H * W where each part is a number or a name that is known; else null. */
function crossed(text: string, resolve: (name: string) => SymInt | null): Token[] | null {
  const out: Token[] = [];
  for (const part of text.split(CROSS)) {
    const isNumber = /^\d+$/u.test(part);
    if (!isNumber && (part === '' || resolve(part) === null)) return null;
    if (out.length > 0) out.push(TIMES);
    out.push({ kind: isNumber ? 'number' : 'name', text: part, spaced: false });
  }
  return out;
}
