// The tree as record.py writes CPython's: one row a node, sorted by place.
import type { Arguments, Comprehension, ConstantValue, JoinedStr, Module } from '../../../src/shapes/python/ast';
import { walk } from '../../../src/shapes/python/walk';
import type { AnyNode } from '../../../src/shapes/python/walk';

/** Kind, start, end, what else identifies the node. */
export type Row = [string, number, number, unknown];

export function flatten(module: Module): Row[] {
  const rows: Row[] = [];
  walk(module, (node) => {
    rows.push([node.kind, node.start, node.end, detail(node)]);
    if (node.kind === 'Import' || node.kind === 'ImportFrom') for (const alias of node.names) rows.push(['alias', alias.start, alias.end, [alias.name, alias.asname]]);
    return node.kind !== 'JoinedStr';
  });
  return rows.sort((a, b) => a[1] - b[1] || b[2] - a[2] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}

function detail(node: AnyNode): unknown {
  switch (node.kind) {
    case 'Name': return node.id;
    case 'Constant': return constant(node.value);
    case 'JoinedStr': return pieces(node);
    case 'Attribute': return node.attr;
    case 'keyword': case 'arg': return node.arg;
    case 'BinOp': case 'UnaryOp': case 'AugAssign': return node.op;
    case 'BoolOp': return [node.op, node.values.length];
    case 'Compare': return node.ops;
    case 'Call': return [node.args.length, node.keywords.length];
    case 'Lambda': return parameters(node.args);
    case 'Tuple': case 'List': case 'Set': return node.elts.length;
    case 'Dict': return node.keys.map((key) => key !== null);
    case 'ListComp': case 'SetComp': case 'GeneratorExp': case 'DictComp': return node.generators.map(({ ifs, isAsync }: Comprehension) => [ifs.length, isAsync]);
    case 'Slice': return [node.lower, node.upper, node.step].map((part) => part !== null);
    case 'Yield': case 'Return': return node.value !== null;
    case 'FunctionDef': return [node.name, parameters(node.args), node.body.length, node.decorators.length, node.returns !== null, node.isAsync, node.isGenerator];
    case 'ClassDef': return [node.name, node.bases.length, node.keywords.length, node.body.length, node.decorators.length];
    case 'Delete': case 'Assign': return node.targets.length;
    case 'AnnAssign': return node.value !== null;
    case 'For': return [node.body.length, node.orelse.length, node.isAsync];
    case 'While': case 'If': return [node.body.length, node.orelse.length];
    case 'With': return [node.items.length, node.items.filter((item) => item.optionalVars).length, node.body.length, node.isAsync];
    case 'Match': return node.cases.map((each) => [each.guard !== null, each.body.length]);
    case 'Raise': return [node.exc !== null, node.cause !== null];
    case 'ExceptHandler': return [node.type !== null, node.name, node.body.length];
    case 'Try': return [node.body.length, node.handlers.length, node.orelse.length, node.finalbody.length];
    case 'Assert': return node.msg !== null;
    case 'ImportFrom': return [node.module, node.level, node.names.length];
    case 'Global': case 'Nonlocal': return node.names;
    case 'MatchSingleton': return node.value;
    case 'MatchMapping': return [node.keys.length, node.rest];
    case 'MatchClass': return [node.patterns.length, node.kwdAttrs];
    case 'MatchStar': return node.name;
    case 'MatchAs': return [node.name, node.pattern !== null];
    default: return null;
  }
}

function constant(value: ConstantValue): unknown[] {
  switch (value.type) {
    case 'int': case 'complex': case 'bool': case 'str': return [value.type, value.value];
    case 'float': return [value.type, Number.isFinite(value.value) ? value.value : 'inf'];
    default: return [value.type];
  }
}

function parameters(args: Arguments): unknown {
  const names = (each: readonly { arg: string }[]): string[] => each.map(({ arg }) => arg);
  return [
    names(args.posonlyargs), names(args.args), args.vararg?.arg ?? null, names(args.kwonlyargs), args.kwDefaults.map((value) => value !== null),
    args.kwarg?.arg ?? null, args.defaults.length,
  ];
}

function pieces(node: JoinedStr): string {
  return node.values.map((value) => {
    if (value.kind === 'Constant') return (value.value as { value: string }).value.replaceAll('{', '{{');
    const conversion = value.conversion ? `!${value.conversion}` : '';
    const spec = value.formatSpec ? `:${pieces(value.formatSpec)}` : '';
    return `${(value.debugText ?? '').replaceAll('{', '{{')}{${value.value.kind}${conversion}${spec}}`;
  }).join('');
}
