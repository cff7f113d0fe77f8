/** What to say of text that is no statement. */
import type { Span, SyntaxFault } from '../ast';
import type { LogicalLine } from '../lines';
import type { GrammarError } from '../syntaxTree';

const SHOWN = 30;
/** An operator at the end. */
const DANGLING = /(?:\*\*|\/\/|<<|>>|->|[-+*/%@&|^<>!=]?=|[-+*/%@&|^<>.,~]|\b(?:and|or|not|in|is|if|else|lambda))$/;
/** A sentence: words side by side. */
const PROSE = /[A-Za-z]+ [A-Za-z]+ [A-Za-z]/;

/**
 * @param span the text that is no statement
 * @param line the logical line that it is (part) of, which knows of brackets and strings
 * @param error where the grammar failed, in the source's offsets
 */
export function describe(source: string, span: Span, line: LogicalLine, error: GrammarError | null): SyntaxFault {
  const fault = line.fault;
  if (fault && fault.start >= span.start && fault.end <= span.end) return Object.freeze({ ...fault, message: `${fault.message}, in '${shorten(source.slice(span.start, span.end))}'` });
  if (!error) return faultOf(span, `'${shorten(source.slice(span.start, span.end))}' is no Python statement`);
  const dangling = DANGLING.exec(source.slice(span.start, span.end));
  if (dangling && dangling.index > 0 && !(dangling[0] === '.' && PROSE.test(source.slice(span.start, span.end)))) return faultOf({ start: span.start + dangling.index, end: span.end }, `something is missing after '${dangling[0]}'`);
  const start = Math.min(Math.max(error.start, span.start), span.end);
  const end = Math.min(Math.max(error.end, start), span.end);
  const before = source.slice(span.start, start).trimEnd();
  const found = source.slice(start, end).trim();
  if (error.missing && before) return faultOf({ start, end: Math.max(end, Math.min(start + 1, span.end)) }, `${expected(error.missing)} is missing after '${lastOf(before)}'`);
  if (found === '' && before) return faultOf(span, `something is missing after '${lastOf(before)}'`);
  if (!before || found === '') return faultOf(span, `'${shorten(source.slice(span.start, span.end))}' is no Python statement`);
  return faultOf({ start, end }, `'${shorten(found)}' does not fit here, after '${lastOf(before)}'`);
}

export function faultOf(span: Span, message: string): SyntaxFault {
  return Object.freeze({ start: span.start, end: span.end, message });
}

function expected(missing: string): string {
  if (missing.startsWith("'")) return missing;
  return missing === 'identifier' ? 'a name' : missing.includes('newline') ? 'the end of the line' : `a ${missing.replaceAll('_', ' ')}`;
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function lastOf(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `…${line.slice(-SHOWN)}` : line;
}
