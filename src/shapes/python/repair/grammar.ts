/**
 * Python's grammar as steps from token to token, loose where no line break depends on it: operands and operators alternate,
 * brackets close, a header reaches to its colon. Each step has a price; a text with several readings has several paths.
 */
import type { Names } from './names';
import { breakPrice, endPrice, prices, startPrices } from './prices';
import type { Joint } from './prices';
import { mayEnd } from './states';
import type { Frame, Last, NestedKind, State, States, StatementKind, Want } from './states';
import { isWordCharacter, numberEnds, operatorAt, stringEnd, wordEnd } from './tokens';
import { aloneWords, infixWords, keywords, startsStatement } from './words';

/** What a step does besides reading: where a line ends, a comment begins or ends, a header ends. */
export type Mark = 'break' | 'comment' | 'code' | 'header' | 'wrap';
export type Emit = (at: number, state: State, price: number, mark?: Mark) => void;

const binary: ReadonlySet<string> = new Set(['+', '-', '*', '/', '//', '%', '**', '@', '<<', '>>', '|', '&', '^', '<', '>', '<=', '>=', '==', '!=']);
const augmented: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '**=', '@=', '<<=', '>>=', '|=', '&=', '^=']);
/** What brackets are where an operand begins. */
const openers: Readonly<Record<string, NestedKind>> = { '(': '(g', '[': '[', '{': '{' };
const closes: Readonly<Record<string, string>> = { '(': ')', '(p': ')', '(*': ')', '(g': ')', '(g*': ')', '[': ']', '[]': ']', '[*': ']', '[]*': ']', '{': '}', '{*': '}' };
/** Statements that hold expressions, with `,` between or not. */
const withComma: ReadonlySet<string> = new Set(['expr', 'expr!', 'value', 'value!', 'aug', 'note', 'return', 'assert', 'del', 'names', 'import', 'fromimport', 'with', 'for', 'forin', 'case', 'match']);
const endedByColon: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'while', 'with', 'forin', 'try', 'except', 'finally', 'class', 'params', 'def->', 'match', 'case']);
const withoutOperators: ReadonlySet<string> = new Set(['else', 'try', 'finally', 'class', 'def', 'params', 'import', 'fromimport', 'from', 'names', 'alone']);
const targets: ReadonlySet<Last> = new Set<Last>(['name', 'attribute', 'subscript', 'group']);
type Beginning = readonly [StatementKind, Want];
const headers: ReadonlyMap<string, Beginning> = new Map(Object.entries<Beginning>({
  if: ['if', 'operand'], elif: ['elif', 'operand'], while: ['while', 'operand'], with: ['with', 'operand'], for: ['for', 'operand'], match: ['match', 'operand'], case: ['case', 'operand'],
  except: ['except', 'operand?'], else: ['else', 'operator'], try: ['try', 'operator'], finally: ['finally', 'operator'], def: ['def', 'name'], class: ['class', 'name'],
}));
const simple: ReadonlyMap<string, Beginning> = new Map(Object.entries<Beginning>({
  return: ['return', 'operand?'], raise: ['raise', 'operand?'], assert: ['assert', 'operand'], del: ['del', 'operand'], global: ['names', 'name'], nonlocal: ['names', 'name'],
  import: ['import', 'name'], from: ['from', 'name'],
}));

/** Two names glued together are shorter. */
const LONGEST_WORD = 100;

export class Grammar {
  constructor(private readonly text: string, private readonly names: Names, private readonly joint: Joint, private readonly states: States) {}

  /** All steps from a state; white space was skipped. */
  step(state: State, at: number, emit: Emit): void {
    if (state.want === 'start' || state.want === 'decorated') return this.start(state, at, emit);
    this.endStatement(state, at, emit);
    if (state.cut) return this.infix(state, at, emit, true);
    if (this.text[at] === '\\') return emit(at + 1, state, 0, 'wrap');
    switch (state.want) {
      case 'name': return this.nameOnly(state, at, emit);
      case 'operand': case 'operand?': return this.operand(state, at, emit);
      case 'operator': return this.operator(state, at, emit);
    }
  }

  // ---- statements ----------------------------------------------------------------------------------------------------

  private endStatement(state: State, at: number, emit: Emit): void {
    if (!mayEnd(state)) return;
    const frame = state.frame!;
    const price = endPrice(frame, state.last);
    const next = frame.kind === 'decorator' ? this.states.state(null, 'decorated') : this.states.state(null, 'start');
    const character = this.text[at]!;
    if (character === ';') emit(at + 1, next, price);
    else if (/[A-Za-z_@("'[*~.{\d-]/.test(character) && !(character === '.' && !this.text.startsWith('...', at))) {
      emit(at, next, price + breakPrice(this.joint, /\s/.test(this.text[at - 1] ?? '')), 'break');
    }
  }

  private start(state: State, at: number, emit: Emit): void {
    const { text, states } = this;
    const expression = states.frame('expr');
    const operator = operatorAt(text, at);
    if (operator === '@') return emit(at + 1, states.state(states.frame('decorator'), 'operand'), prices.keyword);
    const end = wordEnd(text, at);
    const word = text.slice(at, end);
    const header = headers.get(word);
    if (word === 'async') emit(end, state, prices.keyword);
    if (header && (state.want === 'start' || word === 'def' || word === 'class')) emit(end, states.state(states.frame(header[0]), header[1]), prices.keyword);
    if (state.want === 'decorated') return;
    const statement = simple.get(word);
    if (statement) emit(end, states.state(states.frame(statement[0]), statement[1]), prices.keyword);
    for (const alone of aloneWords) {
      if (word.startsWith(alone)) emit(at + alone.length, states.state(states.frame('alone'), 'operator', 'literal', word !== alone), prices.keyword);
    }
    // A bare `return` to which the next statement is glued.
    if (word.startsWith('return') && word.length > 6) emit(at + 6, states.state(states.frame('return'), 'operand?', '', true), prices.keyword + 3);
    if (stringEnd(text, at) !== null) return this.operandToken(expression, at, emit, this.isBehindHeader(at) ? prices.docstring : prices.string);
    if (/\d/.test(text[at]!)) return this.operandToken(expression, at, emit, prices.number);
    // `* x` goes on with what stands before it.
    if (/^[-+*~]/.test(operator) && /\s/.test(text[at + operator.length] ?? ' ')) return;
    this.operandToken(expression, at, emit, word === '' ? startPrices[operator] ?? 9 : 0);
  }

  private isBehindHeader(at: number): boolean {
    return /:\s*$/.test(this.text.slice(Math.max(0, at - 4), at)) || this.text.slice(0, at).trim() === '';
  }

  // ---- operands ------------------------------------------------------------------------------------------------------

  private operand(state: State, at: number, emit: Emit): void {
    const frame = state.frame!;
    const { text, states } = this;
    const character = text[at]!;
    if (state.want === 'operand?') {
      if (closes[frame.kind] === character) return this.close(frame, at, emit);
      // `x[:, 0]`, `lambda: 0`, `except:`, and the bare `*` and `/` among parameters
      if (character === ':' && (frame.kind === '[]' || frame.kind === 'lambda' || frame.kind === 'except')) return this.colon(state, at, emit);
      if (character === ',' && (frame.kind === '[]' || frame.kind === '(p' || frame.kind === 'lambda') && state.last === 'literal') return emit(at + 1, states.state(frame, 'operand?'), prices.token);
      if (character === '=' && frame.kind === 'expr' && state.last !== '') return emit(at + 1, states.state(states.frame('value'), 'operand'), prices.token);
      if (character === ':' && endedByColon.has(frame.kind)) return this.colon(state, at, emit);
    }
    if (frame.kind === '(p' && (character === '/' || (character === '*' && text[at + 1] !== '*'))) emit(at + 1, states.state(frame, 'operand?', 'literal'), prices.token);
    if (frame.kind === 'fromimport' && character === '*') return emit(at + 1, states.state(frame, 'operator', 'literal'), prices.token);
    this.operandToken(frame, at, emit, 0);
  }

  /** Reads what an operand begins with: a word, a number, a string, a bracket, a sign. */
  private operandToken(frame: Frame, at: number, emit: Emit, price: number): void {
    const { text, states } = this;
    const string = stringEnd(text, at);
    if (string !== null) emit(string, states.state(frame, 'operator', 'string'), price + prices.token + 1);
    if (isWordCharacter(text.charCodeAt(at))) return /\d/.test(text[at]!) ? this.number(frame, at, emit, price) : this.word(frame, at, emit, price);
    if (string !== null) return;
    const operator = operatorAt(text, at);
    const opened = openers[operator];
    if (opened) return emit(at + 1, states.state(states.frame(opened, frame), 'operand?'), price + prices.token);
    if (operator === '...') return emit(at + 3, states.state(frame, 'operator', 'literal'), price + prices.token);
    if (operator === '.') return this.number(frame, at, emit, price);
    if (operator === '-' || operator === '+' || operator === '~') return emit(at + 1, states.state(this.withOperator(frame), 'operand'), price + prices.token);
    if (operator === '*' || operator === '**') emit(at + operator.length, states.state(frame, 'operand'), price + prices.token);
  }

  private number(frame: Frame, at: number, emit: Emit, price: number): void {
    for (const end of numberEnds(this.text, at)) {
      const glued = isWordCharacter(this.text.charCodeAt(end));
      emit(end, this.states.state(frame, 'operator', 'literal', glued), price + prices.token + 1);
    }
  }

  private word(frame: Frame, at: number, emit: Emit, price: number): void {
    const { text, states } = this;
    const end = wordEnd(text, at);
    const word = text.slice(at, end);
    switch (word) {
      case 'not': case 'await': return emit(end, states.state(word === 'not' ? this.withOperator(frame) : frame, 'operand'), price + prices.keyword);
      case 'lambda': return emit(end, states.state(states.frame('lambda', frame), 'operand?'), price + prices.keyword);
      case 'yield': return emit(end, states.state(frame.parent ? frame : states.frame('aug'), 'operand?', 'literal'), price + prices.keyword);
      case 'from': if (frame.kind === 'aug') emit(end, states.state(frame, 'operand'), price + prices.keyword); return;
      default:
    }
    if (!keywords.has(word)) emit(end, states.state(frame, 'operator', 'name'), price + this.names.cost(word));
    this.cutWords(frame, at, end, 'name', emit, price);
  }

  /** The same run of letters read as the end of one statement and the beginning of the next. */
  private cutWords(frame: Frame, at: number, end: number, last: Last, emit: Emit, price: number): void {
    const { text, names, states } = this;
    if (end - at > LONGEST_WORD) return;
    for (let cut = at + 1; cut < end; cut++) {
      if (/\d/.test(text[cut]!)) continue;
      const rest = text.slice(cut, end);
      const isInfix = frame.parent !== null && infixWords.has(rest);
      if (frame.parent !== null && !isInfix) continue;
      const word = text.slice(at, cut);
      if (keywords.has(word)) continue;
      // `use_` and `fused`: names rarely end or begin with an underscore.
      const torn = (word.endsWith('_') && !names.has(word)) || (rest.startsWith('_') && !names.has(rest)) ? prices.tornName : 0;
      const blind = isInfix || names.has(word) || names.has(rest) || startsStatement(rest) ? 0 : prices.blindCut;
      emit(cut, states.state(frame, 'operator', last, true), price + names.cost(word) + torn + blind);
    }
  }

  /** A name and nothing else: of an attribute, a function, a module. */
  private nameOnly(state: State, at: number, emit: Emit): void {
    const frame = state.frame!;
    const { text, states } = this;
    const operator = operatorAt(text, at);
    if (frame.kind === 'from' && /^\.+$/.test(operator)) return emit(at + operator.length, state, 0);
    const end = wordEnd(text, at);
    if (end === at || /\d/.test(text[at]!)) return;
    const word = text.slice(at, end);
    if (frame.kind === 'from' && word === 'import') return emit(end, states.state(states.frame('fromimport'), 'operand'), prices.keyword);
    if (keywords.has(word)) return;
    const last: Last = state.last === 'attribute' ? 'attribute' : 'name';
    emit(end, states.state(frame, 'operator', last), this.names.cost(word));
    if (frame.kind !== 'def' && frame.kind !== 'class') this.cutWords(frame, at, end, last, emit, 0);
  }

  // ---- between operands ----------------------------------------------------------------------------------------------

  private operator(state: State, at: number, emit: Emit): void {
    const frame = state.frame!;
    const { text, states } = this;
    if (isWordCharacter(text.charCodeAt(at))) return this.infix(state, at, emit, false);
    // Strings side by side are one.
    const string = state.last === 'string' ? stringEnd(text, at) : null;
    if (string !== null) return emit(string, state, frame.parent ? 0 : frame.kind === 'expr' ? prices.string + 3 : prices.brokenBracket);
    const operator = operatorAt(text, at);
    const next = at + operator.length;
    if (operator === ':') return this.colon(state, at, emit);
    if (closes[frame.kind] === operator) return this.close(frame, at, emit);
    if (operator === '(' && frame.kind === 'def') return emit(next, states.state(states.frame('(p', states.frame('params')), 'operand?'), prices.token);
    if (operator === '->' && frame.kind === 'params') return emit(next, states.state(states.frame('def->'), 'operand'), prices.token);
    if (operator === '.' && !['def', 'class', 'params', 'else', 'try', 'finally', 'names', 'alone'].includes(frame.kind)) return emit(next, states.state(frame, 'name', 'attribute'), prices.token);
    if (operator === ',') return this.comma(state, next, emit);
    if (operator === '=') return this.assign(state, next, emit);
    if (operator === '(' && frame.kind === 'class') return emit(next, states.state(states.frame('(', frame), 'operand?'), prices.token);
    if (withoutOperators.has(frame.kind)) return;
    if (operator === '(') return emit(next, states.state(states.frame('(', frame), 'operand?', 'call'), prices.token);
    if (operator === '[') return emit(next, states.state(states.frame('[]', frame), 'operand?'), prices.token);
    if (operator === ':=' && state.last === 'name') return emit(next, states.state(frame, 'operand'), prices.token);
    if (augmented.has(operator) && frame.kind === 'expr' && targets.has(state.last)) return emit(next, states.state(states.frame('aug'), 'operand'), prices.token);
    if (!binary.has(operator)) return;
    const tight = operator === '@' && !/\s/.test(text[next] ?? '') ? prices.tightMatmul : 0;
    emit(next, states.state(this.withOperator(frame), 'operand'), prices.token + tight);
  }

  private comma({ frame, last }: State, next: number, emit: Emit): void {
    if (frame!.parent === null && !withComma.has(frame!.kind)) return;
    if (frame!.kind === 'ifexp') return;
    const kind = frame!.kind === 'expr' && !targets.has(last) ? 'expr!' : frame!.kind;
    const named = kind === 'import' || kind === 'names';
    emit(next, this.states.state(this.states.frame(kind, frame!.parent), named ? 'name' : 'operand?', named ? '' : 'literal'), prices.token);
  }

  private assign({ frame, last }: State, next: number, emit: Emit): void {
    const { states } = this;
    const value = states.state(states.frame('value'), 'operand');
    if (frame!.kind === 'expr' && targets.has(last)) emit(next, value, prices.token);
    else if (frame!.kind === 'value' && targets.has(last)) emit(next, value, prices.token + prices.chain);
    else if (frame!.kind === 'note') emit(next, states.state(states.frame('value!'), 'operand'), prices.token);
    else if (frame!.kind === '(p' || frame!.kind === 'lambda' || ((frame!.kind === '(' || frame!.kind === '(*') && last === 'name')) emit(next, states.state(frame, 'operand'), prices.token);
  }

  private colon({ frame, last, want }: State, at: number, emit: Emit): void {
    const { states } = this;
    const { kind, parent } = frame!;
    if (kind === 'lambda') emit(at + 1, states.state(parent, 'operand'), prices.token);
    else if (kind === '[]') emit(at + 1, states.state(frame, 'operand?', 'literal'), prices.token);
    else if (kind === '{' || kind === '(p') emit(at + 1, states.state(frame, 'operand'), prices.token);
    else if (kind === 'expr' && targets.has(last) && want === 'operator') emit(at + 1, states.state(states.frame('note'), 'operand'), prices.token + 2);
    else if (parent === null && endedByColon.has(kind)) emit(at + 1, states.state(null, 'start'), prices.token, 'header');
  }

  private close(frame: Frame, at: number, emit: Emit): void {
    const last: Last = frame.kind.startsWith('[]') ? 'subscript' : frame.kind.startsWith('(g') || frame.kind.startsWith('[') ? 'group' : 'call';
    emit(at + 1, this.states.state(frame.parent, 'operator', last), prices.token);
  }

  /** A word between two operands: `and`, `in`, `if` … @param glued it is the second half of a run of letters */
  private infix(state: State, at: number, emit: Emit, glued: boolean): void {
    const frame = state.frame!;
    const { text, states } = this;
    if (withoutOperators.has(frame.kind) && !['import', 'fromimport', 'from'].includes(frame.kind)) return;
    const end = wordEnd(text, at);
    const word = text.slice(at, end);
    const inBracket = frame.parent !== null;
    if (glued && !inBracket) return;
    const price = prices.keyword + (glued ? prices.brokenBracket : 0);
    const mark: Mark | undefined = glued ? 'wrap' : undefined;
    const next = (to: Frame, want: Want = 'operand'): void => emit(end, states.state(to, want), price, mark);
    if (word === 'as' && ['import', 'fromimport', 'except', 'with', '(g'].includes(frame.kind)) return next(frame, frame.kind === 'with' || frame.kind === '(g' ? 'operand' : 'name');
    if (word === 'import' && frame.kind === 'from') return next(states.frame('fromimport'));
    if (word === 'from' && (frame.kind === 'raise' || frame.kind === 'aug')) return next(frame);
    if (['import', 'fromimport', 'from'].includes(frame.kind)) return;
    switch (word) {
      case 'and': case 'or': case 'is': return next(this.withOperator(frame));
      case 'not': {
        const length = /^not\s+in\b/.exec(text.slice(at, at + 40))?.[0].length;
        if (length !== undefined) emit(at + length, states.state(this.withOperator(frame), 'operand'), price, mark);
        return;
      }
      case 'in':
        if (frame.kind === 'for') return next(states.frame('forin'));
        if (frame.kind === 'compfor') return next(this.comprehension(frame.parent!));
        return next(this.withOperator(frame));
      case 'async': case 'for':
        if (word === 'for' && /^[([{]/.test(frame.kind)) next(states.frame('compfor', frame));
        return;
      case 'if': {
        if (frame.kind.endsWith('*')) next(frame);
        const tight = !inBracket && !/\s/.test(text[at - 1] ?? '') ? prices.tightTernary : 0;
        emit(end, states.state(states.frame('ifexp', frame), 'operand'), price + tight, mark);
        return;
      }
      case 'else':
        if (frame.kind === 'ifexp') next(frame.parent!);
        return;
      default: if (inBracket && !glued) this.gluedInfix(frame, word, at, emit);
    }
  }

  /** `or` at the end of a line, to which the first word of the next is glued. */
  private gluedInfix(frame: Frame, word: string, at: number, emit: Emit): void {
    const infix = /^(?:and|or|in|is|not)/.exec(word)?.[0];
    if (infix && this.names.has(word.slice(infix.length))) emit(at + infix.length, this.states.state(frame, 'operand'), prices.keyword + prices.brokenBracket, 'wrap');
  }

  private comprehension(bracket: Frame): Frame {
    return bracket.kind.endsWith('*') ? bracket : this.states.frame(`${bracket.kind}*` as NestedKind, bracket.parent);
  }

  private withOperator(frame: Frame): Frame {
    return frame.kind === 'expr' || frame.kind === 'value' ? this.states.frame(`${frame.kind}!`) : frame;
  }
}
