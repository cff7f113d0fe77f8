/**
 * What the reader of a run of statements knows at an offset: the statement it is in, the brackets that are open, and what may
 * come next. States are interned, so that two readings that agree from here on are one.
 */

/** Statements and their parts; `!` marks one that holds an operator, so that no `=` may follow. */
export type StatementKind =
  | 'expr' | 'expr!' | 'value' | 'value!' | 'aug' | 'note' | 'return' | 'raise' | 'assert' | 'del' | 'names' | 'alone'
  | 'import' | 'from' | 'fromimport' | 'decorator'
  | 'if' | 'elif' | 'else' | 'while' | 'with' | 'for' | 'forin' | 'try' | 'except' | 'finally' | 'class' | 'def' | 'params' | 'def->' | 'match' | 'case' | 'async';

/** `(` call, `(g` group, `(p` parameters, `[` list, `[]` subscript, `{` dict or set; behind a `for`, the same with `*`. */
export type NestedKind = '(' | '(g' | '(p' | '[' | '[]' | '{' | '(*' | '(g*' | '[*' | '[]*' | '{*' | 'compfor' | 'ifexp' | 'lambda';

export interface Frame {
  readonly id: number;
  readonly kind: StatementKind | NestedKind;
  /** Null for a statement. */
  readonly parent: Frame | null;
}

/** `operand?`: an operand may follow, or the end. `decorated`: a definition must begin. */
export type Want = 'start' | 'decorated' | 'operand' | 'operand?' | 'operator' | 'name';

/** What the operand read last was. */
export type Last = '' | 'name' | 'attribute' | 'subscript' | 'call' | 'group' | 'string' | 'literal';

export interface State {
  readonly id: number;
  /** Null between statements. */
  readonly frame: Frame | null;
  readonly want: Want;
  readonly last: Last;
  /** The last word ends where the run of letters goes on: only a new statement, or a word between operands, may begin here. */
  readonly cut: boolean;
  readonly comment: boolean;
}

export class States {
  private readonly frames = new Map<string, Frame>();
  private readonly states = new Map<string, State>();

  frame(kind: Frame['kind'], parent: Frame | null = null): Frame {
    const key = `${kind} ${parent?.id ?? ''}`;
    let frame = this.frames.get(key);
    if (!frame) this.frames.set(key, (frame = { id: this.frames.size, kind, parent }));
    return frame;
  }

  state(frame: Frame | null, want: Want, last: Last = '', cut = false, comment = false): State {
    const key = `${frame?.id ?? ''} ${want} ${last} ${cut} ${comment}`;
    let state = this.states.get(key);
    if (!state) this.states.set(key, (state = { id: this.states.size, frame, want, last, cut, comment }));
    return state;
  }
}

const complete: ReadonlySet<string> = new Set(['expr', 'expr!', 'value', 'value!', 'aug', 'note', 'return', 'raise', 'assert', 'del', 'names', 'alone', 'import', 'fromimport', 'decorator']);

/** Whether the statement may end in this state. */
export function mayEnd({ frame, want, last }: State): boolean {
  if (frame === null || frame.parent !== null || !complete.has(frame.kind)) return false;
  if (want === 'operator') return true;
  return want === 'operand?' && (frame.kind === 'return' || frame.kind === 'raise' || frame.kind === 'alone' || last !== '');
}
