// What printed values look like. Every test here is about the form of a line alone; `output-lines.ts` decides from what
// stands around it.
import { isNote, readItem } from '../printed/values';

/** `Output`, `输出结果:`, `Out[3]:`, alone on a line or before the value. */
const marker = /^\s*(?:(?:the\s+)?(?:printed\s+)?(?:outputs?|out|results?|prints)(?:\s+(?:is|are))?(?:\s+as\s+follows)?\s*[::]?|(?:运行|打印|输出)?(?:输出|结果)(?:如下|为|是)*(?:所示)?\s*[::]?)\s*$/i;
const numberedMarker = /^\s*Out\s*\[\s*\d*\s*\]\s*:[ \t]?/;

/** The column behind a marker that introduces an output; null if the line has none. */
export function outputMarker(line: string): number | null {
  const numbered = numberedMarker.exec(line);
  if (numbered) return numbered[0].length;
  return marker.test(line) ? line.length : null;
}

const tensorHead = /(?:^|[^\w.])(?:tensor\s*\(\s*(?:\[|-?[\d.]|nan|inf|True|False)|torch\.Size\s*\(\s*\[|Parameter containing:|array\s*\(\s*\[)/;

/**
 * A line that begins, or whose label is followed by, a tensor or a size, and that holds nothing else but notes.
 * @param wordy a label may be words without a colon, which a sentence may be too
 * @returns the offset at which the last value on it ends (maybe lines further down), null if the line is no such line
 */
export function tensorLineEnd(text: string, start: number, end: number, wordy: boolean): number | null {
  const line = text.slice(start, end);
  const head = tensorHead.exec(line);
  if (!head) return null;
  const column = head.index + (/^\w/.test(head[0]) ? 0 : 1);
  return isLabel(line.slice(0, column), wordy) ? valuesEnd(text, start + column, end) : null;
}

/** Reads values and what separates them up to a line's end; null if other text is left. */
function valuesEnd(text: string, from: number, lineEnd: number): number | null {
  let at = from;
  let last = from;
  let end = lineEnd;
  while (at < end) {
    const item = readItem(text, at, at);
    if (item) {
      at = last = item;
      const newline = text.indexOf('\n', at);
      end = newline < 0 ? text.length : newline;
    } else if (isNote(text, at)) {
      return Math.max(last, end);
    } else if (/[\s,;:=+\-*/|()[\]{}>'"]/.test(text[at]!)) {
      at++;
    } else {
      return null;
    }
  }
  return last > from ? Math.max(last, end) : null;
}

/** What may stand before a printed value on its line: nothing, or a few words; a sentence is none. */
function isLabel(label: string, wordy: boolean): boolean {
  const trimmed = label.trim();
  if (trimmed === '' || /^[\])},({[]+$/.test(trimmed)) return true;
  // `print(x.shape)  # Output: …`: code with a comment.
  if (/^[^#]*[=(][^#]*#(?!\d)/.test(trimmed)) return false;
  if (/[。,;?!]|[.;?!]\s/.test(trimmed) || trimmed.length > 60 || /^(?:\d+[.)]|[-*•])\s/.test(trimmed)) return false;
  if (trimmed.split(/[([{]/).length !== trimmed.split(/[)\]}]/).length) return false;
  return /[:=:,]$/.test(trimmed) || wordy && /^[\w.()[\]]+(?:\s+[\w.()[\]]+){0,4}$/.test(trimmed);
}

/** A line of words that ends as a label does. */
export function isLabelLine(line: string): boolean {
  return /[:=:]\s*$/.test(line) && isLabel(line, false);
}

const scalar = String.raw`[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|nan|inf)|True|False|None`;
const plain = new RegExp(String.raw`^\s*(?:${scalar})(?:[\s,]+(?:${scalar}))*\s*(?:#.*)?$`);
const bracketed = /^\s*(?:\(\s*-?\d[\d\s,.+\-e]*\)|\[+\s*-?\d[\d\s,.+\-e[\]]*)\s*(?:#.*)?$/;
const typeLine = /^\s*(?:torch\.(?:float|int|uint|bool|complex|bfloat)\w*|<class '[^'\n]*'>|<[\w.]+ object at 0x[\da-f]+>|torch\.\w*Tensor)\s*$/;
const labelled = new RegExp(String.raw`^[^#\n]{1,60}?[:=]\s*(?:(?:${scalar})(?:[\s,]+(?:${scalar}))*|[([][-\d\s,.+e()[\]]*[)\]])\s*(?:#.*)?$`);
const moduleLine = /^\s*(?:\(\w+\): )?[A-Z]\w*\((?:\s*$|\w+=)/;

/** Numbers, lists, dtypes, modules: values in form, but only where a value is expected. */
export function isPlainValue(line: string): boolean {
  return plain.test(line) || bracketed.test(line) || typeLine.test(line) || moduleLine.test(line) || (labelled.test(line) && isLabel(line.slice(0, line.search(/[:=]/) + 1), false));
}

/**
 * A module with others in it, as torch prints it: `Net(`, then `(fc): Linear(…)` on a line each.
 * @returns the line of its closing parenthesis; null if no module starts on the line
 */
export function moduleEnd(line: (number: number) => string | null, first: number): number | null {
  const head = /^(\s*)[A-Z]\w*\(\s*$/.exec(line(first) ?? '');
  if (!head || !/^\s+\(\w+\): \w+\(/.test(line(first + 1) ?? '')) return null;
  for (let number = first + 1; line(number) !== null; number++) if (line(number)!.trimEnd() === `${head[1]})`) return number;
  return null;
}

/** Brackets that a print put around or between values. */
export function isPunctuation(line: string): boolean {
  return /^\s*[\])},({[=|*+-]+\s*$/.test(line);
}
