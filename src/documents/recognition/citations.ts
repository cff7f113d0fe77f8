// Headers that an explanation repeats, `def forward(self, x):` between two sentences: a function without a body would take the
// place of the one that the document has.
import type { Candidate } from './candidate';
import type { Chunk } from './chunks';

/** The chunks without the headers that only repeat another one's. */
export function withoutCitations(chunks: readonly Chunk[]): Chunk[] {
  const lacking = new Set<Candidate>();
  const defined = new Set<string>();
  chunks.forEach((chunk, index) => {
    const statements = chunk.candidates.filter(({ kind }) => kind !== 'comment');
    statements.forEach((each, i) => {
      const name = definedBy(each);
      if (name === null) return;
      // Its suite may go on behind a sentence.
      const next = statements[i + 1] ?? chunks[index + 1]?.candidates.find(({ kind }) => kind !== 'comment');
      if (each.opensSuite && (next === undefined || next.indent <= each.indent)) lacking.add(each);
      else defined.add(name);
    });
  });
  const isCitation = (candidate: Candidate): boolean => lacking.has(candidate) && defined.has(definedBy(candidate)!);
  if (lacking.size === 0) return [...chunks];
  return chunks.map((chunk) => ({ ...chunk, candidates: chunk.candidates.filter((each) => !isCitation(each)) })).filter(({ candidates }) => candidates.length > 0);
}

/** `def f` or `class C`; methods of several classes have one name, and those of one may, too. */
function definedBy({ kind, code }: Candidate): string | null {
  return kind === 'comment' ? null : (/^\s*(?:async\s+)?(?:def|class)\s+(\w+)/.exec(code)?.[0].trim().replace(/^async\s+/, '') ?? null);
}
