/** Recorded expressions by place and by name. */
import type { Expr, Span } from '../python/ast';
import type { RecordedNode } from '../interpreter/state/recorder';
import { contains } from '../python/spans';
import type { Recordings } from './seen';

const byStart = new WeakMap<Recordings, readonly RecordedNode[]>();

/** What was evaluated within the span, the outermost first where they start alike. */
export function expressionsWithin(recordings: Recordings, span: Span): RecordedNode[] {
  let nodes = byStart.get(recordings);
  if (!nodes) byStart.set(recordings, (nodes = [...recordings.keys()].sort((a, b) => a.start - b.start || b.end - a.end)));
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle]!.start < span.start) low = middle + 1;
    else high = middle;
  }
  const found: RecordedNode[] = [];
  for (let at = low; at < nodes.length && nodes[at]!.start < span.end; at++) if (contains(span, nodes[at]!)) found.push(nodes[at]!);
  return found;
}

/** Names, attributes and parameters by what they are called last: `weight` for `self.weight`. */
export function namedNodes(recordings: Recordings): Map<string, RecordedNode[]> {
  const found = new Map<string, RecordedNode[]>();
  for (const node of recordings.keys()) {
    const name = nameOf(node);
    if (name === null) continue;
    const list = found.get(name);
    if (list) list.push(node);
    else found.set(name, [node]);
  }
  return found;
}

/** Those that a comment's `name` means: all of it where it is dotted. */
export function nodesNamed(names: ReadonlyMap<string, RecordedNode[]>, name: string, source: string): RecordedNode[] {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const all = names.get(last) ?? [];
  return name === last ? all : all.filter((node) => source.slice(node.start, node.end) === name);
}

export function nameOf(node: RecordedNode): string | null {
  switch (node.kind) {
    case 'Name': return node.id;
    case 'Attribute': return node.attr;
    case 'arg': return node.arg;
    default: return null;
  }
}

/** What a subscript or attribute is taken of, down to the first. */
export function baseOf(node: Expr): Expr {
  let at = node;
  while (at.kind === 'Subscript') at = at.value;
  return at;
}
