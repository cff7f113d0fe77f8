/** The editors of tensor files, loaded when the first such file is opened. */
import * as vscode from 'vscode';
import type { TensorFileDocument } from './deferred';
import { TENSOR_FILE_EDITORS } from './viewTypes';

export function registerTensorFileEditors(extensionUri: vscode.Uri, log: (line: string) => void): vscode.Disposable {
  const load = (): Promise<typeof import('./deferred')> => import('./deferred');
  const provider: vscode.CustomReadonlyEditorProvider<TensorFileDocument> = {
    openCustomDocument: async (uri) => new (await load()).TensorFileDocument(uri),
    resolveCustomEditor: async (document, panel) => new (await load()).TensorFileEditor(document, panel, extensionUri, log).start(),
  };
  return vscode.Disposable.from(...TENSOR_FILE_EDITORS.map((viewType) => vscode.window.registerCustomEditorProvider(viewType, provider, { supportsMultipleEditorsPerDocument: true })));
}
