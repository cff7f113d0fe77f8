/**
 * What the annotations of parameters tell of them, and of the attributes of an object (a config): the fields that its
 * class declares. A field's default is likely, not certain.
 */
import type * as ast from '../../python/ast';
import { parameterOf } from './demands';
import { dottedName } from '../calls/functions';
import type { Machine } from '../machine';
import type { Parameter } from './parameters';
import { setOnSelf } from './receivers';
import type { Scope } from '../state/scope';
import { becomeTensors } from './tensorLists';
import { bool, float, str } from '../../values/values';
import type { ClassValue, FunctionValue, Value } from '../../values/values';

/** What the class of an object declares of its attributes. */
export interface Fields {
  /** The name of the attribute that the name is another one for. */
  canonical(name: string): string;
  /** The attribute as it is declared; null: it is not. */
  make(name: string, of: (fallback: Value | null) => Parameter): Parameter | null;
}

const TENSOR = /(?:^|\.)[A-Z]?\w*Tensor$/;

/** The value of a name where an annotation stands. */
type Lookup = (name: string) => Value | undefined;

/** Adds what the annotation of a parameter says to what its default says. */
export function describe(m: Machine, parameter: Parameter, annotation: ast.Expr | null, func: FunctionValue): void {
  apply(m, parameter, annotation, (name) => (func.closure as Scope).lookup(name));
}

/** What the function that values are handed to says of those that are parameters of code that nothing calls. */
export function describeGiven(m: Machine, func: FunctionValue, scope: Scope): void {
  const { posonlyargs, args, kwonlyargs } = func.def.args;
  for (const { arg, annotation } of [...posonlyargs, ...args, ...kwonlyargs]) {
    const parameter = annotation && parameterOf(scope.bindings.get(arg));
    if (parameter) describe(m, parameter, annotation, func);
  }
}

/** A constructor's parameter without an annotation is what the class declares of the attribute of that name. */
export function declaredAnnotation(m: Machine, parameter: Parameter, cls: ClassValue): void {
  for (const each of cls.mro) {
    const declared = declarationIn(each, parameter.name);
    if (declared) return apply(m, parameter, declared.annotation, lookupFrom(m, each));
  }
  // The constructors of one file call the same thing by one name.
  const others = annotationsNamed(m, parameter.name);
  if (others.length === 1) apply(m, parameter, others[0]!, (name) => m.bindings.get(name));
}

/** The annotations, no two alike, that classes of the document give to an attribute or a constructor's argument of that name. */
function annotationsNamed(m: Machine, name: string): ast.Expr[] {
  const { body, source } = m.module.tree;
  const found = new Map<string, ast.Expr>();
  for (const cls of body) {
    for (const statement of cls.kind === 'ClassDef' ? cls.body : []) {
      const annotation = statement.kind === 'AnnAssign' && statement.target.kind === 'Name' && statement.target.id === name ? statement.annotation
        : statement.kind === 'FunctionDef' && statement.name === '__init__' ? statement.args.args.find(({ arg }) => arg === name)?.annotation : null;
      if (annotation) found.set(source.slice(annotation.start, annotation.end), annotation);
    }
  }
  return [...found.values()];
}

function apply(m: Machine, parameter: Parameter, annotation: ast.Expr | null, lookup: Lookup): void {
  if (!annotation || parameter.isDeclared || (parameter.kind !== 'outside' && parameter.kind !== 'object')) return;
  const types = alternatives(m, annotation);
  if (types.length === 0) return;
  const names = types.map((type) => (type.kind === 'Subscript' ? '' : dottedName(type) ?? ''));
  if (names.every((name) => TENSOR.test(name))) return parameter.become('tensor');
  if (names.every((name) => name === 'int')) return parameter.becomeInt();
  if (parameter.fallback?.kind === 'str' && names.includes('int') && names.every((name) => name === 'int' || name === 'str')) return parameter.becomeInt(true);
  if (types.every(isListOfInts)) return parameter.becomeSequence(true);
  parameter.mayHoldInts = types.some(isSequenceOfInts);
  if (parameter.role === 'function' && types.every(isSequenceOfTensors)) return becomeTensors(parameter);
  if (types.every(isSequenceOfCallables)) parameter.isOfCallables = true;
  const items = types.length === 1 ? itemsOf(types[0]!) : null;
  if (!items && types.every(isSequenceOfInts)) return parameter.becomeSequence();
  if (items) return parameter.demandItems(items.length, items.map(() => null))?.forEach((item, at) => {
    if (dottedName(items[at]!) !== 'int') item.refuteInt();
    apply(m, item, items[at]!, lookup);
  });
  if (names.every((name) => name === 'bool')) parameter.typical = bool(null);
  else if (names.every((name) => name === 'int' || name === 'float') && names.includes('float')) parameter.typical = float(null);
  else if (names.every((name) => name === 'str')) parameter.typical = str(null);
  else {
    const cls = types.map((type) => classOf(type, lookup)).find((found) => found !== null);
    const module = types.length === 1 ? classNamed(types[0]!, lookup) : null;
    if (cls) parameter.declare(fieldsOf(m, cls));
    else if (module?.mro.some(({ name }) => name === 'Module')) parameter.module = module;
    else declareKeys(m, parameter, types, lookup);
  }
}

/** `List[int]`: how many it holds, its uses say. */
function isListOfInts(type: ast.Expr): boolean {
  return type.kind === 'Subscript' && /(^|\.)[lL]ist$/.test(dottedName(type.value) ?? '') && type.slice.kind === 'Name' && type.slice.id === 'int';
}

/** `tuple[int, ...]`, `list[int]`, `Sequence[int]`. */
function isSequenceOfInts(type: ast.Expr): boolean {
  return sequenceItems(type)?.every((item, at) => (item.kind === 'Name' && item.id === 'int') || (at === 1 && isEllipsis(item))) ?? false;
}

/** `list[torch.Tensor]`, `tuple[Tensor, ...]`, `Sequence[Tensor]`. */
function isSequenceOfTensors(type: ast.Expr): boolean {
  const items = sequenceItems(type);
  return items !== null && (items.length === 1 || isEllipsis(items[1]!)) && TENSOR.test(dottedName(items[0]!) ?? '');
}

/** `list[Callable[..., nn.Module]]`, `Sequence[type[Block]]`. */
function isSequenceOfCallables(type: ast.Expr): boolean {
  const [item] = sequenceItems(type) ?? [];
  return item !== undefined && /(?:^|\.)(?:Callable|[tT]ype|Module)$/.test(dottedName(item.kind === 'Subscript' ? item.value : item) ?? '');
}

function sequenceItems(type: ast.Expr): readonly ast.Expr[] | null {
  if (type.kind !== 'Subscript' || !/(^|\.)(?:[lL]ist|[tT]uple|Sequence)$/.test(dottedName(type.value) ?? '')) return null;
  return type.slice.kind === 'Tuple' ? type.slice.elts : [type.slice];
}

/** `widths: Tuple[int, ...] = (48,)`: one item is the least there may be, not how many there are. */
export function isOfAnyNumber(annotation: ast.Expr | null): boolean {
  return annotation !== null && isSequenceOfInts(annotation) && (!/(^|\.)[tT]uple$/.test(dottedName((annotation as ast.Subscript).value) ?? '') || (annotation as ast.Subscript).slice.kind === 'Tuple');
}

function isEllipsis(node: ast.Expr): boolean {
  return node.kind === 'Constant' && node.value.type === 'Ellipsis';
}

/** `tuple[Tensor, Tensor]`; null: no tuple, or of any number, which is what many authors mean by one item. */
function itemsOf(type: ast.Expr): readonly ast.Expr[] | null {
  if (type.kind !== 'Subscript' || !/(^|\.)[tT]uple$/.test(dottedName(type.value) ?? '')) return null;
  const items = type.slice.kind === 'Tuple' ? type.slice.elts : [type.slice];
  return items.length < 2 || items.some(isEllipsis) ? null : items;
}

/** A dict of which a TypedDict says what its keys hold. */
function declareKeys(m: Machine, parameter: Parameter, types: readonly ast.Expr[], lookup: Lookup): void {
  const cls = types.map((type) => classNamed(type, lookup)).find((found) => found?.mro.some(({ builtin }) => builtin === 'typing.TypedDict'));
  if (cls) parameter.declareKeys(fieldsOf(m, cls));
}

/** `A | None`, `Optional[A]`, `Union[A, B]`, `'A'`: A, and B. */
function alternatives(m: Machine, node: ast.Expr): ast.Expr[] {
  if (node.kind === 'BinOp' && node.op === '|') return [...alternatives(m, node.left), ...alternatives(m, node.right)];
  if (node.kind === 'Constant') {
    if (node.value.type !== 'str') return [];
    const [statement] = m.parse(node.value.value).body;
    return statement?.kind === 'Expr' ? alternatives(m, statement.value) : [];
  }
  const generic = node.kind === 'Subscript' ? dottedName(node.value)?.replace(/^.*\./, '') : undefined;
  if (node.kind === 'Subscript' && (generic === 'Optional' || generic === 'Union' || generic === 'Annotated')) {
    const items = node.slice.kind === 'Tuple' ? node.slice.elts : [node.slice];
    return (generic === 'Annotated' ? items.slice(0, 1) : items).flatMap((item) => alternatives(m, item));
  }
  return [node];
}

/** A class written in Python that declares fields, or whose constructor needs no argument; no module. */
function classOf(node: ast.Expr, lookup: Lookup): ClassValue | null {
  const cls = classNamed(node, lookup);
  return cls && !cls.mro.some(({ builtin }) => builtin !== null && builtin !== 'object') && isRecord(cls) ? cls : null;
}

/** A class written in Python. */
function classNamed(node: ast.Expr, lookup: Lookup): ClassValue | null {
  const name = dottedName(node);
  if (name === null) return null;
  const [first, ...rest] = name.split('.');
  let value = lookup(first!);
  for (const part of rest) value = value?.kind === 'module' ? value.attributes?.get(part) : undefined;
  return value?.kind === 'class' && value.def ? value : null;
}

/** Whether it holds settings: its class says with which values it is made. */
function isRecord(cls: ClassValue): boolean {
  if (cls.mro.some(({ name }) => name === 'Module')) return false;
  return cls.def!.body.some((statement) => statement.kind === 'AnnAssign' && statement.value !== null) || constructorArg(cls, null) !== null;
}

function fieldsOf(m: Machine, cls: ClassValue): Fields {
  const aliases = new Map<string, string>();
  for (const each of [...cls.mro].reverse()) {
    const map = each.attributes.get('attribute_map');
    if (map?.kind !== 'dict') continue;
    for (const { key, value } of map.entries.values()) if (key.kind === 'str' && value.kind === 'str' && key.value !== null && value.value !== null) aliases.set(key.value, value.value);
  }
  return {
    canonical: (name) => aliases.get(name) ?? name,
    make: (name, of) => {
      for (const each of cls.mro) {
        const declared = declarationIn(each, name);
        if (!declared) continue;
        const fallback = isSetAfterwards(each, name) ? null : declared.fallback;
        const field = of(fallback);
        apply(m, field, declared.annotation, lookupFrom(m, each));
        if (!fallback && mayBeInt(m, declared.annotation)) field.becomeInt();
        if (fallback?.kind === 'int' && !mayBeSequence(m, declared.annotation)) field.become('int');
        return field;
      }
      return null;
    },
  };
}

/** A field that `__post_init__` sets is not as it was given. */
function isSetAfterwards(cls: ClassValue, name: string): boolean {
  const after = cls.attributes.get('__post_init__');
  return after?.kind === 'function' && setOnSelf(after.def).has(name);
}

/** `int | str`, where 'auto' stands for a number that is found out. */
function mayBeInt(m: Machine, annotation: ast.Expr | null): boolean {
  return annotation !== null && alternatives(m, annotation).some((type) => dottedName(type) === 'int') && !mayBeSequence(m, annotation);
}

/** `int | tuple[int, int]`: uses say which of the two it is. */
function mayBeSequence(m: Machine, annotation: ast.Expr | null): boolean {
  return annotation !== null && alternatives(m, annotation).some((type) => /(?:^|\.)(?:[Ll]ist|[Tt]uple|Sequence|Iterable)$/.test(dottedName(type.kind === 'Subscript' ? type.value : type) ?? ''));
}

interface Declaration { readonly annotation: ast.Expr | null; readonly fallback: Value | null }

/** What the class itself says of an attribute: a field, an argument of the constructor, a plain default. */
function declarationIn(cls: ClassValue, name: string): Declaration | null {
  if (!cls.def) return null;
  const given = cls.attributes.get(name) ?? null;
  for (const statement of cls.def.body) {
    if (statement.kind === 'AnnAssign' && statement.target.kind === 'Name' && statement.target.id === name) return { annotation: statement.annotation, fallback: isPlain(given) || (given && isMade(statement, given)) ? given : null };
  }
  return constructorArg(cls, name) ?? (isPlain(given) ? { annotation: null, fallback: given } : null);
}

/** `null` for the name: whether each argument has a default. */
function constructorArg(cls: ClassValue, name: string | null): Declaration | null {
  const init = cls.attributes.get('__init__');
  if (init?.kind !== 'function' || init.defaults.length === 0) return null;
  const { posonlyargs, args, kwonlyargs } = init.def.args;
  const positional = [...posonlyargs, ...args];
  const first = positional.length - init.defaults.length;
  if (name === null) return first <= 1 ? { annotation: null, fallback: null } : null;
  const at = positional.findIndex(({ arg }) => arg === name);
  if (at >= first) return { annotation: positional[at]!.annotation, fallback: init.defaults[at - first]! };
  const keyword = kwonlyargs.find(({ arg }) => arg === name);
  return keyword ? { annotation: keyword.annotation, fallback: init.kwDefaults.get(name) ?? null } : null;
}

/** A value that a field may have by default; methods and properties are none. */
function isPlain(value: Value | null): value is Value {
  return value !== null && ['int', 'float', 'bool', 'str', 'None', 'tuple', 'list', 'dict'].includes(value.kind);
}

/** What makes a part of a model, as a field that the class gives a default: `act: Type[nn.Module] = nn.ReLU`. */
function isMade({ value }: ast.AnnAssign, { kind }: Value): boolean {
  return value !== null && (kind === 'class' || kind === 'function' || kind === 'builtin' || kind === 'partial');
}

/** Names as the module has them that the class is defined in. */
function lookupFrom(m: Machine, cls: ClassValue): Lookup {
  const name = cls.attributes.get('__module__');
  const module = name?.kind === 'str' && name.value !== null ? m.modules.get(name.value) : undefined;
  return (each) => module?.attributes?.get(each) ?? m.bindings.get(each);
}
