/** Going over the tree. Nothing recurses, so no depth of nesting is too deep. */
import type { Arg, Arguments, Comprehension, ExceptHandler, Expr, Keyword, Module, Pattern, Stmt } from './ast';
import { assertNever } from './ast';

export type AnyNode = Expr | Stmt | Keyword | Arg | ExceptHandler | Pattern;

/** What `walk` calls; false leaves out what is below the node. */
export type Visit = (node: AnyNode) => boolean | void;

/** Visits the node and all below it in source order, a node before its children. A module itself is not visited. */
export function walk(node: AnyNode | Module, visit: Visit): void {
  const waiting: AnyNode[] = node.kind === 'Module' ? [...node.body].reverse() : [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (visit(next) === false) continue;
    const below = childrenOf(next);
    for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]!);
  }
}

/** The nodes right below, in the order in which they stand in the source. */
export function children(node: AnyNode | Module): Iterable<AnyNode> {
  return node.kind === 'Module' ? node.body : childrenOf(node);
}

function childrenOf(node: AnyNode): AnyNode[] {
  switch (node.kind) {
    case 'Name': case 'Constant': case 'ErrorExpr': case 'Pass': case 'Break': case 'Continue': case 'Import': case 'ImportFrom':
    case 'Global': case 'Nonlocal': case 'ErrorStmt': case 'MatchSingleton': case 'MatchStar': return [];
    case 'Attribute': case 'Starred': case 'Await': case 'YieldFrom': case 'keyword': case 'Expr': case 'MatchValue': return [node.value];
    case 'Yield': case 'Return': return present(node.value);
    case 'Subscript': return [node.value, node.slice];
    case 'Slice': return present(node.lower, node.upper, node.step);
    case 'Call': return [node.func, ...merged(node.args, node.keywords)];
    case 'BinOp': return [node.left, node.right];
    case 'UnaryOp': return [node.operand];
    case 'BoolOp': case 'JoinedStr': return [...node.values];
    case 'Compare': return [node.left, ...node.comparators];
    case 'IfExp': return [node.body, node.test, node.orelse];
    case 'Lambda': return [...parameters(node.args), node.body];
    case 'Tuple': case 'List': case 'Set': return [...node.elts];
    case 'Dict': return node.values.flatMap((value, i) => present(node.keys[i] ?? null, value));
    case 'NamedExpr': return [node.target, node.value];
    case 'ListComp': case 'SetComp': case 'GeneratorExp': return [node.elt, ...node.generators.flatMap(clause)];
    case 'DictComp': return [node.key, node.value, ...node.generators.flatMap(clause)];
    case 'FormattedValue': return present(node.value, node.formatSpec);
    case 'arg': return present(node.annotation);
    case 'FunctionDef': return [...node.decorators, ...parameters(node.args), ...present(node.returns), ...node.body];
    case 'ClassDef': return [...node.decorators, ...merged(node.bases, node.keywords), ...node.body];
    case 'Delete': return [...node.targets];
    case 'Assign': return [...node.targets, node.value];
    case 'AugAssign': return [node.target, node.value];
    case 'AnnAssign': return present(node.target, node.annotation, node.value);
    case 'For': return [node.target, node.iter, ...node.body, ...node.orelse];
    case 'While': case 'If': return [node.test, ...node.body, ...node.orelse];
    case 'With': return [...node.items.flatMap((item) => present(item.contextExpr, item.optionalVars)), ...node.body];
    case 'Match': return [node.subject, ...node.cases.flatMap((each) => [each.pattern, ...present(each.guard), ...each.body])];
    case 'Raise': return present(node.exc, node.cause);
    case 'ExceptHandler': return [...present(node.type), ...node.body];
    case 'Try': return [...node.body, ...node.handlers, ...node.orelse, ...node.finalbody];
    case 'Assert': return present(node.test, node.msg);
    case 'MatchSequence': case 'MatchOr': return [...node.patterns];
    case 'MatchMapping': return node.patterns.flatMap((each, i) => present(node.keys[i] ?? null, each));
    case 'MatchClass': return [node.cls, ...node.patterns, ...node.kwdPatterns];
    case 'MatchAs': return present(node.pattern);
    default: return assertNever(node);
  }
}

function present(...nodes: readonly (AnyNode | null)[]): AnyNode[] {
  return nodes.filter((node) => node !== null);
}

/** `f(*args, key=value, *more)`: arguments of both sorts as they stand. */
function merged(args: readonly Expr[], keywords: readonly Keyword[]): AnyNode[] {
  const last = args[args.length - 1];
  const all = [...args, ...keywords];
  return last && keywords[0] && last.start > keywords[0].start ? all.sort((a, b) => a.start - b.start) : all;
}

function clause({ target, iter, ifs }: Comprehension): AnyNode[] {
  return [target, iter, ...ifs];
}

function parameters(args: Arguments): AnyNode[] {
  const all: (AnyNode | null)[] = [
    ...args.posonlyargs, ...args.args, ...args.defaults, args.vararg, ...args.kwonlyargs, ...args.kwDefaults, args.kwarg,
  ];
  return present(...all).sort((a, b) => a.start - b.start);
}
