/** "Restore Lost Newlines": code that a page has run together, replaced by what it was read as. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Range } from 'vscode-languageserver';
import { documentRange } from '../project/tracedFile';
import { RESTORE_LINE_BREAKS } from './messages';
import type { OpenFile } from './openFile';
import { t } from './translation';

export const RESTORING_KIND = `${CodeActionKind.QuickFix}.${RESTORE_LINE_BREAKS}`;

/** One action for all lines of a range that have lost their breaks; empty where none has. */
export function restoringActions(file: OpenFile, range: Range): CodeAction[] {
  const edits = file.document.restorations
    .map((restoration) => ({ range: documentRange(file, restoration.range), newText: restoration.text }))
    .filter((edit) => edit.range.start.line <= range.end.line && edit.range.end.line >= range.start.line);
  if (edits.length === 0) return [];
  return [{ title: t('Restore lost newlines'), kind: RESTORING_KIND, edit: { changes: { [file.uri]: edits } } }];
}
