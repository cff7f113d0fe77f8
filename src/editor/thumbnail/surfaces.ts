/** Where small pictures are shown: in hovers, and in a comment thread below a line for as long as the reader likes. */
import * as vscode from 'vscode';
import type { EvaluateParams } from '../../server/messages';
import { placeOf } from '../commands';
import type { Commands } from '../commands';
import type { Services } from '../services';
import { EvaluatedThumbnails } from './evaluated';
import type { Evaluated } from './evaluated';

/** A hover is not held up for longer. */
const PATIENCE_MILLISECONDS = 600;
const SELECTOR: vscode.DocumentSelector = [{ language: 'python' }, { language: 'markdown' }, { language: 'plaintext' }, { scheme: 'vscode-notebook-cell', language: 'python' }];

export function registerThumbnails(services: Services): { readonly disposable: vscode.Disposable; readonly commands: Commands } {
  const thumbnails = new EvaluatedThumbnails(services);
  const controller = vscode.comments.createCommentController('shapelens.values', vscode.l10n.t('Tensor values'));
  const hover = vscode.languages.registerHoverProvider(SELECTOR, {
    provideHover: async (document, position) => {
      if (!services.documents.isTraced(document)) return null;
      const picture = thumbnails.of(document, new vscode.Range(position, position), false);
      const found = await Promise.race([picture, new Promise<null>((resolve) => { setTimeout(resolve, PATIENCE_MILLISECONDS, null); })]).catch((error: unknown) => {
        services.output.debug(`a picture for a hover: ${String(error)}`);
        return null;
      });
      return found && new vscode.Hover(markdown(found, links(document.uri, found.range)), found.range);
    },
  });
  const pin = async (uri?: string, range?: EvaluateParams['range']): Promise<void> => {
    const place = placeOf(uri, range);
    if (!place) return;
    const document = await vscode.workspace.openTextDocument(place.uri);
    const { start, end } = place.range;
    const found = await thumbnails.of(document, new vscode.Range(start.line, start.character, end.line, end.character), true);
    if (!found) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no values to pin here: put the cursor on a tensor that can be evaluated.'));
      return;
    }
    const comment: vscode.Comment = { body: markdown(found, ''), mode: vscode.CommentMode.Preview, author: { name: 'Shapelens' } };
    const thread = controller.createCommentThread(document.uri, found.range, [comment]);
    Object.assign(thread, { label: found.name, canReply: false, collapsibleState: vscode.CommentThreadCollapsibleState.Expanded, contextValue: 'values' });
  };
  return {
    disposable: vscode.Disposable.from(controller, hover),
    commands: { 'shapelens.pinValues': pin, 'shapelens.unpinValues': (thread: vscode.CommentThread) => thread.dispose() },
  };
}

function links(uri: vscode.Uri, range: vscode.Range): string {
  const args = encodeURIComponent(JSON.stringify([uri.toString(), { start: plain(range.start), end: plain(range.end) }]));
  return `[${vscode.l10n.t('Open in the viewer')}](command:shapelens.openTensorViewer?${args}) · [${vscode.l10n.t('Pin below the line')}](command:shapelens.pinValues?${args})`;
}

/** As the command takes it. */
function plain({ line, character }: vscode.Position): { line: number; character: number } {
  return { line, character };
}

function markdown({ thumbnail: { image, width, height, text } }: Evaluated, below: string): vscode.MarkdownString {
  const picture = image === null ? [] : [`![${text}](${image}|width=${width},height=${height})`];
  const result = new vscode.MarkdownString([...picture, text.replace(/[\\`*_{}[\]<>]/g, '\\$&'), below].filter((part) => part !== '').join('\n\n'));
  result.isTrusted = { enabledCommands: ['shapelens.openTensorViewer', 'shapelens.pinValues'] };
  return result;
}
