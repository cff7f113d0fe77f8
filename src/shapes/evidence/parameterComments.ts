/** Comments that speak of a parameter: beside it in the head of the function, or naming it in the first lines of the body. */
import type { Comment, FunctionDef, Module } from '../python/ast';
import type { ParameterClaim } from './claim';
import { readPhrases } from './phrase';
import type { Phrase } from './phrase';
import { argsOf, isDocstring, lineStart } from './places';

/** By the parameter's name; the first comment that speaks of it decides. */
export function commentClaims(def: FunctionDef, { comments, source }: Module): Map<string, ParameterClaim> {
  const found = new Map<string, ParameterClaim>();
  const bodyStart = firstCode(def);
  for (const comment of comments) {
    if (comment.start < def.start || comment.start > bodyStart.end) continue;
    for (const phrase of readPhrases(comment.text)) {
      const [shape] = phrase.shapes;
      if (phrase.shapes.length !== 1) continue;
      for (const name of subjectsOf(def, comment, phrase, source, bodyStart.start)) {
        if (!found.has(name)) found.set(name, { shape: shape!, type: shape!.sizes.length > 2 ? 'tensor' : null, dtype: null, from: 'comment', span: comment });
      }
    }
  }
  return found;
}

/** Up to where a parameter is still what was given: the end of the line of the head, and the comments before the first statement. */
function firstCode({ body, end }: FunctionDef): { start: number; end: number } {
  const [first, second] = body;
  const start = (first && isDocstring(first) ? second : first)?.start ?? end;
  return { start, end: start };
}

function subjectsOf(def: FunctionDef, comment: Comment, { subjects }: Phrase, source: string, bodyStart: number): string[] {
  const args = argsOf(def.args);
  if (subjects.length > 0) return subjects.filter((name) => args.some(({ arg }) => arg === name));
  const from = lineStart(source, comment.start);
  if (comment.start >= bodyStart || source.slice(from, comment.start).trim() === '') return [];
  const beside = args.filter(({ start, end }) => start >= from && end <= comment.start);
  // Behind the head's end it may be what the function returns.
  return beside.length === 1 && !/(?:\)|:)\s*$/.test(source.slice(from, comment.start)) ? [beside[0]!.arg] : [];
}
