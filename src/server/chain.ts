/** The receivers of a chain of calls, as a small table in the hover. */
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { Expr } from '../shapes/python/ast';
import { code, escape, oneLine } from './markdown';
import type { OpenFile } from './openFile';
import { t } from './translation';
import { valuesText } from './valueText';

/** Steps of a chain that a hover lists. */
const MAX_STEPS = 12;
const MAX_STEP = 48;

/** Empty where the expression is no chain: what one operation does is said by its rule. */
export function chainTable(file: OpenFile, node: Expr): string {
  const steps = chain(file, node);
  if (steps.filter((step) => step.node.kind === 'Call' || step.node.kind === 'Subscript').length < 2) return '';
  const rows = steps.slice(-MAX_STEPS).map((step) => {
    const shown = step === steps[0] ? oneLine(file.document.source.slice(step.node.start, step.node.end)) : stepText(file, step.node as Expr);
    return `| ${code(shown.length > MAX_STEP ? `${shown.slice(0, MAX_STEP - 3)}…` : shown)} | ${escape(valuesText(file.analysis, step))} |`;
  });
  return [`| ${t('step')} | ${t('value')} |`, '| :-- | :-- |', ...rows].join('\n');
}

/** From the innermost on: `x`, `x.permute(…)`, `x.permute(…).contiguous()`. */
function chain(file: OpenFile, node: Expr): Recording[] {
  const steps: Recording[] = [];
  for (let at: Expr | null = node; at; at = receiver(at)) {
    const recording = file.analysis.recordings.get(at);
    if (recording && isStep(recording)) steps.push(recording);
  }
  return steps.reverse();
}

/** What only leads to the first step is none: a module, a method, `self`. */
const LEADS = new Set(['module', 'method', 'builtin', 'instance', 'class', 'function']);

function isStep(recording: Recording): boolean {
  return recording.seen.some((seen) => seen.type !== 'value' || !LEADS.has(seen.value.kind));
}

function receiver(node: Expr): Expr | null {
  switch (node.kind) {
    case 'Call': return node.func.kind === 'Attribute' ? node.func.value : null;
    case 'Attribute': case 'Subscript': return node.value;
    default: return null;
  }
}

/** The step alone, without what it is applied to: `.permute(1, 2, 0)`. */
function stepText(file: OpenFile, node: Expr): string {
  const inner = node.kind === 'Name' ? null : receiver(node);
  return oneLine(file.document.source.slice(inner ? inner.end : node.start, node.end));
}
