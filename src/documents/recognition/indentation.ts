// Gives a pasted chunk the indentation that Python needs. A chunk may start indented (a method without its class), its first
// line may have lost what the others have, or it may end further left than it began: each statement gets the level that its
// own indentation has among those around it. Well-indented code comes out unchanged.
import type { Candidate } from './candidate';

interface Level { /** Width in the document. */ readonly written: number; /** Width in the module text. */ readonly width: number }

/** @param base the width that the chunk's outermost level gets @returns the width for each statement and comment */
export function indentWidths(chunk: readonly Candidate[], base: number): Map<Candidate, number> {
  const widths = new Map<Candidate, number>();
  let levels: Level[] = [];
  let header = false;
  for (const candidate of chunk) {
    if (candidate.kind === 'comment') continue;
    const { indent } = candidate;
    if (levels.length === 0) levels = [{ written: indent, width: base }];
    let top = levels.at(-1)!;
    if (indent > top.written) {
      if (header) levels.push({ written: indent, width: top.width + indent - top.written });
      // Deeper without a header: the lines before lost their indentation, or this is a slip of one level.
      else if (levels.length === 1) levels = [{ written: indent, width: base }];
    } else {
      while (levels.length > 0 && levels.at(-1)!.written > indent) top = levels.pop()!;
      if (levels.length === 0) levels = [{ written: indent, width: base }];
      else if (levels.at(-1)!.written < indent) levels.push({ written: indent, width: top.width });
    }
    widths.set(candidate, levels.at(-1)!.width);
    header = candidate.opensSuite;
  }
  // Comments move with the statement that follows them.
  let shift = 0;
  for (const candidate of [...chunk].reverse()) {
    if (candidate.kind === 'comment') widths.set(candidate, Math.max(0, candidate.indent + shift));
    else shift = widths.get(candidate)! - candidate.indent;
  }
  return widths;
}
