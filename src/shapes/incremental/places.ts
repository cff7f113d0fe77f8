/** What of the syntax tree a place is in, to tell what its hover needs of a trace. */
import type { Expr, FunctionDef, Module } from '../python/ast';
import { walk } from '../python/walk';
import type { AnyNode } from '../python/walk';

/** The function of the top level, or method of a class there, in whose body an offset is; `context`: as recordings have it, `Net.forward`. */
export function functionAt({ body }: Module, offset: number): { readonly def: FunctionDef; readonly context: string } | null {
  const around = body.find(({ start, end }) => start <= offset && offset <= end);
  const def = around?.kind === 'ClassDef' ? around.body.find(({ start, end }) => start <= offset && offset <= end) : around;
  const first = def?.kind === 'FunctionDef' ? def.body[0] : undefined;
  // While one types, it may be empty.
  if (def?.kind !== 'FunctionDef' || !first || offset < first.start) return null;
  return { def, context: around?.kind === 'ClassDef' ? `${around.name}.${def.name}` : def.name };
}

/** The innermost node at an offset in a function, on the name of a keyword the call; of two that touch it, the one that begins there. */
export function nodeAt(def: FunctionDef, offset: number): AnyNode {
  let found: AnyNode = def;
  walk(def, (node) => {
    const isAround = node.start <= offset && offset <= node.end;
    if (isAround && node.kind !== 'keyword') found = node;
    return isAround;
  });
  return found;
}

/** What a trace sees a value of, whenever it comes to it. */
export const isExpression = (node: AnyNode): node is Expr => node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Call' || node.kind === 'Subscript' || node.kind === 'BinOp';
