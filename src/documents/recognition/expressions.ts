// How much speaks for a bare expression being code, on the scale of `plausibility.ts`.
import type { Expr, Stmt } from '../../shapes/python/ast';
import { builtinNames, namesIn, nodesOf, rootName, wellKnownNames } from './names';

export interface KnownNames {
  /** Bound by code further up. */
  readonly defined: ReadonlySet<string>;
  /** Read by code further down, and bound by nothing that was found to be code so far. */
  readonly wanted: ReadonlySet<string>;
}

export const isKnown = (name: string, known: KnownNames): boolean => known.defined.has(name) || wellKnownNames.has(name);
export const anyKnown = (node: Stmt | Expr, known: KnownNames): boolean => [...namesIn(node)].some((name) => isKnown(name, known) || builtinNames.has(name));

/** All names are known, or something known is called, subscripted or asked for an attribute. */
export function usesKnown(value: Expr, known: KnownNames): boolean {
  const names = [...namesIn(value)];
  if (names.length > 0 && names.every((name) => isKnown(name, known) || builtinNames.has(name))) return true;
  for (const node of nodesOf(value)) {
    if (node.kind !== 'Call' && node.kind !== 'Subscript' && node.kind !== 'Attribute') continue;
    const root = rootName(node as unknown as Expr);
    if (root !== null && isKnown(root, known)) return true;
  }
  return false;
}

/** A method, a keyword argument or a slice: nobody writes them in a formula. */
export function isStructured(value: Expr): boolean {
  for (const node of nodesOf(value)) {
    if (node.kind === 'keyword' || node.kind === 'Slice') return true;
    if (node.kind === 'Call' && (node['func'] as Expr).kind === 'Attribute') return true;
  }
  return false;
}

/** A pattern of dims among what a call is given: `rearrange(x, 'b c h w -> b (h w) c')`, whose name a post need not import. */
export function hasPattern(value: Expr): boolean {
  for (const node of nodesOf(value)) {
    if (node.kind === 'Call' && (node['args'] as readonly Expr[]).some((each) => each.kind === 'Constant' && each.value.type === 'str' && pattern.test(each.value.value))) return true;
  }
  return false;
}

const pattern = /^[\w\s().,]+->[\w\s().,]*$/;

export function expressionPlausibility(value: Expr, known: KnownNames): number {
  const names = [...namesIn(value)];
  const allKnown = names.length > 0 && names.every((name) => isKnown(name, known) || builtinNames.has(name));
  const anyDefined = names.some((name) => known.defined.has(name));
  switch (value.kind) {
    case 'Call':
      return callPlausibility(value, known);
    case 'Subscript': case 'Attribute': {
      // A module's attribute (`nn.Linear`) is as often a headline.
      const root = rootName(value);
      return root !== null && known.defined.has(root) ? (value.kind === 'Subscript' ? 3 : 2) : 0;
    }
    case 'UnaryOp':
      // `- x.sum()` is a bullet.
      return (value.op === '~' || value.op === 'not') && allKnown && anyDefined ? 2 : 0;
    case 'BinOp': case 'Compare': case 'BoolOp':
      return allKnown && anyDefined ? (isStructured(value) ? 3 : 2) : 0;
    case 'Name':
      return known.defined.has(value.id) ? 1 : 0;
    case 'Tuple': case 'List':
      // As good as the least of its parts: `a, b` is a headline.
      return allKnown && anyDefined ? Math.min(...value.elts.map((each) => (each.kind === 'Constant' ? 1 : expressionPlausibility(each, known)))) : 0;
    case 'ListComp': case 'DictComp': case 'SetComp':
      return allKnown ? 3 : 1;
    default:
      return 0;
  }
}

function callPlausibility(call: Extract<Expr, { kind: 'Call' }>, known: KnownNames): number {
  const root = rootName(call);
  const given = [...call.args, ...call.keywords.map((keyword) => keyword.value)];
  const names = [...namesIn(given)];
  const argumentsKnown = given.length > 0 && names.every((name) => isKnown(name, known) || builtinNames.has(name)) && !given.some((each) => each.kind === 'Constant' && each.value.type === 'Ellipsis');
  const anyDefined = names.some((name) => known.defined.has(name));
  if (root === 'print' || (root !== null && known.defined.has(root)) || hasPattern(call)) return 3;
  // `torch.cat(tensors, dim=0)` and `torch.cat()` are headlines of a manual.
  if (root !== null && wellKnownNames.has(root)) return argumentsKnown ? 3 : 1;
  if (root !== null && builtinNames.has(root)) return argumentsKnown && names.length > 0 ? 3 : 1;
  // `Linear(in_features=3, out_features=2)` is how a module is printed.
  if (/^[A-Z]/.test(root ?? '') && names.length === 0) return 0;
  return anyDefined || isStructured(call) ? 1 : 0;
}
