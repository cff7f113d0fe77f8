/** What the grammar is given instead of the source: text of the same length, so that positions stay true. */

const UNUSUAL_SPACE = /[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]/g;
/** `type (x).y = z` assigns; the grammar takes it for a type alias. No alias is named by parentheses. */
const TYPE_CALL = /^([ \t\f]*)type(?=[ \t]*\()/gm;
/** `f'{title:=^40}'` fills with `=`; the grammar takes `:=` for an assignment. None is followed by `^`, `<` or `>`. */
const FILL = /(\{\s*[A-Za-z_]\w*:)=(?=[<>^])/g;
const LONE_RETURN = /\r(?!\n)/g;

/** Web pages have spaces that are none to Python; Python ends a line at a lone carriage return, the grammar does not. */
export function normalize(source: string): string {
  let text = source;
  if (text.charCodeAt(0) === 0xfeff) text = `\f${text.slice(1)}`;
  text = text.replace(UNUSUAL_SPACE, ' ').replace(LONE_RETURN, '\n');
  if (text.includes(':=')) text = text.replace(FILL, '$1 ');
  return text.includes('type') ? text.replace(TYPE_CALL, '$1typ_') : text;
}
