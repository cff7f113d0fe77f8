/** Quick fixes: the changes that findings carry. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import { rangeOf } from '../project/tracedFile';
import { diagnostics } from './diagnostics';
import type { OpenFile } from './openFile';

export function codeActions(file: OpenFile, range: Range, shown: readonly Diagnostic[]): CodeAction[] {
  const own = diagnostics(file);
  return file.analysis.findings.flatMap((finding, i) => {
    const diagnostic = own[i]!;
    if (!finding.fixes || !overlaps(diagnostic.range, range)) return [];
    const matching = shown.filter((each) => each.code === diagnostic.code && sameRange(each.range, diagnostic.range));
    return finding.fixes.map((fix): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: matching.length > 0 ? matching : [diagnostic],
      isPreferred: finding.fixes!.length === 1,
      edit: { changes: { [file.uri]: fix.edits.map((edit) => ({ range: rangeOf(file, edit.span), newText: edit.text })) } },
    }));
  });
}

function overlaps(a: Range, b: Range): boolean {
  return !(isBefore(a.end, b.start) || isBefore(b.end, a.start));
}

function sameRange(a: Range, b: Range): boolean {
  return !isBefore(a.start, b.start) && !isBefore(b.start, a.start) && !isBefore(a.end, b.end) && !isBefore(b.end, a.end);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
