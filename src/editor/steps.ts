/** "Show Steps of This Expression" as a table, and "Why Is This Size So?" as steps to walk through. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { DESCRIBE, STEPS, WHY } from '../server/messages';
import type { DescribeParams, Description, ExpressionStep, WhyAnswer, WhyStep } from '../server/messages';
import { textTable } from './textView';
import type { TextView } from './textView';

interface Target { readonly uri: vscode.Uri; readonly range: DescribeParams['range'] }
interface StepItem extends vscode.QuickPickItem { readonly step: WhyStep }

/** Longer expressions are cut: beside the code, the shape must be in view too. */
const MAX_EXPRESSION = 32;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Returns the table's text; undefined where there is nothing to show. */
export async function showSteps(client: LanguageClient, view: TextView, target: Target): Promise<string | undefined> {
  const steps = await client.sendRequest<ExpressionStep[]>(STEPS, paramsOf(client, target));
  if (steps.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no tensor expression here: put the cursor on one, or select it.'));
    return undefined;
  }
  const hasNumbers = steps.some(({ numbers }) => numbers !== null);
  const header = [vscode.l10n.t('expression'), vscode.l10n.t('shape'), ...(hasNumbers ? [vscode.l10n.t('with the chosen sizes')] : []), vscode.l10n.t('dtype'), vscode.l10n.t('memory'), vscode.l10n.t('line')];
  const rows = steps.map(({ expression, shape, numbers, dtype, bytes, range }, i) => [
    shortened(expression, steps[i - 1]?.expression),
    shape, ...(hasNumbers ? [numbers ?? ''] : []), dtype, bytes === null ? '' : bytesText(bytes), String(range.start.line + 1),
  ]);
  const text = `${textTable([header, ...rows])}\n`;
  await view.show(vscode.l10n.t('Steps'), text);
  return text;
}

/** What the step adds to the one before it is what tells them apart. */
function shortened(expression: string, before: string | undefined): string {
  const own = before !== undefined && expression.length > MAX_EXPRESSION && expression.startsWith(before) ? `…${expression.slice(before.length)}` : expression;
  return own.length > MAX_EXPRESSION ? `${own.slice(0, MAX_EXPRESSION - 1)}…` : own;
}

function bytesText(bytes: number): string {
  const unit = bytes === 0 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${unit === 0 ? bytes : (bytes / 1000 ** unit).toFixed(1)} ${UNITS[unit]!}`;
}

/** Shows each step's place as it is chosen; Enter stays there, Escape goes back. Returns the steps. */
export async function showWhy(client: LanguageClient, target: Target, dim?: number): Promise<readonly WhyStep[] | undefined> {
  const chosen = dim ?? await pickDim(client, target);
  if (chosen === undefined) return undefined;
  const answer = await client.sendRequest<WhyAnswer | null>(WHY, { ...paramsOf(client, target), dim: chosen });
  if (!answer) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Where this size comes from is not known.'));
    return undefined;
  }
  walkThrough(answer, target.uri);
  return answer.steps;
}

async function pickDim(client: LanguageClient, target: Target): Promise<number | undefined> {
  const described = await client.sendRequest<Description | null>(DESCRIBE, paramsOf(client, target));
  const sizes = described?.dims ?? [];
  if (sizes.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no tensor of known shape here: put the cursor on one.'));
    return undefined;
  }
  const items = sizes.map((size, index) => ({ label: size, description: vscode.l10n.t('dim {0}', index), index }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Why is this size so? {0}', described!.expression) }))?.index;
}

function walkThrough({ size, steps }: WhyAnswer, uri: vscode.Uri): void {
  const picker = vscode.window.createQuickPick<StepItem>();
  const before = vscode.window.activeTextEditor;
  const selection = before?.selection;
  let accepted = false;
  picker.title = vscode.l10n.t('Why is this {0}?', size);
  picker.placeholder = vscode.l10n.t('Each step goes back to where the size comes from');
  picker.items = steps.map((step, i) => ({ step, label: `${i + 1}. ${step.text}`, description: step.size, detail: step.range ? vscode.l10n.t('line {0}', step.range.start.line + 1) : vscode.l10n.t('in a library') }));
  picker.onDidChangeActive(([item]) => { if (item?.step.range) void reveal(uri, item.step.range, true); });
  picker.onDidAccept(() => {
    accepted = true;
    const range = picker.activeItems[0]?.step.range;
    if (range) void reveal(uri, range, false);
    picker.hide();
  });
  picker.onDidHide(() => {
    if (!accepted && before && selection) {
      before.selection = selection;
      before.revealRange(selection);
    }
    picker.dispose();
  });
  picker.show();
}

async function reveal(uri: vscode.Uri, { start, end }: DescribeParams['range'], preserveFocus: boolean): Promise<void> {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start.line, start.character, end.line, end.character), viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One, preserveFocus });
}

const paramsOf = (client: LanguageClient, { uri, range }: Target): DescribeParams => ({ uri: client.code2ProtocolConverter.asUri(uri), range });
