// Every command of the palette where there is nothing for it to do: it says so, and never fails.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ready, Shown } from './support';

const { executeCommand: run } = vscode.commands;
const contributed = (): string[] => (vscode.extensions.getExtension('shapelens.shapelens')!.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands.map(({ command }) => command);

/** About the window or the server, not about a document: tested in commands, views and post. */
const OF_THE_WINDOW = ['restartServer', 'doctor', 'provisionTensorFlow', 'reportProblem', 'showMenu', 'showOutput', 'showCoverage', 'refreshCoverage', 'countCoverage', 'unpinValues'];
/** They ask, by a quick pick or a dialog, or change what is traced: there is always something to do for them in a document. */
const ASKING = ['traceWith', 'useCheckpoint', 'traceDocument', 'stopTracing', 'stopTraceWith'];
const named = (names: readonly string[]): Set<string> => new Set(names.map((name) => `shapelens.${name}`));

interface Said { readonly messages: string[]; readonly errors: string[] }

/** What a command tells the reader. The extension and its tests share one `vscode`. */
async function saidBy(command: string): Promise<Said> {
  const said: Said = { messages: [], errors: [] };
  const window = vscode.window as unknown as Record<string, unknown>;
  const kept = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'].map((name) => [name, window[name]] as const);
  for (const [name] of kept) window[name] = (text: string): Promise<undefined> => {
    (name === 'showErrorMessage' ? said.errors : said.messages).push(text);
    return Promise.resolve(undefined);
  };
  try {
    await run(command);
  } finally {
    for (const [name, value] of kept) window[name] = value;
  }
  return said;
}

async function allSay(commands: readonly string[]): Promise<void> {
  const silent: string[] = [];
  for (const command of commands) {
    const { messages, errors } = await saidBy(command);
    assert.deepEqual(errors, [], command);
    if (messages.length !== 1) silent.push(`${command}: ${JSON.stringify(messages)}`);
  }
  assert.deepEqual(silent, [], 'each says one thing');
}

describe('the palette where there is nothing to do', () => {
  before(ready);
  after(() => run('workbench.action.closeAllEditors'));

  it('says that no document is open', async () => {
    await run('workbench.action.closeAllEditors');
    const others = named(OF_THE_WINDOW);
    await allSay(contributed().filter((command) => !others.has(command)));
  });

  for (const [what, content, part] of [
    ['an empty document', '', ''],
    ['a comment', '# only a comment\n', 'comment'],
    ['Python that cannot be read', 'def f(:\n  x = = 3\n', 'def'],
    ['Python without tensors', 'a = 3\n', 'a'],
  ] as const) {
    it(`says that there is no tensor in ${what}`, async () => {
      const shown = await Shown.open(content);
      await shown.select(part);
      const others = named([...OF_THE_WINDOW, ...ASKING, 'viewDebuggedTensor']);
      await allSay(contributed().filter((command) => !others.has(command)));
      assert.equal(shown.document.getText(), content);
      await shown.close();
    });
  }

  it('says that there is nothing to trace in a document that is no code', async () => {
    const shown = await Shown.open('{ "a": [1, 2] }\n', 'json');
    for (const command of named(['traceDocument'])) assert.deepEqual((await saidBy(command)).errors, []);
    await shown.select('a');
    await allSay(['shapelens.copyShape', 'shapelens.showSteps', 'shapelens.evaluateExpression', 'shapelens.insertShapeComments']);
    await saidBy('shapelens.stopTracing');
    await shown.close();
  });
});
