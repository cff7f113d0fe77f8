/**
 * Comments that suppress findings: `# shapelens: ignore[code, …]`, or `ignore` alone for every code, at the end of a line
 * of the finding or on a line of its own above the statement; `ignore-file` speaks of the whole document. A code in one
 * that no diagnostic has is pointed out: it would suppress nothing.
 */
import type { Finding } from './finding';
import { placedStatements } from '../evidence/places';
import type { Comment, Module, Span } from '../python/ast';
import { CODES } from './codes';

interface Ignore {
  readonly comment: Comment;
  /** null: every code. */
  readonly codes: readonly { readonly code: string; readonly span: Span }[] | null;
  readonly wholeFile: boolean;
}

export function withoutIgnored(tree: Module, findings: readonly Finding[]): readonly Finding[] {
  const ignores = tree.comments.flatMap((comment) => ignoreOf(comment, tree.source));
  if (ignores.length === 0) return findings;
  const lines = new Lines(tree);
  const rows = ignores.map((ignore) => ({ ignore, row: lines.aimedAt(ignore.comment) }));
  const kept = findings.filter((finding) => !rows.some(({ ignore, row }) => covers(ignore, finding.code) && (ignore.wholeFile || lines.of(finding.span).has(row))));
  return [...kept, ...ignores.flatMap(({ codes }) => (codes ?? []).filter(({ code }) => !CODES.has(code)).map(unknownCode))];
}

const covers = ({ codes }: Ignore, code: string): boolean => codes === null || codes.some((each) => each.code === code);

/** A comment may say something else before (`# (B, N)  # shapelens: ignore`) and behind. */
function ignoreOf(comment: Comment, source: string): Ignore[] {
  const text = source.slice(comment.start, comment.end);
  const match = /#\s*shapelens:\s*ignore(-file)?(?![\w-])(?:\s*\[([^\]]*)\])?/.exec(text);
  if (!match) return [];
  const [all, file, list] = match;
  const start = comment.start + match.index + all.length - 1 - (list?.length ?? 0);
  const codes = list === undefined ? null : [...list.matchAll(/[^\s,]+/g)].map((word) => ({ code: word[0], span: { start: start + word.index, end: start + word.index + word[0].length } }));
  return [{ comment, codes, wholeFile: file !== undefined }];
}

class Lines {
  private readonly statements: readonly Span[];

  constructor(private readonly tree: Module) {
    this.statements = placedStatements(tree).map(({ statement }) => statement);
  }

  /** The line that a comment speaks of: its own, or where it stands alone, the next one with code. */
  aimedAt(comment: Comment): number {
    const { source } = this.tree;
    const rows = source.split('\n');
    let row = this.row(comment.start);
    if (!/^\s*#/.test(rows[row]!)) return row;
    do row++; while (row < rows.length && /^\s*(#|$)/.test(rows[row]!));
    return row;
  }

  /** The lines of a finding, and the first of the statement around it (of a compound one: what stands in its header). */
  of(span: Span): ReadonlySet<number> {
    const found = new Set<number>();
    for (let row = this.row(span.start); row <= this.row(span.end); row++) found.add(row);
    const around = this.statements.filter(({ start, end }) => start <= span.start && span.end <= end).pop();
    if (around) found.add(this.row(around.start));
    return found;
  }

  private row(offset: number): number {
    let count = 0;
    for (let at = this.tree.source.indexOf('\n'); at >= 0 && at < offset; at = this.tree.source.indexOf('\n', at + 1)) count++;
    return count;
  }
}

function unknownCode({ code, span }: { readonly code: string; readonly span: Span }): Finding {
  const near = [...CODES.keys()].find((known) => known.startsWith(code) || code.startsWith(known) || known.includes(code));
  return {
    code: 'unknown-ignore-code', severity: 'warning', span, related: [],
    message: `no diagnostic has the code ${code}, so nothing is suppressed by it${near ? `; ${near} is one` : ''}`,
  };
}
