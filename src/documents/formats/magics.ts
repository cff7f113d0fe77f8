// IPython's own syntax, blanked in place so that offsets stay: `%magic`, `!command`, `%%cell` magics, `name?`.
import { readLogicalLine } from '../recognition/logical-line';
import type { Lines } from '../recognition/chunks';
import type { CodeLine } from '../regions';

/** Cell magics whose body is still Python of this notebook. */
const pythonCellMagics = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'pypy']);

const lineMagic = /^\s*(?:%|!|\?)|^\s*[\w.]+\s*=\s*(?:!|%\w)|^\s*[\w.]+\?\??\s*$/;

/** @param from the first line of the cell @param to behind the last */
export function cellLines(lines: Lines, from: number, to: number): CodeLine[] {
  const taken: CodeLine[] = [];
  let first = from;
  while (first < to && lines.lineText(first).trim() === '') first++;
  const cellMagic = first < to ? /^%%\s*(\w*)/.exec(lines.lineText(first)) : null;
  const allBlank = cellMagic !== null && !pythonCellMagics.has(cellMagic[1]!);
  for (let line = from; line < to; ) {
    const text = lines.lineText(line);
    if (allBlank || (line === first && cellMagic) || lineMagic.test(text)) {
      taken.push(blanked(lines, line, allBlank));
      line++;
      continue;
    }
    const count = readLogicalLine((offset) => (line + offset < to ? lines.lineText(line + offset) : null), to - line);
    const end = count.complete ? Math.min(to, line + count.lines) : line + 1;
    for (; line < end; line++) taken.push({ start: lines.lineStart(line), end: lines.lineEnd(line) });
  }
  return taken;
}

/** An indented magic may be all that its suite has: `pass` keeps the suite where there is room for it. */
function blanked(lines: Lines, line: number, all: boolean): CodeLine {
  const text = lines.lineText(line);
  const indent = text.length - text.trimStart().length;
  const word = indent > 0 && !all && text.length - indent >= 4 ? 'pass' : '';
  return { start: lines.lineStart(line), end: lines.lineEnd(line), replacement: (text.slice(0, indent) + word).padEnd(text.length) };
}
