/** Executes statements. */
import { assertNever } from '../python/ast';
import type * as ast from '../python/ast';
import { isPrint } from '../python/prints';
import { maySwallow } from '../diagnostics/guards';
import { symbol } from '../symint/symint';
import { giveByDefaults, isRaised, leaveOut } from './uncalled/absence';
import { suppose, supposeSide, supposes } from './control/supposed';
import { assignTo, deleteTarget } from './assign';
import { fork } from './control/branches';
import { defineClass } from './calls/classes';
import { noteUnpacking } from './uncalled/unpacking';
import { evaluate, visited } from './expressions';
import { demandGuard } from './uncalled/guards';
import { defineFunction } from './calls/functions';
import { importFrom, importModules, replacesModule } from './imports';
import { PythonRaise } from './interpreter';
import { forLoop, whileLoop } from './control/loops';
import { augmentedAssignment } from './operators';
import type { Machine } from './machine';
import { matchStatement } from './control/matching';
import { narrow } from './control/narrowing';
import { printStatement } from './state/prints';
import { NORMAL } from './state/scope';
import type { Flow } from './state/scope';
import { isTorchName } from './tensors/torchnames';
import { residual } from './uncalled/residual';
import { usualSide } from './uncalled/usual';
import { onSides } from './uncalled/sides';
import { tryStatement } from './control/trying';
import { NONE, int, unknown } from '../values/values';
import type { Value } from '../values/values';

export function executeBlock(m: Machine, body: readonly ast.Stmt[]): Flow {
  for (const [i, statement] of body.entries()) {
    const flow = supposes(m) ? executeSupposing(m, body, i) : execute(m, statement);
    if (flow.type !== 'normal') return flow;
  }
  return NORMAL;
}

/** A statement behind which the others are seen even if it leaves the block. */
function executeSupposing(m: Machine, body: readonly ast.Stmt[], at: number): Flow {
  const supposeRest = (): void => {
    const next = body[at + 1];
    if (next) suppose(m, next, () => executeBlock(m, body.slice(at + 1)));
  };
  try {
    const flow = execute(m, body[at]!);
    if (flow.type !== 'normal') supposeRest();
    return flow;
  } catch (error) {
    if (error instanceof PythonRaise) supposeRest();
    throw error;
  }
}

export function execute(m: Machine, node: ast.Stmt): Flow {
  switch (node.kind) {
    case 'Expr':
      if (isPrint(node.value)) printStatement(m, node);
      else evaluate(m, node.value);
      return NORMAL;
    case 'Assign': {
      if (replacesModule(node)) return NORMAL;
      noteUnpacking(node.targets[0]!, node.value);
      const value = residual(m, node, sized(m, node, evaluate(m, node.value)));
      for (const target of node.targets) assignTo(m, target, value);
      return NORMAL;
    }
    case 'AugAssign': augmentedAssignment(m, node); return NORMAL;
    case 'AnnAssign':
      if (node.value) assignTo(m, node.target, evaluate(m, node.value));
      return NORMAL;
    case 'Return': return { type: 'return', value: node.value ? evaluate(m, node.value) : NONE };
    case 'If': return ifStatement(m, node);
    case 'For': return forLoop(m, node);
    case 'While': return whileLoop(m, node);
    case 'With': return withStatement(m, node);
    case 'Try': return tryStatement(m, node);
    case 'Match': return matchStatement(m, node);
    case 'FunctionDef': defineFunction(m, node); return NORMAL;
    case 'ClassDef': defineClass(m, node); return NORMAL;
    case 'Import': importModules(m, node); return NORMAL;
    case 'ImportFrom': importFrom(m, node); return NORMAL;
    case 'Raise': return raise(m, node);
    case 'Assert': {
      const truth = m.truth(evaluate(m, node.test), node.test);
      const { msg } = node;
      if (msg && truth !== true) evaluate(m, msg);
      else if (msg) suppose(m, msg, () => visited(m, msg));
      if (truth === false && isRaised(m, node.test, false)) throw new PythonRaise('AssertionError', 'an assertion fails here');
      if (truth === null) {
        demandGuard(m, node.test, true);
        narrow(m, node.test, true);
      }
      return NORMAL;
    }
    case 'Delete': node.targets.forEach((target) => deleteTarget(m, target)); return NORMAL;
    case 'Global': node.names.forEach((name) => m.frame.scope.globals.add(name)); return NORMAL;
    case 'Nonlocal': node.names.forEach((name) => m.frame.scope.nonlocals.add(name)); return NORMAL;
    case 'Break': return { type: 'break' };
    case 'Continue': return { type: 'continue' };
    case 'Pass': case 'ErrorStmt': return NORMAL;
    default: return assertNever(node);
  }
}

function ifStatement(m: Machine, node: ast.If): Flow {
  const truth = m.truth(evaluate(m, node.test), node.test);
  if (truth !== null) {
    const [taken, left] = truth ? [node.body, node.orelse] : [node.orelse, node.body];
    const isLeft = taken.at(-1)?.kind === 'Raise' && !isRaised(m, node.test, truth);
    leaveOut(m, isLeft ? taken : left);
    supposeSide(m, node, isLeft ? truth : !truth, () => executeBlock(m, isLeft ? taken : left));
    return executeBlock(m, isLeft ? left : taken);
  }
  const usual = usualSide(m, node.test);
  if (node.body.at(-1)?.kind === 'Raise') {
    if (usual?.holds) giveByDefaults(m, node.test);
    if (node.orelse.length === 0) demandGuard(m, node.test, false);
  }
  return onSides(m, node, (then, orelse) => fork(m, [
    () => then(() => { narrow(m, node.test, true); return executeBlock(m, node.body); }),
    () => orelse(() => { narrow(m, node.test, false); return executeBlock(m, node.orelse); }),
  ], usual));
}

function withStatement(m: Machine, node: ast.With): Flow {
  let suppresses = false;
  let guards = false;
  const entries: { manager: Value; span: ast.Expr }[] = [];
  for (const item of node.items) {
    const manager = evaluate(m, item.contextExpr);
    if (maySwallow(item.contextExpr, manager)) guards = true;
    // What an unknown manager does with an exception is not known either.
    if (manager.kind === 'unknown') suppresses = true;
    // A function with @contextmanager gives what it yields.
    const yielded = manager.kind === 'iterator' ? manager.items?.[0] ?? manager.element ?? unknown('what the manager gives is not known', item.contextExpr) : manager;
    const entered = manager.kind === 'instance' && !manager.cls.builtin ? m.call(m.getAttribute(manager, '__enter__', item.contextExpr), [], new Map(), item.contextExpr) : yielded;
    if (item.optionalVars) assignTo(m, item.optionalVars, entered);
    if ((manager.kind === 'instance' && !manager.cls.builtin) || (manager.kind === 'iterator' && manager.leaves)) entries.push({ manager, span: item.contextExpr });
  }
  if (guards) m.frame.guarded++;
  try {
    const flow = executeBlock(m, node.body);
    leave(m, entries, [NONE, NONE, NONE]);
    return flow;
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    const raised = error.value ?? unknown(`the ${error.type} that was raised`);
    if (leave(m, entries, [m.classOf(raised) ?? unknown('the class of what was raised'), raised, unknown('a traceback')]) || suppresses) return NORMAL;
    throw error;
  } finally {
    if (guards) m.frame.guarded--;
  }
}

/** Ends the managers, the last one first; says whether one of them swallows what was raised. */
function leave(m: Machine, entries: readonly { manager: Value; span: ast.Expr }[], args: Value[]): boolean {
  return [...entries].reverse().map(({ manager, span }) => {
    if (manager.kind !== 'iterator') return m.truth(m.call(m.getAttribute(manager, '__exit__', span), args, new Map(), span)) === true;
    m.heap.redo(manager.leaves!);
    return false;
  }).includes(true);
}

function raise(m: Machine, node: ast.Raise): Flow {
  const value = node.exc ? evaluate(m, node.exc) : null;
  if (node.cause) evaluate(m, node.cause);
  const cls = value?.kind === 'class' ? value : value ? m.classOf(value) : null;
  const type = cls?.name ?? (value?.kind === 'builtin' ? value.name : 'Exception');
  // What torch's modules refuse is a fault of the call; what other code raises is its own affair.
  const place = isTorchName(m.frame.scope.module.name) && m.frame.scope.module.path !== null ? m.placeOf(node) : null;
  throw new PythonRaise(type, (place && messageOf(value)) ?? 'it is raised here', value, place);
}

/** What an exception says, where that is known. */
function messageOf(exception: Value | null): string | null {
  const args = exception?.kind === 'instance' ? exception.attributes.get('args') : null;
  const message = args?.kind === 'tuple' ? args.items?.[0] : null;
  return message?.kind === 'str' ? message.value : null;
}

/** `hidden = int(dim * ratio)` is a size, though not known which: where nothing calls the function, it has its name. */
function sized(m: Machine, { targets, value: node }: ast.Assign, value: Value): Value {
  const [target] = targets;
  if (!m.inferring || !m.frame.scope.module.recorded || value.kind !== 'int' || value.value !== null || target?.kind !== 'Name' || (node.kind !== 'Call' && node.kind !== 'BinOp')) return value;
  return int(symbol(m.symbols.fresh(target.id, { origin: `${target.id}, an int computed from what is not known`, range: m.placeOf(target), min: null })));
}
