/** Parameters of a module's class and the operations that a function takes. */
import { flops } from '../shapes/graph/cost';
import type { NodeRef } from '../shapes/graph/graph';
import type { Recording, Seen } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import { argsOf } from '../shapes/evidence/places';
import type { ClassDef, Expr, FunctionDef } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { shapeText } from '../shapes/values/text';
import { render } from '../shapes/symint/render';
import { evaluate } from '../shapes/symint/symint';
import type { SymInt } from '../shapes/symint/symint';
import type { TracedFile } from '../project/tracedFile';
import { countText } from './memory';
import { t } from './translation';

/** Names and numbers of a formula that a line has room for. */
const MAX_WEIGHT = 10;
/** Parameters of a layer that a hover lists; those of a deep LSTM are counted only. */
const MAX_LISTED = 4;

/** `27,936 parameters`; null where the class was never made, is no module or has none. */
export function parametersOfClass(file: TracedFile, node: ClassDef): string | null {
  let best: { count: SymInt; context: string } | null = null;
  for (const { seen, context } of file.analysis.recordings.values()) {
    for (const each of seen) {
      const count = each.type === 'value' && each.value.kind === 'instance' && each.value.cls.def === node ? each.parameters : null;
      // The first argument of a method that comes later has all; that of the constructor has none yet.
      if (count && count.value !== 0) best = { count, context };
    }
  }
  return best && parametersText(file, best.count, best.context);
}

/** Of a module that an expression is, and of a layer what they are: `30,840 parameters: weight (120, 256), bias (120,)`; null for anything else. */
export function parametersAt(file: TracedFile, { seen, context }: Recording): string | null {
  const last = seen.at(-1);
  if (last?.type !== 'value' || !last.parameters || last.parameters.value === 0) return null;
  const count = parametersText(file, last.parameters, context);
  const own = last.state?.modules.size === 1 ? last.state.tensors.filter(({ tensor }) => tensor.isParameter) : [];
  if (own.length === 0 || own.length > MAX_LISTED) return count;
  const shapes = own.map(({ name, tensor }) => `${name} ${shapeText(tensor.shape, namesIn(file.analysis, context))}`).join(', ');
  return count ? t('{0}: {1}', count, shapes) : shapes;
}

function parametersText(file: TracedFile, count: SymInt, context: string): string | null {
  const text = quantity(file, count, context);
  return text && t('{0} parameters', text);
}

/** `1.2 GFLOPs`; null where nothing is multiplied, or a size is not known. */
export function flopsOfFunction(file: TracedFile, node: FunctionDef): string | null {
  const { recordings, graph } = file.analysis;
  const outputs = returnsOf(node).flatMap((value) => nodesOf(recordings.get(value)?.seen.at(-1)));
  if (outputs.length === 0) return null;
  const inputs = argsOf(node.args).flatMap((arg) => (recordings.get(arg)?.seen ?? []).flatMap((seen) => nodesOf(seen)));
  const cost = flops(graph, outputs.slice(-1), new Set(inputs.map((ref) => ref.node)));
  const context = [...recordings.values()].find((recording) => argsOf(node.args).some((arg) => arg === recording.node))?.context ?? '<module>';
  const text = cost === null || cost.value === 0 ? null : quantity(file, cost, context);
  return text && t('{0} FLOPs', text);
}

/** A number, else the sizes it is made of where that is short, and what it is for the defaults; null where neither says anything. */
function quantity(file: TracedFile, count: SymInt, context: string): string | null {
  if (count.value !== null) return countText(count.value);
  const byDefaults = evaluate(count, (symbol) => symbol.hint);
  const formula = count.weight <= MAX_WEIGHT ? render(count, namesIn(file.analysis, context)) : null;
  if (byDefaults === null) return formula;
  return formula === null ? t('by the defaults {0}', countText(byDefaults)) : t('{0} (by the defaults {1})', formula, countText(byDefaults));
}

function nodesOf(seen: Seen | undefined): NodeRef[] {
  switch (seen?.type) {
    case 'Tensor': return seen.tensor.node ? [seen.tensor.node] : [];
    case 'sequence': return seen.items?.flatMap(nodesOf) ?? [];
    case 'union': return seen.options.flatMap(nodesOf);
    default: return [];
  }
}

export function returnsOf(node: FunctionDef): Expr[] {
  const values: Expr[] = [];
  walk(node, (each) => {
    if (each !== node && (each.kind === 'FunctionDef' || each.kind === 'ClassDef' || each.kind === 'Lambda')) return false;
    if (each.kind === 'Return' && each.value) values.push(each.value);
    return true;
  });
  return values;
}
