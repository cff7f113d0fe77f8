/** Context managers that may swallow what is raised in their suite, where a fault is no finding: it may be on purpose. */
import type { Expr } from '../python/ast';
import { walk } from '../python/walk';
import { lookupInClass } from '../interpreter/calls/classes';
import { dottedName } from '../interpreter/calls/functions';
import type { Value } from '../values/values';

/** pytest.raises, unittest's assertRaises and its like, contextlib.suppress. */
const EXPECTING = /(?:^|\.)(?:raises|assert_?[rR]aises\w*|suppress)$/;

export function maySwallow(node: Expr, manager: Value): boolean {
  const name = node.kind === 'Call' ? dottedName(node.func) : null;
  if (manager.kind === 'unknown' || (name !== null && EXPECTING.test(name))) return true;
  const exit = manager.kind === 'instance' ? lookupInClass(manager.cls, '__exit__') : null;
  if (exit?.kind !== 'function') return false;
  let returns = false;
  // None and False let it pass.
  walk(exit.def, (each) => {
    if (each.kind === 'Return' && each.value !== null && !(each.value.kind === 'Constant' && (each.value.value.type === 'None' || (each.value.value.type === 'bool' && !each.value.value.value)))) returns = true;
    return !returns && (each === exit.def || each.kind !== 'FunctionDef');
  });
  return returns;
}
