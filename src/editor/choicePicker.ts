/** The quick pick behind "Trace With…": one line a symbol, with the number that the document suggests for it. */
import * as vscode from 'vscode';
import type { SymbolChoice, TraceChoice } from '../server/messages';
import { choiceText } from './statusBar';

interface ChoiceItem extends vscode.QuickPickItem {
  readonly action: 'apply' | 'call' | 'stop' | 'size' | null;
  readonly symbol?: SymbolChoice;
}

/** undefined: the reader went away; null: no choice any more. */
export async function pickChoice(symbols: readonly SymbolChoice[], remembered: TraceChoice | null): Promise<TraceChoice | null | undefined> {
  const sizes = new Map<string, number>();
  for (const { name, hint } of symbols) {
    const known = remembered?.sizes?.[name] ?? hint;
    if (known !== null) sizes.set(name, known);
  }
  let active: string | null = null;
  for (;;) {
    const picked = await pick(itemsFor(symbols, sizes, remembered), active);
    switch (picked?.action) {
      case 'apply': return { sizes: Object.fromEntries(sizes) };
      case 'stop': return null;
      case 'call': {
        const call = await askCall(remembered?.call ?? '');
        if (call !== undefined) return { call };
        break;
      }
      case 'size': {
        const { symbol } = picked;
        await askSize(symbol!, sizes);
        active = symbol!.name;
        break;
      }
      default: return undefined;
    }
  }
}

function itemsFor(symbols: readonly SymbolChoice[], sizes: ReadonlyMap<string, number>, remembered: TraceChoice | null): ChoiceItem[] {
  const items: ChoiceItem[] = [];
  if (sizes.size > 0) items.push({ action: 'apply', label: vscode.l10n.t('$(play) Trace with these sizes'), description: choiceText({ sizes: Object.fromEntries(sizes) }) });
  items.push({ action: 'call', label: vscode.l10n.t('$(symbol-method) Trace with a call…'), description: remembered?.call ?? vscode.l10n.t('for example Net(dim=96)(torch.zeros(1, 49, 96))') });
  if (remembered) items.push({ action: 'stop', label: vscode.l10n.t('$(close) Stop'), description: vscode.l10n.t('show symbols only') });
  if (symbols.length > 0) items.push({ action: null, label: vscode.l10n.t('Sizes'), kind: vscode.QuickPickItemKind.Separator });
  for (const symbol of symbols) items.push(sizeItem(symbol, sizes.get(symbol.name)));
  return items;
}

function sizeItem(symbol: SymbolChoice, size: number | undefined): ChoiceItem {
  // `parameter batch_size, default 64` says it already.
  const from = size !== undefined && size === symbol.hint && !symbol.origin.endsWith(` ${size}`) ? hintText(symbol.hintFrom) : '';
  const names = symbol.shownAs.length > 0 ? vscode.l10n.t('shown as {0}', symbol.shownAs.join(', ')) : '';
  return { action: 'size', symbol, label: `${symbol.name} = ${size ?? '?'}`, description: [from, symbol.origin, names].filter((part) => part !== '').join(' · ') };
}

function hintText(from: string | null): string {
  switch (from) {
    case 'default': return vscode.l10n.t('the default');
    case 'docstring': return vscode.l10n.t('from the docstring');
    case 'comment': return vscode.l10n.t('from a comment');
    case 'text': return vscode.l10n.t('from the text');
    default: return '';
  }
}

/** @param active the symbol that is chosen at first */
function pick(items: readonly ChoiceItem[], active: string | null): Promise<ChoiceItem | undefined> {
  const picker = vscode.window.createQuickPick<ChoiceItem>();
  picker.title = vscode.l10n.t('Shapelens: Trace With');
  picker.placeholder = items.some(({ symbol }) => symbol) ? vscode.l10n.t('Choose a symbol to give it a size') : vscode.l10n.t('The calls in this document leave no size open: trace with a call of your own');
  picker.items = items;
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.activeItems = items.filter((item) => item.symbol !== undefined && item.symbol.name === active);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** Empty: the symbol stays a symbol. */
async function askSize(symbol: SymbolChoice, sizes: Map<string, number>): Promise<void> {
  const given = await vscode.window.showInputBox({
    title: vscode.l10n.t('The size of {0}', symbol.name),
    prompt: vscode.l10n.t('A whole number; empty keeps the symbol.'),
    value: String(sizes.get(symbol.name) ?? ''),
    ignoreFocusOut: true,
    validateInput: (text) => (/^\s*\d{0,15}\s*$/.test(text) ? undefined : vscode.l10n.t('A size is a whole number of at least 0, such as 96.')),
  });
  if (given === undefined) return;
  if (given.trim() === '') sizes.delete(symbol.name);
  else sizes.set(symbol.name, Number(given));
}

function askCall(value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('The call to trace'),
    prompt: vscode.l10n.t('An expression, or statements separated by ; that end in one. It is traced, never run.'),
    placeHolder: 'Net(dim=96)(torch.zeros(1, 49, 96))',
    value,
    ignoreFocusOut: true,
  }).then((text) => (text?.trim() === '' ? undefined : text));
}
