/** The text that a string literal stands for (https://docs.python.org/3.11/reference/lexical_analysis.html#string-and-bytes-literals). */

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '', '\\': '\\', "'": "'", '"': '"', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
};
const ESCAPE = /\\(?:(\n|[\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}]*\})/g;
/** Stands for a character given by its Unicode name: the names are not at hand, and the length stays right. */
const UNNAMED = '\uFFFD';

/** @param raw the literal's text between its quotes, or a part of it between the braces of an f-string */
export function decode(raw: string, isRaw: boolean, isFormat: boolean): string {
  let text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  if (isFormat && /[{}]/.test(text)) text = text.replaceAll('{{', '{').replaceAll('}}', '}');
  if (isRaw || !text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, simple?: string, octal?: string, byte?: string, short?: string, long?: string) => {
    if (simple !== undefined) return SIMPLE[simple]!;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const hex = byte ?? short ?? long;
    if (hex === undefined) return UNNAMED;
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : UNNAMED;
  });
}
