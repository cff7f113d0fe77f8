/**
 * The syntax tree: plain frozen data, nodes named and shaped as in Python's own `ast` module
 * (https://docs.python.org/3.11/library/ast.html). Positions are UTF-16 offsets into the module's text, end exclusive;
 * as in `ast`, parentheses around an expression are outside it, those of a tuple inside.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node extends Span {
  readonly kind: string;
}

// ---- expressions -----------------------------------------------------------------------------------------------------

export type ConstantValue =
  | { readonly type: 'int'; readonly value: number; /** Beyond 2^53 the value is inexact; the text decides. */ readonly exact: boolean }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'complex'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'None' }
  | { readonly type: 'Ellipsis' };

export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '|' | '^' | '&';
export type UnaryOperator = '+' | '-' | '~' | 'not';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface Name extends Node { readonly kind: 'Name'; readonly id: string }
export interface Constant extends Node { readonly kind: 'Constant'; readonly value: ConstantValue }
export interface Attribute extends Node { readonly kind: 'Attribute'; readonly value: Expr; readonly attr: string; readonly attrSpan: Span }
export interface Subscript extends Node { readonly kind: 'Subscript'; readonly value: Expr; readonly slice: Expr }
export interface Slice extends Node { readonly kind: 'Slice'; readonly lower: Expr | null; readonly upper: Expr | null; readonly step: Expr | null }
export interface Keyword extends Node { readonly kind: 'keyword'; /** null for `**mapping`. */ readonly arg: string | null; readonly value: Expr }
export interface Call extends Node { readonly kind: 'Call'; readonly func: Expr; readonly args: readonly Expr[]; readonly keywords: readonly Keyword[] }
export interface BinOp extends Node { readonly kind: 'BinOp'; readonly left: Expr; readonly op: Operator; readonly right: Expr }
export interface UnaryOp extends Node { readonly kind: 'UnaryOp'; readonly op: UnaryOperator; readonly operand: Expr }
export interface BoolOp extends Node { readonly kind: 'BoolOp'; readonly op: 'and' | 'or'; readonly values: readonly Expr[] }
export interface Compare extends Node { readonly kind: 'Compare'; readonly left: Expr; readonly ops: readonly CompareOperator[]; readonly comparators: readonly Expr[] }
export interface IfExp extends Node { readonly kind: 'IfExp'; readonly test: Expr; readonly body: Expr; readonly orelse: Expr }
export interface Lambda extends Node { readonly kind: 'Lambda'; readonly args: Arguments; readonly body: Expr }
export interface Tuple extends Node { readonly kind: 'Tuple'; readonly elts: readonly Expr[] }
export interface List extends Node { readonly kind: 'List'; readonly elts: readonly Expr[] }
export interface SetExpr extends Node { readonly kind: 'Set'; readonly elts: readonly Expr[] }
/** A null key is `**mapping`. */
export interface Dict extends Node { readonly kind: 'Dict'; readonly keys: readonly (Expr | null)[]; readonly values: readonly Expr[] }
export interface Starred extends Node { readonly kind: 'Starred'; readonly value: Expr }
export interface NamedExpr extends Node { readonly kind: 'NamedExpr'; readonly target: Name; readonly value: Expr }
export interface Comprehension { readonly target: Expr; readonly iter: Expr; readonly ifs: readonly Expr[]; readonly isAsync: boolean }
export interface ListComp extends Node { readonly kind: 'ListComp'; readonly elt: Expr; readonly generators: readonly Comprehension[] }
export interface SetComp extends Node { readonly kind: 'SetComp'; readonly elt: Expr; readonly generators: readonly Comprehension[] }
export interface GeneratorExp extends Node { readonly kind: 'GeneratorExp'; readonly elt: Expr; readonly generators: readonly Comprehension[] }
export interface DictComp extends Node { readonly kind: 'DictComp'; readonly key: Expr; readonly value: Expr; readonly generators: readonly Comprehension[] }
export interface JoinedStr extends Node { readonly kind: 'JoinedStr'; readonly values: readonly (Constant | FormattedValue)[] }
export interface FormattedValue extends Node { readonly kind: 'FormattedValue'; readonly value: Expr; readonly conversion: string | null; readonly formatSpec: JoinedStr | null;
  /** The source text of `{expr=}`, to be printed before the value; null without `=`. */ readonly debugText: string | null }
export interface Await extends Node { readonly kind: 'Await'; readonly value: Expr }
export interface Yield extends Node { readonly kind: 'Yield'; readonly value: Expr | null }
export interface YieldFrom extends Node { readonly kind: 'YieldFrom'; readonly value: Expr }
/** Where an expression should stand and none could be read; not in Python's `ast`. */
export interface ErrorExpr extends Node { readonly kind: 'ErrorExpr' }

export type Expr =
  | Name | Constant | Attribute | Subscript | Slice | Call | BinOp | UnaryOp | BoolOp | Compare | IfExp | Lambda | Tuple | List | SetExpr | Dict
  | Starred | NamedExpr | ListComp | SetComp | GeneratorExp | DictComp | JoinedStr | FormattedValue | Await | Yield | YieldFrom | ErrorExpr;

// ---- functions -------------------------------------------------------------------------------------------------------

export interface Arg extends Node { readonly kind: 'arg'; readonly arg: string; readonly annotation: Expr | null }
export interface Arguments {
  readonly posonlyargs: readonly Arg[];
  readonly args: readonly Arg[];
  readonly vararg: Arg | null;
  readonly kwonlyargs: readonly Arg[];
  /** One for each of kwonlyargs; null where it has no default. */
  readonly kwDefaults: readonly (Expr | null)[];
  readonly kwarg: Arg | null;
  /** Those of the last posonlyargs and args. */
  readonly defaults: readonly Expr[];
}

// ---- statements ------------------------------------------------------------------------------------------------------

export interface FunctionDef extends Node { readonly kind: 'FunctionDef'; readonly name: string; readonly nameSpan: Span; readonly args: Arguments; readonly body: readonly Stmt[]; readonly decorators: readonly Expr[]; readonly returns: Expr | null; readonly isAsync: boolean; readonly isGenerator: boolean }
export interface ClassDef extends Node { readonly kind: 'ClassDef'; readonly name: string; readonly nameSpan: Span; readonly bases: readonly Expr[]; readonly keywords: readonly Keyword[]; readonly body: readonly Stmt[]; readonly decorators: readonly Expr[] }
export interface Return extends Node { readonly kind: 'Return'; readonly value: Expr | null }
export interface Delete extends Node { readonly kind: 'Delete'; readonly targets: readonly Expr[] }
export interface Assign extends Node { readonly kind: 'Assign'; readonly targets: readonly Expr[]; readonly value: Expr }
export interface AugAssign extends Node { readonly kind: 'AugAssign'; readonly target: Expr; readonly op: Operator; readonly value: Expr }
export interface AnnAssign extends Node { readonly kind: 'AnnAssign'; readonly target: Expr; readonly annotation: Expr; readonly value: Expr | null }
export interface For extends Node { readonly kind: 'For'; readonly target: Expr; readonly iter: Expr; readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[]; readonly isAsync: boolean }
export interface While extends Node { readonly kind: 'While'; readonly test: Expr; readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[] }
export interface If extends Node { readonly kind: 'If'; readonly test: Expr; readonly body: readonly Stmt[]; readonly orelse: readonly Stmt[] }
export interface WithItem { readonly contextExpr: Expr; readonly optionalVars: Expr | null }
export interface With extends Node { readonly kind: 'With'; readonly items: readonly WithItem[]; readonly body: readonly Stmt[]; readonly isAsync: boolean }
export interface MatchCase { readonly pattern: Pattern; readonly guard: Expr | null; readonly body: readonly Stmt[] }
export interface Match extends Node { readonly kind: 'Match'; readonly subject: Expr; readonly cases: readonly MatchCase[] }
export interface Raise extends Node { readonly kind: 'Raise'; readonly exc: Expr | null; readonly cause: Expr | null }
export interface ExceptHandler extends Node { readonly kind: 'ExceptHandler'; readonly type: Expr | null; readonly name: string | null; readonly body: readonly Stmt[] }
export interface Try extends Node { readonly kind: 'Try'; readonly body: readonly Stmt[]; readonly handlers: readonly ExceptHandler[]; readonly orelse: readonly Stmt[]; readonly finalbody: readonly Stmt[] }
export interface Assert extends Node { readonly kind: 'Assert'; readonly test: Expr; readonly msg: Expr | null }
export interface Alias extends Span { readonly name: string; readonly asname: string | null }
export interface Import extends Node { readonly kind: 'Import'; readonly names: readonly Alias[] }
export interface ImportFrom extends Node { readonly kind: 'ImportFrom'; readonly module: string | null; readonly names: readonly Alias[]; readonly level: number }
export interface Global extends Node { readonly kind: 'Global'; readonly names: readonly string[] }
export interface Nonlocal extends Node { readonly kind: 'Nonlocal'; readonly names: readonly string[] }
export interface ExprStmt extends Node { readonly kind: 'Expr'; readonly value: Expr }
export interface Pass extends Node { readonly kind: 'Pass' }
export interface Break extends Node { readonly kind: 'Break' }
export interface Continue extends Node { readonly kind: 'Continue' }
/** Text that is no statement: skipped, with a syntax error beside it. Not in Python's `ast`. */
export interface ErrorStmt extends Node { readonly kind: 'ErrorStmt' }

export type Stmt =
  | FunctionDef | ClassDef | Return | Delete | Assign | AugAssign | AnnAssign | For | While | If | With | Match | Raise | Try | Assert
  | Import | ImportFrom | Global | Nonlocal | ExprStmt | Pass | Break | Continue | ErrorStmt;

// ---- match patterns --------------------------------------------------------------------------------------------------

export interface MatchValue extends Node { readonly kind: 'MatchValue'; readonly value: Expr }
export interface MatchSingleton extends Node { readonly kind: 'MatchSingleton'; readonly value: boolean | null }
export interface MatchSequence extends Node { readonly kind: 'MatchSequence'; readonly patterns: readonly Pattern[] }
export interface MatchMapping extends Node { readonly kind: 'MatchMapping'; readonly keys: readonly Expr[]; readonly patterns: readonly Pattern[]; readonly rest: string | null }
export interface MatchClass extends Node { readonly kind: 'MatchClass'; readonly cls: Expr; readonly patterns: readonly Pattern[]; readonly kwdAttrs: readonly string[]; readonly kwdPatterns: readonly Pattern[] }
export interface MatchStar extends Node { readonly kind: 'MatchStar'; readonly name: string | null }
/** `case name`, `case pattern as name`; both null for `_`. */
export interface MatchAs extends Node { readonly kind: 'MatchAs'; readonly pattern: Pattern | null; readonly name: string | null }
export interface MatchOr extends Node { readonly kind: 'MatchOr'; readonly patterns: readonly Pattern[] }
export type Pattern = MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;

// ---- the module ------------------------------------------------------------------------------------------------------

export interface Comment extends Span {
  /** Without the `#` and the white space around. */
  readonly text: string;
}

export interface SyntaxFault extends Span { readonly message: string }

export interface Module {
  readonly kind: 'Module';
  readonly source: string;
  readonly body: readonly Stmt[];
  /** In order of position. */
  readonly comments: readonly Comment[];
  /** What could not be read; the rest of the module is there in spite of it. */
  readonly errors: readonly SyntaxFault[];
}

export function assertNever(node: never): never {
  throw new Error(`not handled: ${JSON.stringify((node as { kind?: string }).kind ?? node)}`);
}
