/** "Restore Lost Newlines and Indentation": code that a page has run together, flattened, numbered or set in other characters, replaced by what it was read as. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Range } from 'vscode-languageserver';
import type { Restoration } from '../documents/restoration';
import { documentRange } from '../project/tracedFile';
import { RESTORE_LINE_BREAKS } from './messages';
import type { OpenFile } from './openFile';
import { t } from './translation';

export const RESTORING_KIND = `${CodeActionKind.QuickFix}.${RESTORE_LINE_BREAKS}`;

function titleOf(lost: Restoration['lost']): string {
  switch (lost) {
    case 'line breaks': return t('Restore lost newlines');
    case 'indentation': return t('Restore lost indentation');
    case 'marks': return t('Take the line numbers and marks out of the code');
    case 'escapes': return t('Put characters in place of entities, tags and escapes');
    case 'characters': return t('Put plain characters in place of typographic ones');
  }
}

/** One action for all code of a range that is not as it was typed; empty where all is. */
export function restoringActions(file: OpenFile, range: Range): CodeAction[] {
  const restored = file.document.restorations
    .map(({ range: place, text, lost }) => ({ lost, edit: { range: documentRange(file, place), newText: text } }))
    .filter(({ edit }) => edit.range.start.line <= range.end.line && edit.range.end.line >= range.start.line);
  if (restored.length === 0) return [];
  const [lost, ...others] = new Set(restored.map((each) => each.lost));
  const isLayout = (each: Restoration['lost']): boolean => each === 'line breaks' || each === 'indentation';
  const title = others.length === 0 ? titleOf(lost!) : [lost!, ...others].every(isLayout) ? t('Restore lost newlines and indentation') : t('Restore the code as it was typed');
  return [{ title, kind: RESTORING_KIND, edit: { changes: { [file.uri]: restored.map(({ edit }) => edit) } } }];
}
