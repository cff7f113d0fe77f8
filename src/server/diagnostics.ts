/** Findings as LSP diagnostics. */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';

const SEVERITY = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;

export function diagnostics(uri: string, file: TracedFile): Diagnostic[] {
  return file.analysis.findings.map((finding) => ({
    range: rangeOf(file, finding.span),
    severity: SEVERITY[finding.severity],
    code: finding.code,
    source: 'shapelens',
    message: finding.message,
    relatedInformation: finding.related.map((related) => ({ location: { uri, range: rangeOf(file, related.span) }, message: related.message })),
  }));
}
