/** A node's own text. */
import type { Span } from './ast';

export function textOf(source: string, node: Span): string {
  return source.slice(node.start, node.end);
}
