/** Findings as LSP diagnostics. */
import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { pathToFileURL } from 'node:url';
import { relatedPlaces } from '../project/related';
import { rangeOf } from '../project/tracedFile';
import type { Finding } from '../shapes/diagnostics/finding';
import { isHere, uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { printedSizes } from './printedSizes';
import { choiceText, chosenFindings } from './traceWith';
import { t, translated } from './translation';

const SEVERITY = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;

export function diagnostics(file: OpenFile): Diagnostic[] {
  return [...diagnosed(file), ...printedSizes(file)].map((each) => each.diagnostic).filter((each) => isHere(file, each.range));
}

/** Each finding with its diagnostic. */
export function diagnosed(file: OpenFile): { readonly finding: Finding; readonly diagnostic: Diagnostic }[] {
  const own = file.analysis.findings.map((finding) => ({ finding, diagnostic: diagnostic(file, finding, '') }));
  // Only with these sizes: the message says so, or it would seem to hold for all.
  return [...own, ...chosenFindings(file).map((finding) => ({ finding, diagnostic: diagnostic(file, finding, t(' (traced with {0})', choiceText(file.choice!))) }))];
}

function diagnostic(file: OpenFile, finding: Finding, condition: string): Diagnostic {
  return {
    range: rangeOf(file, finding.span),
    severity: SEVERITY[finding.severity],
    code: finding.code,
    source: 'shapelens',
    message: `${translated(finding.message)}${condition}`,
    relatedInformation: relatedPlaces(file, finding).map(({ path, range, message }) => ({ location: { uri: path === null ? uriAt(file, range) : pathToFileURL(path).href, range }, message: translated(message) })),
  };
}
