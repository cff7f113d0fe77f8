/** What is told of a fault: where, how sure, what else to look at, and what would mend it. */
import type { Span } from '../python/ast';
import type { SymbolInfo } from '../symint/symint';

export type Severity = 'error' | 'warning' | 'information';

/** A change of the text that mends a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** A place that a finding points at besides its own. */
export interface Related {
  readonly span: Span;
  readonly message: string;
  /** Set: the span lies in this file of a library, not in the traced document. */
  readonly library?: { readonly path: string; readonly source: string };
}

/** What a text calls by their labels, and the function whose names they get. */
export interface Naming {
  readonly symbols?: readonly SymbolInfo[];
  readonly context?: string;
}

export interface Finding extends Naming {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Found in code that nothing calls: it is said to happen in every call. */
  readonly inferred?: boolean;
}

/** Whether the same is told already: one fault is one finding, however often it comes about. */
export function repeats(findings: readonly Finding[], { span, code, severity }: Pick<Finding, 'span' | 'code' | 'severity'>): boolean {
  return findings.some((other) => other.span === span && (other.code === code || (severity === 'error' && other.severity === 'error')));
}
