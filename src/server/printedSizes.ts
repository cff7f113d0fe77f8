/** Sizes that a post says were printed, and that its code does not print: as diagnostics beside those of the code, with a fix. */
import { CodeActionKind, DiagnosticSeverity } from 'vscode-languageserver';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { documentRange, rangeOf } from '../project/tracedFile';
import { printedMistakes } from '../project/verify';
import type { PrintedMistake } from '../project/verify';
import { withoutIgnored } from '../shapes/diagnostics/ignore';
import { uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { t } from './translation';

const CODE = 'printed-size-mismatch';

const sizeText = (size: readonly number[]): string => `(${size.join(', ')}${size.length === 1 ? ',' : ''})`;

interface Mistake { readonly mistake: PrintedMistake; readonly diagnostic: Diagnostic }

export function printedSizes(file: OpenFile): Mistake[] {
  return printedMistakes(file).filter((mistake) => !isIgnored(file, mistake)).map((mistake) => ({ mistake, diagnostic: diagnosticOf(file, mistake) }));
}

/** A comment at the statement that prints it speaks of it. */
function isIgnored({ analysis: { tree } }: OpenFile, { statement }: PrintedMistake): boolean {
  const finding = { code: CODE, severity: 'warning', message: '', span: statement, related: [] } as const;
  return !withoutIgnored(tree, [finding]).includes(finding);
}

function diagnosticOf(file: OpenFile, { statement, item, size }: PrintedMistake): Diagnostic {
  const place = rangeOf(file, statement);
  return {
    range: documentRange(file, item.range), severity: DiagnosticSeverity.Warning, code: CODE, source: 'shapelens',
    message: t('the text says that {0} is printed, but line {1} prints {2}', sizeText(item.dims), place.start.line + 1, sizeText(size)),
    relatedInformation: [{ location: { uri: uriAt(file, place), range: place }, message: t('it is printed here') }],
  };
}

/** The printed size as the code prints it. */
export function correction(file: OpenFile, { mistake: { item, size }, diagnostic }: Mistake): CodeAction {
  const range = documentRange(file, { start: item.numberRanges[0]!.start, end: item.numberRanges.at(-1)!.end });
  return { title: t('Correct the printed size: {0}', sizeText(size)), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: true, edit: { changes: { [file.uri]: [{ range, newText: size.join(', ') }] } } };
}
