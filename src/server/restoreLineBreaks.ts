/** "Restore Lost Newlines and Indentation": code that a page has run together or flattened, replaced by what it was read as. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Range } from 'vscode-languageserver';
import { documentRange } from '../project/tracedFile';
import { RESTORE_LINE_BREAKS } from './messages';
import type { OpenFile } from './openFile';
import { t } from './translation';

export const RESTORING_KIND = `${CodeActionKind.QuickFix}.${RESTORE_LINE_BREAKS}`;

/** One action for all code of a range that has lost its line breaks or indentation; empty where none has. */
export function restoringActions(file: OpenFile, range: Range): CodeAction[] {
  const restored = file.document.restorations
    .map(({ range: place, text, lost }) => ({ lost, edit: { range: documentRange(file, place), newText: text } }))
    .filter(({ edit }) => edit.range.start.line <= range.end.line && edit.range.end.line >= range.start.line);
  if (restored.length === 0) return [];
  const lost = new Set(restored.map((each) => each.lost));
  const title = lost.size > 1 ? t('Restore lost newlines and indentation') : lost.has('indentation') ? t('Restore lost indentation') : t('Restore lost newlines');
  return [{ title, kind: RESTORING_KIND, edit: { changes: { [file.uri]: restored.map(({ edit }) => edit) } } }];
}
