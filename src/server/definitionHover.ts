/** Hover on the name of a class or function where it is defined: what it makes of what, its parameters and operations. */
import type { Hover, Position } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { ClassDef, FunctionDef } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { offsetOf, rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import { classTitle, functionTitle } from './codeLens';
import { codeBlock, escape } from './markdown';
import { flopsOfFunction } from './moduleCost';
import type { OpenFile } from './openFile';

export function definitionHover(file: OpenFile, position: Position): Hover | null {
  const node = definitionAt(file, position);
  if (!node) return null;
  const lines = node.kind === 'ClassDef' ? classLines(file, node) : functionLines(file, node);
  return lines.length === 0 ? null : { contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') }, range: rangeOf(file, node.nameSpan) };
}

function definitionAt(file: OpenFile, position: Position): ClassDef | FunctionDef | null {
  const at = offsetOf(file, position);
  const offset = at === null ? null : file.document.map.toSource(at);
  let found: ClassDef | FunctionDef | null = null;
  if (offset !== null) walk(file.analysis.tree, (node) => {
    if (node.start > offset || node.end < offset) return false;
    if ((node.kind === 'ClassDef' || node.kind === 'FunctionDef') && node.nameSpan.start <= offset && offset <= node.nameSpan.end) found = node;
    return found === null;
  });
  return found;
}

function functionLines(file: OpenFile, node: FunctionDef): string[] {
  const title = functionTitle(file, node);
  if (title === null) return [];
  const shown = counterpartOf(file.chosen, node);
  const alone = file.alone?.made;
  // Beside the numbers that callers give, the function's own names.
  const chosen = file.chosen || !alone ? functionTitle(file.chosen ?? file, shown) : functionTitle(alone, counterpartOf(alone, node));
  const cost = flopsOfFunction(file.chosen ?? file, shown);
  return [codeBlock(`${node.name}: ${title}${chosen && chosen !== title ? `\n    = ${chosen}` : ''}`), ...(cost ? [escape(cost)] : [])];
}

function classLines(file: OpenFile, node: ClassDef): string[] {
  const title = classTitle(file.chosen ?? file, counterpartOf(file.chosen, node));
  return title ? [codeBlock(`class ${node.name}`), escape(title)] : [];
}

/** The same definition in the tree of another trace. */
function counterpartOf<T extends ClassDef | FunctionDef>(other: TracedFile | null, node: T): T {
  let found: T | null = null;
  if (other) walk(other.analysis.tree, (each) => {
    if (each.start > node.start || each.end < node.end) return false;
    if (each.kind === node.kind && each.start === node.start && each.end === node.end) found = each as T;
    return true;
  });
  return found ?? node;
}
