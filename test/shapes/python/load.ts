// The parser as the tests use it, and small views of its trees.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Expr, Module, Span } from '../../../src/shapes/python/ast';
import { createParser } from '../../../src/shapes/python/parser';
import type { PythonParser } from '../../../src/shapes/python/parser';
import { walk } from '../../../src/shapes/python/walk';
import type { AnyNode } from '../../../src/shapes/python/walk';

const resolve = createRequire(import.meta.url).resolve;
export const wasmFiles = { runtime: resolve('web-tree-sitter/web-tree-sitter.wasm'), grammar: resolve('tree-sitter-python/tree-sitter-python.wasm') };

let parser: Promise<PythonParser> | null = null;

export function loadParser(): Promise<PythonParser> {
  return (parser ??= createParser({ runtime: fs.readFileSync(wasmFiles.runtime), grammar: fs.readFileSync(wasmFiles.grammar) }));
}

export function textOf(module: Module, span: Span): string {
  return module.source.slice(span.start, span.end);
}

/** The nodes of these kinds with their text, in source order: `Name x`. */
export function nodes(module: Module, ...kinds: AnyNode['kind'][]): string[] {
  const found: string[] = [];
  walk(module, (node) => {
    if (kinds.includes(node.kind)) found.push(`${node.kind} ${textOf(module, node)}`);
  });
  return found;
}

/** Each statement on a line: its kind, its text up to the end of a line, and its suites indented below. */
export function outline(module: Module): string[] {
  const lines: string[] = [];
  const depths = new Map<AnyNode, number>();
  walk(module, (node) => {
    const depth = depths.get(node) ?? 0;
    if (isStatement(node)) lines.push(`${'  '.repeat(depth)}${node.kind} ${textOf(module, node).split('\n')[0]}`);
    for (const suite of suitesOf(node)) for (const each of suite) depths.set(each, isStatement(node) ? depth + 1 : depth);
  });
  return lines;
}

function isStatement(node: AnyNode): boolean {
  return STATEMENTS.has(node.kind);
}

const STATEMENTS: ReadonlySet<string> = new Set([
  'FunctionDef', 'ClassDef', 'Return', 'Delete', 'Assign', 'AugAssign', 'AnnAssign', 'For', 'While', 'If', 'With', 'Match', 'Raise', 'Try', 'Assert', 'Import',
  'ImportFrom', 'Global', 'Nonlocal', 'Expr', 'Pass', 'Break', 'Continue', 'ErrorStmt', 'ExceptHandler',
]);

function suitesOf(node: AnyNode): (readonly AnyNode[])[] {
  switch (node.kind) {
    case 'FunctionDef': case 'ClassDef': case 'With': case 'ExceptHandler': return [node.body];
    case 'If': case 'For': case 'While': return [node.body, node.orelse];
    case 'Try': return [node.body, node.handlers, node.orelse, node.finalbody];
    case 'Match': return node.cases.map((each) => each.body);
    default: return [];
  }
}

/** What is wrong, and where: `message @ text`. */
export function faults(module: Module): string[] {
  return module.errors.map((fault) => `${fault.message} @ ${textOf(module, fault)}`);
}

export function expressionOf(module: Module): Expr {
  const statement = module.body[0];
  if (statement?.kind === 'Expr' || statement?.kind === 'Assign') return statement.value;
  throw new Error(`no expression but ${statement?.kind}`);
}
