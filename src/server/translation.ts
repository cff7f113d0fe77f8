/**
 * Texts in the reader's language. The server's own sentences go through `t`. What the engine says is English, as Python's and
 * torch's own messages are, and is translated as it leaves the server: matched with the templates that the bundle translates.
 */
import * as l10n from '@vscode/l10n';

export { t } from '@vscode/l10n';

/** A text with placeholders: the parts around them, `{0} has no rule` → `['', ' has no rule']`. */
interface Template { readonly parts: readonly string[]; readonly places: readonly number[]; readonly translation: string }

/** Templates with less text of their own would match what they do not mean. */
const MIN_LETTERS = 2;
/** Those with less may still: `{0} of {1}: {2}` fits many a sentence. What stands at their places is no English then. */
const MANY_LETTERS = 12;
/** Texts within texts: a reason within a message within a condition. */
const MAX_DEPTH = 4;
const MAX_KEPT = 2000;
const SEPARATORS = ['; ', ': '] as const;
/** What joins an addition that is translated as a whole: `, the classes`. */
const JOINTS = ['; ', ', ', ': '];

let texts: Readonly<Record<string, string>> = {};
let templates: readonly Template[] = [];
const kept = new Map<string, string>();

/** @param bundle texts and their translations; empty for English */
export function useBundle(bundle: Readonly<Record<string, string>>): void {
  l10n.config({ contents: bundle });
  texts = bundle;
  kept.clear();
  // The most specific first.
  templates = Object.entries(bundle).filter(([text]) => /\{\d\}/.test(text)).map(([text, translation]) => template(text, translation))
    .filter(({ parts }) => lengthOf(parts) >= MIN_LETTERS).sort((a, b) => lengthOf(b.parts) - lengthOf(a.parts));
}

/** What the engine said. Parts that no template knows stay as they are. */
export function translated(text: string): string {
  if (templates.length === 0) return text;
  let found = kept.get(text);
  if (found === undefined) {
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(text, (found = within(text, 0)));
  }
  return found;
}

function within(text: string, depth: number): string {
  // A single word is a name of the code sooner than one of ours.
  if (depth > MAX_DEPTH || !/[A-Za-z] |\d [a-z]| [A-Za-z]/.test(text)) return text;
  if (Object.hasOwn(texts, text)) return texts[text]!;
  for (const each of templates) {
    const values = match(each, text)?.map((value) => ({ value, own: within(value, depth + 1) }));
    if (!values || (lengthOf(each.parts) < MANY_LETTERS && values.some(({ value, own }) => own === value && isProse(value)))) continue;
    return each.translation.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)]?.own ?? '');
  }
  return separated(text, depth);
}

/** Words one after the other that are no quotation of the code. */
function isProse(text: string): boolean {
  return /[a-z]{2,} [a-z]{2,}/.test(text.replace(/['`"][^'`"]*['`"]/g, ''));
}

/** `matmul: the reason`, each side on its own; an addition that has a translation with what joins it. */
function separated(text: string, depth: number): string {
  const addition = JOINTS.map((joint) => text.slice(text.indexOf(joint))).find((each) => each !== text && Object.hasOwn(texts, each));
  if (addition !== undefined) return within(text.slice(0, -addition.length), depth + 1) + texts[addition]!;
  for (const separator of SEPARATORS) {
    const at = text.indexOf(separator);
    if (at < 0) continue;
    const sides = [text.slice(0, at), text.slice(at + separator.length)] as const;
    const own = sides.map((side) => within(side, depth + 1));
    if (own.some((side, i) => side !== sides[i])) return l10n.t(`{0}${separator}{1}`, ...own);
  }
  return text;
}

function template(text: string, translation: string): Template {
  const pieces = text.split(/\{(\d)\}/);
  return { parts: pieces.filter((_, i) => i % 2 === 0), places: pieces.filter((_, i) => i % 2 === 1).map(Number), translation };
}

const lengthOf = (parts: readonly string[]): number => parts.join('').trim().length;

/** What stands at the placeholders, each as short as can be; null where the text is another. No backtracking: linear in the text. */
function match({ parts, places }: Template, text: string): readonly string[] | null {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return null;
  const values: string[] = [];
  const end = text.length - last.length;
  let at = first.length;
  for (let i = 0; i < places.length; i++) {
    const next = i === places.length - 1 ? end : text.indexOf(parts[i + 1]!, at);
    if (next < at || next > end) return null;
    values[places[i]!] = text.slice(at, next);
    at = next + parts[i + 1]!.length;
  }
  return values;
}
