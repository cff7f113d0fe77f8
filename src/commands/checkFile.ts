/** What `check` tells of one file, as plain data: it may come from another thread. */
import { UnreadableFile, UsageError } from '../node/files';
import { relatedJson } from '../project/related';
import { rangeOf } from '../project/tracedFile';
import type { DocumentRange } from '../project/tracedFile';
import { findingLines } from './findings';
import { traceReadable } from './options';
import type { TraceOptions } from './options';

export interface Diagnostic {
  readonly range: DocumentRange;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly related: ReturnType<typeof relatedJson>;
}

export interface CheckedFile {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The same for a terminal. */
  readonly lines: readonly string[];
  /** Why it could not be read; null if it could. */
  readonly problem: string | null;
}

export const notChecked = (path: string, why: string): CheckedFile => ({ path, diagnostics: [], lines: [], problem: `${path}: not checked: ${why}` });

/** @throws UsageError where an option makes no sense */
export async function checkFile(path: string, options: TraceOptions): Promise<CheckedFile> {
  let file: Awaited<ReturnType<typeof traceReadable>>;
  try {
    file = await traceReadable(path, options);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // A defect of ours in one file of thousands is told, and the others are checked.
    const isDebugged = Boolean(process.env['SHAPELENS_DEBUG']);
    return notChecked(path, `an internal error: ${error instanceof Error ? (isDebugged && error.stack) || error.message : String(error)}`);
  }
  if (file instanceof UnreadableFile) return { path, diagnostics: [], lines: [], problem: file.message };
  const diagnostics = file.analysis.findings.map((finding) => ({ range: rangeOf(file, finding.span), code: finding.code, severity: finding.severity, message: finding.message, related: relatedJson(file, finding) }));
  return { path, diagnostics, lines: findingLines(path, file), problem: null };
}
