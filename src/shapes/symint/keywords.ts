/**
 * Words that cannot name a symbol in rendered Python, because Python or our own rendering gives them a meaning.
 * Source: https://docs.python.org/3/reference/lexical_analysis.html#keywords
 */
const RESERVED = new Set((
  'False None True and as assert async await break class continue def del elif else except finally for from global if '
  + 'import in is lambda nonlocal not or pass raise return try while with yield min max'
).split(' '));

export function isReservedWord(word: string): boolean {
  return RESERVED.has(word);
}
