/** Comments that go on with a value which the comment above them began: `# tensor([[1, 2],` and below it `#         [3, 4]])`. */
import type { Comment, Module } from '../python/ast';
import { lineStart } from './places';

/** A value that stays open for longer is a bracket that was forgotten. */
const MAX_LINES = 200;

export function continuedComments({ source, comments }: Module): ReadonlySet<Comment> {
  const found = new Set<Comment>();
  let open = 0;
  let lines = 0;
  let before: Comment | null = null;
  for (const comment of comments) {
    const goesOn = open > 0 && lines < MAX_LINES && before !== null && isNextLine(source, before, comment);
    if (goesOn) found.add(comment);
    else open = lines = 0;
    open = Math.max(0, open + balance(comment.text));
    lines++;
    before = comment;
  }
  return found;
}

/** The comment below one that ends in the word shape: `# x of shape (B, N) and weights of shape`. */
export function announcedComment({ source, comments }: Module, comment: Comment): Comment | null {
  const next = comments[comments.indexOf(comment) + 1];
  return next && /\b[Ss]hapes?(?:\s+of)?$/.test(comment.text) && isNextLine(source, comment, next) ? next : null;
}

/** Whether nothing but the comment stands on the line below the other. */
function isNextLine(source: string, before: Comment, comment: Comment): boolean {
  return /^[^\n]*\n[ \t]*$/.test(source.slice(before.end, comment.start)) && source.slice(lineStart(source, comment.start), comment.start).trim() === '';
}

/** Square brackets: round ones stand open in prose too. */
function balance(text: string): number {
  return (text.match(/\[/g)?.length ?? 0) - (text.match(/\]/g)?.length ?? 0);
}
