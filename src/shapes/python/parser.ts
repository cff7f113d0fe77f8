/** Python source in, a tree of `ast` out. Never fails: what cannot be read is left out, with a fault that says so. */
import type { Expr, FunctionDef, Module, Span, SyntaxFault } from './ast';
import { Conversion } from './convert/conversion';
import type { Deferred } from './convert/conversion';
import { statementsOf } from './convert/suites';
import { normalize } from './normalize';
import { functionBodies, withoutBodies } from './outline';
import { Fragments, isFragment } from './recovery/fragments';
import type { Fragment } from './recovery/fragments';
import { recover } from './recovery/recovery';
import type { GrammarError, ParseText } from './syntaxTree';
import { loadTreeSitter } from './treeSitter';
import { walk } from './walk';

export interface PythonParser {
  /** Never throws. Offsets are UTF-16 units of the source as it is given. */
  parse(source: string): Module;
  /** The same tree, but each function's body is read when it is first asked for; what is commented or wrong in there is not told. */
  parseLazily(source: string): Module;
  /** Statements of the top level within a longer source, whose offsets are the source's. Null if they are not of the grammar. */
  parsePart(source: string, part: Span): Module | null;
  /** Offsets are the text's. Null if it is not exactly one expression. */
  parseExpression(text: string): Expr | null;
}

/**
 * @param wasm the bytes of `web-tree-sitter.wasm` and of `tree-sitter-python.wasm`; nothing is read from a disk or a network
 */
export async function createParser(wasm: { runtime: Uint8Array; grammar: Uint8Array }): Promise<PythonParser> {
  const parseText = await loadTreeSitter(wasm);
  return {
    parse: (source) => parse(source, parseText),
    parseLazily: (source) => parseLazily(source, parseText),
    parsePart: (source, part) => parsePart(source, part, parseText),
    parseExpression: (text) => parseExpression(text, parseText),
  };
}

function parse(source: string, parseText: ParseText): Module {
  const tree = parseText(normalize(source));
  if (tree.error) return recover(source, parseText);
  const c = new Conversion(tree, source, 0);
  const body = Object.freeze(statementsOf(c, 0, true));
  return Object.freeze({ kind: 'Module', source, body, comments: Object.freeze(tree.comments), errors: Object.freeze(inOrder(c.faults)) });
}

function parseLazily(source: string, parseText: ParseText): Module {
  const text = normalize(source);
  const bodies = new Map(functionBodies(text)?.map((body) => [body.start, body]));
  const tree = bodies.size > 0 ? parseText(withoutBodies(text, [...bodies.values()])) : null;
  if (!tree || tree.error) return parse(source, parseText);
  let whole: Module | null = null;
  const deferred = (start: number, at: number): Deferred | null => {
    const body = bodies.get(at);
    if (!body) return null;
    let def: Pick<FunctionDef, 'body' | 'isGenerator'> | null = null;
    const read = (): Pick<FunctionDef, 'body' | 'isGenerator'> => (def ??= functionAt(parsePart(source, { start, end: body.end }, parseText), start) ?? functionAt((whole ??= parse(source, parseText)), start) ?? { body: [], isGenerator: false });
    return { end: body.end, body: () => read().body, isGenerator: () => /\byield\b/.test(text.slice(body.start, body.end)) && read().isGenerator };
  };
  const c = new Conversion(tree, source, 0, deferred);
  const body = Object.freeze(statementsOf(c, 0, true));
  return Object.freeze({ kind: 'Module', source, body, comments: Object.freeze(tree.comments), errors: Object.freeze(inOrder(c.faults)) });
}

function functionAt(module: Module | null, start: number): FunctionDef | null {
  let found: FunctionDef | null = null;
  for (const statement of module?.body ?? []) {
    walk(statement, (node) => {
      if (node.kind === 'FunctionDef' && node.start === start) found ??= node;
      return found === null;
    });
  }
  return found;
}

function parsePart(source: string, { start, end }: Span, parseText: ParseText): Module | null {
  const tree = parseText(normalize(source.slice(start, end)));
  if (tree.error) return null;
  const c = new Conversion(tree, source, start);
  const body = Object.freeze(statementsOf(c, 0, true));
  const comments = tree.comments.map((comment) => Object.freeze({ ...comment, start: comment.start + start, end: comment.end + start }));
  return Object.freeze({ kind: 'Module', source, body, comments: Object.freeze(comments), errors: Object.freeze(inOrder(c.faults)) });
}

function inOrder(faults: SyntaxFault[]): SyntaxFault[] {
  return faults.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Parentheses around let it go over several lines, as a selection in a longer expression does. */
function parseExpression(text: string, parseText: ParseText): Expr | null {
  const fragments = new Fragments(parseText, text, normalize(text));
  const span = { start: 0, end: text.length };
  const read = fragments.expression(span) ?? tupleOf(fragments.parse(span));
  if (!read || read.faults.length > 0) return null;
  const { value } = read;
  return value.kind === 'Starred' || value.kind === 'Yield' || value.kind === 'YieldFrom' ? null : value;
}

/** `a, b`, which parentheses would be part of. */
function tupleOf(fragment: Fragment | GrammarError): { value: Expr; faults: readonly SyntaxFault[] } | null {
  if (!isFragment(fragment) || fragment.statements.length !== 1) return null;
  const statement = fragment.statements[0]!;
  return statement.kind === 'Expr' && statement.value.kind === 'Tuple' ? { value: statement.value, faults: fragment.faults } : null;
}
