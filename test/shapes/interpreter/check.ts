/**
 * `check(python)`: traces a snippet as the editor does, and compares what its comments say with what was seen:
 *
 *     x = a @ b          # → (2, 3) float32
 *     n = 1 if c else 2  # → 1 or 2
 *     y = f(x)           # → unknown
 *     z = x @ x          # error matmul-size-mismatch
 *
 * A line's `→` is what its assignment stores, or what its expression statement or `return` evaluates to; distinct values
 * of several visits are parted by "then". Every error must be expected on its line. `maybe` is not known.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/shapes/analysis';
import type * as ast from '../../../src/shapes/python/ast';
import type { Analysis, AnalyzeOptions } from '../../../src/shapes/analysis';
import { seenText } from '../../../src/shapes/describe';
import { createParser } from '../../../src/shapes/python/parser';
import type { PythonParser } from '../../../src/shapes/python/parser';

const wasm = (name: string): Uint8Array => fs.readFileSync(path.join(process.cwd(), 'node_modules', name, `${name}.wasm`));
let started: Promise<PythonParser> | null = null;

export function parser(): Promise<PythonParser> {
  return (started ??= createParser({ runtime: wasm('web-tree-sitter'), grammar: wasm('tree-sitter-python') }));
}

/** The text without the indentation that its place in the test gives it. */
export function dedent(python: string): string {
  const indent = /^\n?( *)/.exec(python)![1]!;
  return python.replace(/^\n/, '').split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}

/** Names of which nothing at all is known, not even through their uses. */
const PRELUDE = 'from nowhere import maybe, unknown_items\n';

export async function trace(python: string, options: Partial<AnalyzeOptions> = {}): Promise<Analysis> {
  return analyze(PRELUDE + dedent(python), { parser: await parser(), ...options });
}

export async function check(python: string, options: Partial<AnalyzeOptions> = {}): Promise<Analysis> {
  const source = PRELUDE + dedent(python);
  const analysis = await trace(python, options);
  assert.deepEqual(analysis.tree.errors, []);
  const lineOf = (offset: number): number => source.slice(0, offset).split('\n').length - 1;
  const values = new Map<number, string>();
  forEachStatement(analysis.tree.body, (statement) => {
    const shown = shownBy(statement);
    const seen = shown && analysis.recordings.get(shown)?.seen;
    if (seen && seen.length > 0) values.set(lineOf(statement.end), seen.map((seen) => seenText(seen)).join(' then '));
  });
  const errors = new Map<number, string[]>();
  for (const { severity, span, code } of analysis.findings) {
    if (severity === 'error') errors.set(lineOf(span.start), [...errors.get(lineOf(span.start)) ?? [], code]);
  }
  const expected: string[] = [];
  const actual: string[] = [];
  source.split('\n').forEach((line, at) => {
    const [, code, mark, wanted] = /^(.*?)\s*# (→|error) (.*)$/.exec(line) ?? [];
    const found = errors.get(at)?.join(', ');
    if (mark === '→' || mark === 'error') {
      expected.push(`${code}  # ${mark} ${wanted}`);
      actual.push(`${code}  # ${found === undefined ? `→ ${values.get(at) ?? 'nothing'}` : `error ${found}`}`);
    } else if (found !== undefined) actual.push(`${line}  # error ${found}`);
  });
  assert.ok(expected.length > 0, 'no line says what it expects');
  assert.deepEqual(actual, expected);
  return analysis;
}

/** The expression whose value a statement's line shows. */
function shownBy(statement: ast.Stmt): ast.Expr | null {
  switch (statement.kind) {
    case 'Assign': return statement.targets[0]!;
    case 'AugAssign': case 'AnnAssign': return statement.target;
    case 'Expr': case 'Return': return statement.value;
    default: return null;
  }
}

function forEachStatement(body: readonly ast.Stmt[], visit: (statement: ast.Stmt) => void): void {
  for (const statement of body) {
    visit(statement);
    for (const part of Object.values(statement) as unknown[]) {
      if (!Array.isArray(part)) continue;
      for (const inner of part as unknown[]) {
        if (typeof inner !== 'object' || inner === null) continue;
        if ('body' in inner && Array.isArray(inner.body)) forEachStatement(inner.body as ast.Stmt[], visit);
      }
      if (part.length > 0 && isStatement(part[0])) forEachStatement(part as ast.Stmt[], visit);
    }
  }
}

function isStatement(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && /^(Expr|Assign|AugAssign|AnnAssign|Return|If|For|While|With|Try|Match|FunctionDef|ClassDef|Raise|Delete|Pass|Global|Nonlocal|Assert|Break|Continue|Import|ImportFrom|ErrorStmt)$/.test(String(value.kind));
}
