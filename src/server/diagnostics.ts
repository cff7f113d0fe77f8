/** Findings as LSP diagnostics. */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { rangeOf } from '../project/tracedFile';
import type { Finding } from '../shapes/interpreter/machine';
import type { OpenFile } from './openFile';
import { choiceText, chosenFindings } from './traceWith';

const SEVERITY = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;

export function diagnostics(file: OpenFile): Diagnostic[] {
  const own = file.analysis.findings.map((finding) => diagnostic(file, finding, ''));
  // Only with these sizes: the message says so, or it would seem to hold for all.
  return [...own, ...chosenFindings(file).map((finding) => diagnostic(file, finding, ` (traced with ${choiceText(file.choice!)})`))];
}

function diagnostic(file: OpenFile, finding: Finding, condition: string): Diagnostic {
  return {
    range: rangeOf(file, finding.span),
    severity: SEVERITY[finding.severity],
    code: finding.code,
    source: 'shapelens',
    message: `${finding.message}${condition}`,
    relatedInformation: finding.related.map((related) => ({ location: { uri: file.uri, range: rangeOf(file, related.span) }, message: related.message })),
  };
}
