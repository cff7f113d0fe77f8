/**
 * What each shape comment speaks of: the statement it stands beside, above or inside of. A comment beside a statement
 * says its value; one above may mean anything thereabouts.
 */
import type { Comment, Expr, Module, Span, Stmt } from '../python/ast';
import type { RecordedNode } from '../interpreter/state/recorder';
import { announcedComment, continuedComments } from './continued';
import { operandReadings, statementReadings } from './meaning';
import { readPhrases } from './phrase';
import type { Phrase } from './phrase';
import { contains } from '../python/spans';
import { argsOf, blocksOf, isDocstring, lineStart, placedStatements, valueOf } from './places';
import type { PlacedStatement } from './places';
import { isTensorAt } from './seen';
import type { Recordings } from './seen';
import { expressionsWithin, namedNodes, nodesNamed } from './nodes';

/** One way to understand a claim: for each of its shapes the expression it is the shape of, null where it is of none. */
export type ClaimReading = readonly (RecordedNode | null)[];

export interface ShapeClaim {
  readonly comment: Comment;
  /** The claim's offset in the module: that of its comment's text. */
  readonly offset: number;
  readonly phrase: Phrase;
  /** The likeliest first. */
  readonly readings: readonly ClaimReading[];
  /** `beside`: it says what the readings are. `near`: each of its shapes may be that of anything in `around`. */
  readonly place: 'beside' | 'near';
  readonly around: readonly RecordedNode[];
  /** The statement, for the names that stand in it. */
  readonly span: Span;
}

/** The claims of a module's comments that speak of something traced, in order. */
export function shapeClaims(tree: Module, recordings: Recordings): ShapeClaim[] {
  const attacher = new Attacher(tree, recordings);
  const continued = continuedComments(tree);
  return tree.comments.flatMap((comment) => (continued.has(comment) ? [] : attacher.claimsOf(comment)));
}

/** Statements of a paragraph that a comment above it may mean. */
const MAX_PARAGRAPH = 6;

/** A statement that was taken out, with the comment beside it: `# x = x.flatten(1)  # (B, N)`. */
const COMMENTED_OUT = /^(?:return\b|[\w.,\s[\]]+[-+*/|&@]?=(?!=)|[\w.]+\().*[^\s#]\s*#/;

class Attacher {
  private placed: readonly PlacedStatement[] | null = null;
  /** Comments that begin with the second shape of the sentence above them. */
  private readonly announced = new Set<Comment>();
  private namesOfNodes: ReadonlyMap<string, RecordedNode[]> | null = null;

  constructor(
    private readonly tree: Module,
    private readonly recordings: Recordings,
  ) {}

  // Most files have no comment that speaks of a shape.
  private get statements(): readonly PlacedStatement[] {
    return (this.placed ??= placedStatements(this.tree));
  }

  private get names(): ReadonlyMap<string, RecordedNode[]> {
    return (this.namesOfNodes ??= namedNodes(this.recordings));
  }

  claimsOf(comment: Comment): ShapeClaim[] {
    const phrases = readPhrases(comment.text);
    if (phrases.length === 0 || COMMENTED_OUT.test(comment.text)) return [];
    const announced = announcedComment(this.tree, comment);
    if (announced) this.announced.add(announced);
    // Two shapes of nothing in particular: one of them, or both.
    if (this.announced.has(comment) || phrases.filter(({ subjects }) => !subjects.some((name) => this.isName(name))).length > (announced ? 0 : 1)) return [];
    const offset = this.tree.source.indexOf(comment.text, comment.start);
    return phrases.flatMap((phrase) => {
      const attached = this.attach(comment, phrase);
      return attached ? [{ comment, offset, phrase, ...attached }] : [];
    });
  }

  private attach(comment: Comment, phrase: Phrase): Pick<ShapeClaim, 'readings' | 'place' | 'around' | 'span'> | null {
    const { source } = this.tree;
    const from = lineStart(source, comment.start);
    if (source.slice(from, comment.start).trim() === '') return this.above(comment, phrase);
    const placed = this.besideOf(comment.start, from);
    if (placed === null) return this.above(comment, phrase);
    const { statement } = placed;
    if (statement.kind === 'FunctionDef') {
      const arg = argsOf(statement.args).reverse().find((each) => each.start >= from && each.end <= comment.start);
      const open = !/[:\])]\s*$/.test(source.slice(from, comment.start));
      return arg && open ? this.beside([[arg]], phrase, arg) : null;
    }
    if (statement.kind === 'For' && comment.start < (statement.body[0]?.start ?? statement.end)) return this.beside([[statement.target]], phrase, statement.target);
    if (blocksOf(statement).length > 0) return this.above(comment, phrase);
    // A comment behind a docstring that names a variable of the statements below means that one.
    if (statement.end <= comment.start) return this.beside(null, phrase, statement) ?? (phrase.subjects.some((name) => this.isName(name)) ? this.above(comment, phrase) : null);
    return this.inside(statement, comment, from, phrase);
  }

  /** The statement that ends on the line before the comment, or that goes on behind it. */
  private besideOf(at: number, from: number): PlacedStatement | null {
    let found: PlacedStatement | null = null;
    for (const placed of this.statements) {
      const { statement } = placed;
      if (statement.start >= at) break;
      const isSimple = blocksOf(statement).length === 0;
      if (isSimple ? statement.end > from : headerEnd(statement) > at) found = placed;
    }
    return found;
  }

  /** A line inside a statement speaks of what ends there; one that opens a bracket, of the whole. */
  private inside(statement: Stmt, comment: Comment, from: number, phrase: Phrase): ReturnType<Attacher['attach']> {
    const nodes = expressionsWithin(this.recordings, statement).filter(({ end }) => end > from && end <= comment.start);
    const end = Math.max(-1, ...nodes.map((node) => node.end));
    const widest = nodes.filter((node) => node.end === end).sort((a, b) => a.start - b.start)[0];
    const behind = end < 0 ? '' : this.tree.source.slice(end, comment.start);
    if (widest && /^[\s,)\]}]*\\?\s*$/.test(behind)) return this.beside([[widest]], phrase, widest);
    if (!/[([{]\s*$/.test(behind)) return null;
    const all = expressionsWithin(this.recordings, statement).filter((node) => isTensorAt(this.recordings, node));
    const value = valueOf(statement);
    return this.beside([...(value ? [[value]] : []), ...all.map((node) => [node])], phrase, statement);
  }

  private beside(readings: readonly ClaimReading[] | null, phrase: Phrase, about: Stmt | RecordedNode): ReturnType<Attacher['attach']> {
    const subjects = this.subjectsIn(phrase, [about]);
    if (subjects === null) return null;
    const isSingle = phrase.shapes.length === 1;
    const own = subjects.length > 0 && isSingle ? subjects.map((node) => [node])
      : readings !== null && isSingle ? readings
      : readings !== null ? operandReadings(phrase, readings[0]![0] as Expr, null, this.recordings)
      : statementReadings(phrase, about as Stmt, this.recordings);
    return own.length > 0 ? { readings: own, place: 'beside', around: [], span: about } : null;
  }

  /** A comment on a line of its own, or at the head of a block: it means the next statements, or the one before. */
  private above(comment: Comment, phrase: Phrase): ReturnType<Attacher['attach']> {
    const next = this.statements.find(({ statement }) => statement.start > comment.start);
    // A pattern as einops writes it, on a line of its own, tells what a whole function or passage does.
    if (!next || isPattern(phrase)) return null;
    const paragraph = this.paragraph(next);
    if (phrase.subjects.length === 0 && this.writes(paragraph, comment.text.slice(phrase.start, phrase.end))) return null;
    const before = next.block[next.index - 1];
    const isFirst = next.index === 0 || (next.index === 1 && isDocstring(next.block[0]!));
    const parameters = isFirst && next.within ? argsOf(next.within.args) : [];
    const spans: Span[] = [...(before ? [before] : []), ...paragraph, ...parameters];
    const subjects = this.subjectsIn(phrase, spans);
    if (subjects === null) return null;
    // `x: (B, N) -> (B,)`: what becomes of x is another expression. Without an arrow it may be what x is before, or after.
    const around = subjects.length > 0 && !phrase.becomes && !phrase.connectors.includes('->') ? this.named(phrase, spans) : spans.flatMap((span) => expressionsWithin(this.recordings, span));
    const first = paragraph[0]!;
    const value = subjects.find((node) => contains(first, node)) ?? subjects[0] ?? statementReadings({ ...phrase, shapes: phrase.shapes.slice(-1), connectors: [] }, first, this.recordings)[0]?.[0] ?? null;
    if (value === null) return null;
    return { readings: [phrase.shapes.map((_, i) => (i === phrase.shapes.length - 1 ? value : null))], place: 'near', around, span: first };
  }

  /** `# (1, 1): batch and channels` above `x.view((1, 1) + x.shape)` explains what is written there. */
  private writes(statements: readonly Stmt[], shape: string): boolean {
    const written = withoutSpaces(this.tree.source.slice(statements[0]!.start, statements.at(-1)!.end));
    const at = written.indexOf(withoutSpaces(shape));
    // A call's only argument is the shape that is asked for.
    return at > 0 && !/\w/.test(written[at - 1]!);
  }

  /** The statements from `first` on that no blank line and no comment parts. */
  private paragraph({ block, index }: PlacedStatement): Stmt[] {
    const found = [block[index]!];
    for (const statement of block.slice(index + 1, index + MAX_PARAGRAPH)) {
      const between = this.tree.source.slice(found[found.length - 1]!.end, statement.start);
      if (/\n[^\S\n]*(?:\n|#)/.test(between)) break;
      found.push(statement);
    }
    return found;
  }

  /**
   * The expressions that the phrase says it is about: none where it names no variable of the module, null where that
   * variable is elsewhere.
   */
  private subjectsIn({ subjects }: Phrase, spans: readonly Span[]): RecordedNode[] | null {
    if (!subjects.some((name) => this.isName(name))) return [];
    const found = this.named({ subjects }, spans);
    const targets = found.filter((node) => this.recordings.get(node)?.target);
    return found.length === 0 ? null : targets.length > 0 ? targets : found;
  }

  private isName(name: string): boolean {
    return this.names.has(this.asWritten(name)) || this.names.has(name.slice(name.lastIndexOf('.') + 1));
  }

  /** A sentence begins with a capital letter: `Mask is …`. */
  private asWritten(name: string): string {
    const lower = name.charAt(0).toLowerCase() + name.slice(1);
    return !this.names.has(name) && this.names.has(lower) ? lower : name;
  }

  /** All that is called so in the spans. */
  private named({ subjects }: Pick<Phrase, 'subjects'>, spans: readonly Span[]): RecordedNode[] {
    return subjects.flatMap((name) => nodesNamed(this.names, this.asWritten(name), this.tree.source).filter((node) => spans.some((span) => contains(span, node))));
  }
}

/** `g b n d -> b n (g e)`: without commas, and with a product in brackets. */
function isPattern({ shapes, connectors }: Phrase): boolean {
  return connectors.includes('->') && shapes.every(({ form }) => form === 'spaces') && shapes.some(({ sizes }) => sizes.some(({ text }) => text.startsWith('(')));
}

/** Where a compound statement's first suite begins. */
function headerEnd(statement: Stmt): number {
  return Math.min(...blocksOf(statement).flatMap((block) => block.slice(0, 1)).map(({ start }) => start));
}

const withoutSpaces = (text: string): string => text.replace(/\s+/g, '');
