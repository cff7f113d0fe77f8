/** What a method does to the object that it is called on. */
import type * as ast from '../../python/ast';
import { walk } from '../../python/walk';
import type { FunctionValue } from '../../values/values';

/** The attributes of its receiver that a method sets, but those that it only moves to another device. */
export function setOnSelf(def: FunctionValue['def']): Set<string> {
  const names = new Set<string>();
  const receiver = def.args.args[0]?.arg;
  walk(def, (node) => {
    if (node.kind !== 'Assign') return true;
    for (const target of node.targets) if (target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === receiver && !isMoved(node, target)) names.add(target.attr);
    return true;
  });
  return names;
}

/** `self.scale = self.scale.to(device)`: as it was, elsewhere. */
function isMoved({ value }: ast.Assign, target: ast.Attribute): boolean {
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || !['to', 'cuda', 'cpu'].includes(value.func.attr)) return false;
  const moved = value.func.value;
  return moved.kind === 'Attribute' && moved.attr === target.attr && moved.value.kind === 'Name' && moved.value.id === (target.value as ast.Name).id;
}
