/** Enters the module from outside, as a script would: `--call`, or a pragma comment in the file. */
import type { Span } from '../python/ast';
import type { PythonParser } from '../python/parser';
import { evaluate } from './expressions';
import { PythonRaise } from './interpreter';
import type { Machine } from './machine';
import { importModule, offerDocument } from './imports';
import { Frame, Scope } from './state/scope';
import { silently } from './state/silently';
import { execute } from './statements';

/** Runs simple statements separated by `;` in the module's scope, with `torch` imported. */
export function enterCall(m: Machine, parser: PythonParser, code: string, place: Span | null): void {
  const tree = parser.parse(code);
  const outer = m.frame;
  const fault = tree.errors[0];
  if (fault) {
    m.findings.push({ code: 'call-syntax', severity: 'error', message: `the call cannot be read: ${fault.message}`, span: place ?? { start: 0, end: 0 }, related: [] });
    return;
  }
  offerDocument(m);
  const scope = new Scope('module', null, '', { name: m.module.name, path: '<call>', tree, recorded: false });
  m.frame.scope.root.bindings.copyTo(scope.bindings);
  if (!scope.bindings.has('torch')) scope.bindings.set('torch', importModule(m, 'torch', place ?? m.module.tree.body[0] ?? { start: 0, end: 0 }));
  m.frame = new Frame(scope, '<call>', null, null, null, place);
  try {
    for (const statement of tree.body) execute(m, statement);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    reportRefusal(m, error);
  } finally {
    m.frame = outer;
    m.recorder.restart();
  }
}

/** What a name or parameter that nothing gives a value is; text that is no expression pins nothing. */
export function pin(m: Machine, parser: PythonParser, name: string, text: string): void {
  const [statement] = parser.parse(text).body;
  if (statement?.kind === 'Expr') m.pinned.set(name, silently(m, () => evaluate(m, statement.value)));
}

/** An exception that a module of torch raises for what it is given, and that nothing catches. */
export function reportRefusal(m: Machine, error: PythonRaise): void {
  if (error.place) m.report('module-refuses', 'error', `${error.type}: ${error.message}`, error.place);
}
