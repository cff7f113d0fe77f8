/** The view "Shape Coverage": file, function, and what is unknown by its first cause. Files are traced when they are opened out, or all at once. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { COVERAGE } from '../server/messages';
import type { FileCoverage, FunctionCoverage } from '../server/messages';
import { SECTION } from './configuration';

export const COVERAGE_VIEW = 'shapelens.coverage';
/** More files than anybody goes through. */
const MAX_FILES = 500;
const EXCLUDED = '**/{.venv,venv,node_modules,site-packages,__pycache__,build,dist}/**';

type Cause = FunctionCoverage['causes'][number];
export type CoverageNode =
  | { readonly type: 'file'; readonly uri: vscode.Uri }
  | { readonly type: 'function'; readonly uri: vscode.Uri; readonly coverage: FunctionCoverage }
  | { readonly type: 'cause'; readonly uri: vscode.Uri; readonly cause: Cause }
  | { readonly type: 'place'; readonly uri: vscode.Uri; readonly place: Cause['places'][number] };

export class CoverageView implements vscode.TreeDataProvider<CoverageNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<CoverageNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  /** Made behind the event: the view looks for it at once, and never again. */
  private readonly view = vscode.window.createTreeView(COVERAGE_VIEW, { treeDataProvider: this });
  private readonly known = new Map<string, FileCoverage | null>();
  /** Nodes of files: the view knows them by their identity. */
  private files = new Map<string, CoverageNode & { type: 'file' }>();

  private readonly saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.countAgain(uri));

  constructor(private readonly client: LanguageClient) {}

  /** Everything is traced again as it is looked at. */
  refresh(): void {
    this.known.clear();
    this.view.message = undefined;
    this.changed.fire(undefined);
  }

  /** Traces each file that was not looked into yet. What is counted stays when the reader stops it. @returns what is known of all that is counted */
  async countAll(): Promise<{ readonly known: number; readonly unknown: number }> {
    await vscode.commands.executeCommand(`${COVERAGE_VIEW}.focus`);
    const files = await this.findFiles();
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Counting known shapes'), cancellable: true }, async (progress, token) => {
      for (const [i, { uri }] of files.entries()) {
        if (token.isCancellationRequested) return;
        progress.report({ message: vscode.l10n.t('{0} of {1}: {2}', i + 1, files.length, vscode.workspace.asRelativePath(uri)), increment: 100 / files.length });
        await this.coverageOf(uri);
      }
    });
    return this.showSum();
  }

  private showSum(): { readonly known: number; readonly unknown: number } {
    const counted = [...this.known.values()].filter((each) => each !== null);
    const all = counted.reduce((sum, each) => ({ known: sum.known + each.known, unknown: sum.unknown + each.unknown }), { known: 0, unknown: 0 });
    this.view.message = vscode.l10n.t('{0} of {1} files: {2}', counted.length, this.files.size, share(all));
    return all;
  }

  /** What was counted follows the file. */
  private async countAgain(uri: vscode.Uri): Promise<void> {
    if (!this.known.delete(uri.toString())) return;
    await this.coverageOf(uri);
    if (this.view.message) this.showSum();
  }

  private async findFiles(): Promise<(CoverageNode & { type: 'file' })[]> {
    const files = (await vscode.workspace.findFiles('**/*.{py,md}', EXCLUDED, MAX_FILES)).filter(isOn);
    const before = this.files;
    this.files = new Map(files.sort((a, b) => a.path.localeCompare(b.path)).map((uri) => [uri.toString(), before.get(uri.toString()) ?? { type: 'file', uri }]));
    return [...this.files.values()];
  }

  async getChildren(node?: CoverageNode): Promise<CoverageNode[]> {
    if (!node) return this.findFiles();
    const { uri } = node;
    switch (node.type) {
      case 'file': return (await this.coverageOf(uri))?.functions.map((coverage) => ({ type: 'function', uri, coverage })) ?? [];
      case 'function': return node.coverage.causes.map((cause) => ({ type: 'cause', uri, cause }));
      case 'cause': return node.cause.places.map((place) => ({ type: 'place', uri, place }));
      case 'place': return [];
    }
  }

  getTreeItem(node: CoverageNode): vscode.TreeItem {
    switch (node.type) {
      case 'file': return this.fileItem(node.uri);
      case 'function': return functionItem(node.uri, node.coverage);
      case 'cause': return causeItem(node.cause);
      case 'place': return placeItem(node.uri, node.place);
    }
  }

  /** The file at hand stands open; of those that were looked into, how much is known. */
  private fileItem(uri: vscode.Uri): vscode.TreeItem {
    const isShown = uri.toString() === vscode.window.activeTextEditor?.document.uri.toString();
    const item = new vscode.TreeItem(uri, isShown ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
    item.iconPath = vscode.ThemeIcon.File;
    const folder = path.posix.dirname(vscode.workspace.asRelativePath(uri));
    const coverage = this.known.get(uri.toString());
    // Many a file is called `__init__.py`.
    item.description = [...(coverage ? [share(coverage)] : []), ...(folder === '.' ? [] : [folder])].join(' · ');
    return item;
  }

  private async coverageOf(uri: vscode.Uri): Promise<FileCoverage | null> {
    const key = uri.toString();
    let found = this.known.get(key);
    if (found === undefined) {
      found = await this.client.sendRequest<FileCoverage | null>(COVERAGE, { uri: this.client.code2ProtocolConverter.asUri(uri) });
      this.known.set(key, found);
      // Its row says now how much is known.
      this.changed.fire(this.files.get(key));
    }
    return found;
  }

  dispose(): void {
    this.saved.dispose();
    this.view.dispose();
    this.changed.dispose();
  }
}

/** Not where a setting has switched it off, for the folder or the language. */
function isOn(uri: vscode.Uri): boolean {
  const languageId = uri.path.endsWith('.md') ? 'markdown' : 'python';
  return vscode.workspace.getConfiguration(SECTION, { uri, languageId }).get('enable', true);
}

function functionItem(uri: vscode.Uri, coverage: FunctionCoverage): vscode.TreeItem {
  const name = coverage.name === '<module>' ? vscode.l10n.t('top level') : coverage.name;
  const item = new vscode.TreeItem(name, coverage.causes.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.description = share(coverage);
  item.iconPath = new vscode.ThemeIcon(coverage.unknown === 0 ? 'pass' : 'question');
  item.command = opening(uri, coverage.range);
  return item;
}

function causeItem({ reason, places }: Cause): vscode.TreeItem {
  const item = new vscode.TreeItem(reason, vscode.TreeItemCollapsibleState.Collapsed);
  item.description = String(places.length);
  item.tooltip = reason;
  return item;
}

function placeItem(uri: vscode.Uri, { expression, range }: Cause['places'][number]): vscode.TreeItem {
  const item = new vscode.TreeItem(expression);
  item.description = vscode.l10n.t('line {0}', range.start.line + 1);
  item.command = opening(uri, range);
  return item;
}

function opening(uri: vscode.Uri, { start, end }: FunctionCoverage['range']): vscode.Command {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri, { selection, preserveFocus: true }] };
}

function share({ known, unknown }: { readonly known: number; readonly unknown: number }): string {
  const all = known + unknown;
  return all === 0 ? vscode.l10n.t('no tensors') : unknown === 0 ? vscode.l10n.t('all {0} known', known) : vscode.l10n.t('{0} of {1} known', known, all);
}
