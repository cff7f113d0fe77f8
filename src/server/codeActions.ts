/** Code actions: fixes that a second trace has confirmed, comments with shapes, suppression, and lost line breaks. */
import { CodeActionKind, CodeActionTriggerKind } from 'vscode-languageserver';
import type { CodeAction, CodeActionContext, Diagnostic, Range, TextEdit } from 'vscode-languageserver';
import { offsetOf, rangeOf } from '../project/tracedFile';
import type { Finding } from '../shapes/diagnostics/finding';
import { diagnosed } from './diagnostics';
import type { SourceEdit } from './fixes/candidate';
import { functionAt, insertedComments, updatedComments } from './fixes/comments';
import { suppression } from './fixes/suppress';
import { verifiedFixes } from './fixes/verified';
import type { Retrace } from './fixes/verified';
import { COMMENT_KINDS } from './messages';
import { isHere, placed, uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { correction, printedSizes } from './printedSizes';
import { RESTORING_KIND, restoringActions } from './restoreLineBreaks';
import { t, translated } from './translation';

/** Where tracing the document with an edit takes longer, fixes are tried only when the reader asks for them. The first trace, of which it may be told, is slower than those that come. */
const PATIENCE_MILLISECONDS = 1000;

export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, ...Object.values(COMMENT_KINDS)];

/** @param cost what a trace of the document with an edit takes, in milliseconds */
export function codeActions(file: OpenFile, range: Range, { diagnostics: shown, only, triggerKind }: Pick<CodeActionContext, 'diagnostics' | 'only' | 'triggerKind'>, retrace: Retrace, cost: number): CodeAction[] {
  const wants = (kind: string): boolean => !only || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  // A light bulb that nobody asked for must not hold up the server.
  const waits = triggerKind !== CodeActionTriggerKind.Automatic || cost < PATIENCE_MILLISECONDS;
  return [
    ...(wants(CodeActionKind.QuickFix) ? findingActions(file, range, shown, waits ? retrace : null) : []),
    ...(wants(CodeActionKind.QuickFix) ? printedSizes(file).filter(({ mistake, diagnostic }) => overlaps(diagnostic.range, range) && mistake.item.numberRanges.length > 0).map((each) => correction(file, each)) : []),
    ...commentActions(file, range, only ?? [], retrace),
    ...(wants(RESTORING_KIND) ? restoringActions(file, range) : []),
  ];
}

function findingActions(file: OpenFile, range: Range, shown: readonly Diagnostic[], retrace: Retrace | null): CodeAction[] {
  return diagnosed(file).flatMap(({ finding, diagnostic }) => {
    if (!isHere(file, diagnostic.range) || !overlaps(diagnostic.range, range)) return [];
    const matching = shown.filter((each) => each.code === diagnostic.code && sameRange(each.range, diagnostic.range));
    const diagnostics = matching.length > 0 ? matching : [diagnostic];
    const fixes = retrace ? verifiedFixes(file, finding, retrace) : [];
    return [
      ...fixes.map((fix, i) => ({ ...action(file, translated(fix.title), CodeActionKind.QuickFix, fix.edits), diagnostics, isPreferred: i === 0 })),
      ...suppressing(file, finding, diagnostics),
    ];
  });
}

function suppressing(file: OpenFile, finding: Finding, diagnostics: Diagnostic[]): CodeAction[] {
  const edit = suppression(file, finding);
  return edit ? [{ ...action(file, t('Suppress {0} on this line', finding.code), CodeActionKind.QuickFix, [edit]), diagnostics }] : [];
}

/** Asked for by their kind only: nobody wants them in the menu of each line. */
function commentActions(file: OpenFile, range: Range, only: readonly string[], retrace: Retrace): CodeAction[] {
  const offset = offsetOf(file, placed(file, range).start);
  const source = offset === null ? null : file.document.map.toSource(offset);
  const within = source === null ? null : functionAt(file, source);
  const actions: CodeAction[] = [];
  const add = (kind: string, title: string, edits: () => SourceEdit[]): void => {
    if (!only.some((each) => kind === each || kind.startsWith(`${each}.`))) return;
    const made = edits();
    if (made.length > 0) actions.push(action(file, title, kind, made));
  };
  add(COMMENT_KINDS.insert, t('Insert shape comments'), () => insertedComments(file, null, retrace));
  add(COMMENT_KINDS.update, t('Update shape comments'), () => updatedComments(file, null));
  if (within) {
    add(COMMENT_KINDS.insertInFunction, t('Insert shape comments in {0}', within.name), () => insertedComments(file, within, retrace));
    add(COMMENT_KINDS.updateInFunction, t('Update shape comments in {0}', within.name), () => updatedComments(file, within));
  }
  return actions;
}

function action(file: OpenFile, title: string, kind: string, edits: readonly SourceEdit[]): CodeAction {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits) {
    const range = rangeOf(file, edit.span);
    (changes[uriAt(file, range)] ??= []).push({ range, newText: edit.text });
  }
  return { title, kind, edit: { changes } };
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
