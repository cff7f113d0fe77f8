/** Places as a terminal shows them: `12:5`, and in a notebook `cell 3:12:5`, with lines and columns from 1. */
import type { DocumentPosition } from '../documents/document';

export function placeText(position: DocumentPosition): string {
  const cell = cellText(position);
  return `${cell === null ? '' : `${cell}:`}${position.line + 1}:${position.character + 1}`;
}

/** `line 12`, `line 12 of cell 3`. */
export function lineText(position: DocumentPosition): string {
  const cell = cellText(position);
  return `line ${position.line + 1}${cell === null ? '' : ` of ${cell}`}`;
}

/** `cell 3`, of all kinds counted from 1; null outside of notebooks. */
export function cellText({ cell, output }: DocumentPosition): string | null {
  if (cell === undefined) return null;
  return `cell ${cell + 1}${output === undefined ? '' : ` output ${output + 1}`}`;
}
