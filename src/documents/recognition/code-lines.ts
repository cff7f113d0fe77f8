// Which statements of a text are code. Two thresholds, as an edge detector has: what is certainly code is a seed, what is
// possibly code joins if nothing but blank lines and comments stands between it and code. Names become known as code is
// found, so the search is repeated until nothing changes.
import type { PythonParser } from '../../shapes/python/parser';
import type { Candidate } from './candidate';
import { readCandidate } from './candidate';
import { boundNames, namesIn } from './names';
import type { KnownNames } from './expressions';
import { certain, plausibility, possible } from './plausibility';

/** Each round may make one more definition known to what stands before it; more than this has no effect in practice. */
const mostRounds = 8;

/** Statements further apart than this don't vouch for each other. */
const widestGap = 2;

/** @param from the first line @param to behind the last @param line the text of a line; null where it is known to be something else @param expected what the lines around a statement add to its own score */
export function findCode(from: number, to: number, line: (number: number) => string | null, parser: PythonParser, expected: (candidate: Candidate) => number = () => 0): Candidate[] {
  const candidates: Candidate[] = [];
  for (let number = from; number < to; number++) {
    const candidate = readCandidate(number, line, parser);
    if (!candidate) continue;
    candidates.push(candidate);
    number = candidate.last;
  }
  const statements = candidates.filter((candidate) => candidate.kind !== 'comment');
  const beside = adjacency(statements, candidates, line);
  let accepted = new Set<Candidate>();
  for (let round = 0; round < mostRounds; round++) {
    const next = accept(statements, beside, knownNames(statements, accepted), expected);
    const same = next.size === accepted.size && [...next].every((candidate) => accepted.has(candidate));
    accepted = next;
    if (same) break;
  }
  return withComments(candidates, accepted, beside.comments);
}

interface Adjacency {
  /** Whether a statement stands directly behind the one before it. */
  readonly previous: ReadonlyMap<Candidate, Candidate>;
  readonly comments: ReadonlyMap<Candidate, readonly Candidate[]>;
}

function adjacency(statements: readonly Candidate[], candidates: readonly Candidate[], line: (number: number) => string | null): Adjacency {
  const commentAt = new Map(candidates.filter((candidate) => candidate.kind === 'comment').map((comment) => [comment.first, comment]));
  const previous = new Map<Candidate, Candidate>();
  const comments = new Map<Candidate, Candidate[]>();
  statements.forEach((statement, index) => {
    const before = statements[index - 1];
    const own: Candidate[] = [];
    let gap = 0;
    for (let number = statement.first - 1; number > (before?.last ?? -1); number--) {
      const comment = commentAt.get(number);
      if (comment) own.unshift(comment);
      else if (line(number)?.trim() === '') gap++;
      else gap = Infinity;
      if (gap > widestGap) break;
    }
    if (before && gap <= widestGap) previous.set(statement, before);
    if (gap <= widestGap || own.length > 0) comments.set(statement, own);
  });
  return { previous, comments };
}

function knownNames(statements: readonly Candidate[], accepted: ReadonlySet<Candidate>): (statement: Candidate) => KnownNames {
  const definedBefore = new Map<Candidate, ReadonlySet<string>>();
  const wantedAfter = new Map<Candidate, ReadonlySet<string>>();
  let defined: Set<string> = new Set();
  for (const statement of statements) {
    definedBefore.set(statement, defined);
    const bound = accepted.has(statement) ? [...boundNames(statement.statements)].filter((name) => !defined.has(name)) : [];
    if (bound.length > 0) defined = new Set([...defined, ...bound]);
  }
  let wanted: Set<string> = new Set();
  for (const statement of [...statements].reverse()) {
    wantedAfter.set(statement, wanted);
    if (!accepted.has(statement)) continue;
    const before = definedBefore.get(statement)!;
    const missing = [...namesIn(statement.statements)].filter((name) => !before.has(name) && !wanted.has(name));
    if (missing.length > 0) wanted = new Set([...wanted, ...missing]);
  }
  return (statement) => ({ defined: definedBefore.get(statement)!, wanted: wantedAfter.get(statement)! });
}

function accept(statements: readonly Candidate[], beside: Adjacency, known: (statement: Candidate) => KnownNames, expected: (statement: Candidate) => number): Set<Candidate> {
  const accepted = new Set<Candidate>();
  const scores = new Map<Candidate, number>();
  /** The headers whose suites are open, innermost last. */
  let suites: Candidate[] = [];
  for (const statement of statements) {
    if (!beside.previous.has(statement)) suites = [];
    suites = suites.filter((header) => header.indent < statement.indent);
    let score = plausibility(statement, known(statement));
    if (score >= possible) score += expected(statement);
    // What is indented under a header of code is its suite: `pass`, a docstring, a bare `return`.
    if (suites.length > 0 && statement.kind === 'statement') score = Math.max(score, 2);
    scores.set(statement, score);
    if (statement.opensSuite && score >= possible) suites.push(statement);
    if (score >= certain) accepted.add(statement);
  }
  for (const ordered of [statements, [...statements].reverse()]) {
    for (const statement of ordered) {
      const before = beside.previous.get(statement);
      if (!before) continue;
      if (accepted.has(before) && scores.get(statement)! >= possible) accepted.add(statement);
      if (accepted.has(statement) && scores.get(before)! >= possible) accepted.add(before);
    }
  }
  return accepted;
}

/** Comments belong to the code that follows them directly, or that they stand directly behind or within. */
function withComments(candidates: readonly Candidate[], accepted: ReadonlySet<Candidate>, comments: ReadonlyMap<Candidate, readonly Candidate[]>): Candidate[] {
  const code = new Set<Candidate>(accepted);
  for (const statement of accepted) for (const comment of comments.get(statement) ?? []) code.add(comment);
  let previous: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate.kind === 'comment' && previous && code.has(previous) && candidate.first === previous.last + 1) code.add(candidate);
    previous = candidate;
  }
  return candidates.filter((candidate) => code.has(candidate));
}
