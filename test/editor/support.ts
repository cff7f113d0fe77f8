// What the tests in the extension host share: asking providers until they have answered, and documents to ask about.
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { Api } from '../../src/extension';

/** Providers answer after the server has started: asks until there is an answer that satisfies. */
export async function until<T>(what: string, ask: () => Thenable<T>, good: (answer: T) => boolean): Promise<T> {
  let last: T | undefined;
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    last = await ask();
    if (good(last)) return last;
  }
  throw new Error(`${what}: the last answer was ${JSON.stringify(last)}`);
}

/** The extension, once its language server answers. */
export async function ready(): Promise<Api> {
  const api = await vscode.extensions.getExtension<Api>('shapelens.shapelens')!.activate();
  await api.ready;
  return api;
}

/** The language server of this window. */
export function serverProcess(): number | null {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const line = lines.find((each) => new RegExp(`^\\s*\\d+\\s+${process.pid}\\s.*dist/server\\.js`).test(each));
  return line ? Number(line.trim().split(/\s+/)[0]) : null;
}

/** A document in the active editor, and what the providers say of it. */
export class Shown {
  private constructor(readonly document: vscode.TextDocument) {}

  static async open(content: string, language = 'python'): Promise<Shown> {
    await ready();
    return Shown.document(await vscode.workspace.openTextDocument({ language, content }));
  }

  static async file(uri: vscode.Uri): Promise<Shown> {
    await ready();
    return Shown.document(await vscode.workspace.openTextDocument(uri));
  }

  /** Commands without a document are about the active editor, of which the host hears after the editor is there. */
  private static async document(document: vscode.TextDocument): Promise<Shown> {
    await vscode.window.showTextDocument(document);
    await until('the active editor', () => Promise.resolve(String(vscode.window.activeTextEditor?.document.uri)), (active) => active === String(document.uri));
    return new Shown(document);
  }

  /** The position of `part` within the first `within` of the text. */
  at(part: string, within = part): vscode.Position {
    const start = this.document.getText().indexOf(within);
    if (start < 0 || !within.includes(part)) throw new Error(`the document has no "${within}" with "${part}" in it`);
    return this.document.positionAt(start + within.indexOf(part));
  }

  /** Puts the cursor there. */
  async select(part: string, within = part): Promise<void> {
    const editor = await vscode.window.showTextDocument(this.document);
    editor.selection = new vscode.Selection(this.at(part, within), this.at(part, within));
  }

  async hover(part: string, within = part): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', this.document.uri, this.at(part, within));
    return hovers.flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
  }

  hovers(part: string, within: string, good: RegExp): Promise<string> {
    return until(`hover of ${part} with ${good}`, () => this.hover(part, within), (text) => good.test(text));
  }

  async lenses(): Promise<vscode.CodeLens[]> {
    return await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', this.document.uri) ?? [];
  }

  async hints(): Promise<string[]> {
    const all = new vscode.Range(0, 0, this.document.lineCount, 0);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[] | undefined>('vscode.executeInlayHintProvider', this.document.uri, all) ?? [];
    return hints.map((hint) => (typeof hint.label === 'string' ? hint.label : hint.label.map((part) => part.value).join('')));
  }

  diagnostics(good: (found: readonly vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
    return until('diagnostics', () => Promise.resolve(vscode.languages.getDiagnostics(this.document.uri).filter((each) => each.source === 'shapelens')), good);
  }

  async replace(part: string, text: string, within = part): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const start = this.at(part, within);
    edit.replace(this.document.uri, new vscode.Range(start, this.document.positionAt(this.document.offsetAt(start) + part.length)), text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`"${part}" could not be replaced`);
  }

  async close(): Promise<void> {
    await vscode.window.showTextDocument(this.document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
