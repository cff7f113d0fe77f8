/** Measures in the extension host of a real VS Code, by what VS Code itself offers: edits of the workspace and its hover providers. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { serverProcess, Shown } from '../../test/editor/support';
import { nthEdit } from '../edits';
import type { EditedFile } from '../edits';
import type { Activation, Measurements, Plan } from './measurements';

/** As long as anybody would wait; a hover that is still not there is a failure. */
const PATIENCE_MILLISECONDS = 60_000;
/** Until what the last edit caused is done. */
const REST_MILLISECONDS = 5_000;
/** Of the kernel's clock of CPU times, in /proc. */
const TICK_MILLISECONDS = 10;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function run(): Promise<void> {
  const plan = JSON.parse(readFileSync(path.join(__dirname, 'plan.json'), 'utf8')) as Plan;
  const extension = vscode.extensions.getExtension('shapelens.shapelens')!;
  if (extension.isActive) throw new Error('the extension was activated before it could be measured');
  const start = performance.now();
  await extension.activate();
  const activation = { ...markedTimes(extension.id), request: performance.now() - start };
  const first = await vscode.workspace.openTextDocument({ language: 'python', content: 'import torch\nx = torch.zeros(2, 3)\n' });
  await vscode.window.showTextDocument(first);
  await hovered(first, first.getText().indexOf('x'), /x: \(2, 3\)/);
  const firstHover = performance.now() - start;
  const edits: Record<string, number[]> = {};
  for (const file of plan.files) edits[file.name] = await editTimes(file, plan);
  const library = plan.files.at(-1);
  const answered = library ? await answeredTimes(library, plan) : [];
  const idle = plan.idleSeconds > 0 ? await idleTimes(plan.idleSeconds) : null;
  writeFileSync(plan.report, JSON.stringify({ activation, firstHover, edits, answered, idle } satisfies Measurements));
}

interface Marks {
  getMarks(): readonly { readonly name: string; readonly startTime: number }[];
}

/** What *Developer: Startup Performance* shows too: the extension host marks when it loads and calls each extension. */
function markedTimes(id: string): Omit<Activation, 'request'> {
  const marks = (globalThis as { MonacoPerformanceMarks?: Marks }).MonacoPerformanceMarks?.getMarks() ?? [];
  const between = (from: string, to: string): number => {
    const [start, end] = [from, to].map((name) => marks.find((mark) => mark.name === `code/extHost/${name}/${id}`)?.startTime);
    if (start === undefined || end === undefined) throw new Error(`this VS Code does not mark ${from} and ${to} of ${id}`);
    return end - start;
  };
  return { load: between('willLoadExtensionCode', 'didLoadExtensionCode'), call: between('willActivateExtension', 'didActivateExtension') };
}

/** Asks for the hover until it says what it should. */
async function hovered(document: vscode.TextDocument, offset: number, good: RegExp): Promise<void> {
  const position = document.positionAt(offset);
  let last = '';
  for (const end = performance.now() + PATIENCE_MILLISECONDS; performance.now() < end;) {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    last = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
    if (good.test(last)) return;
  }
  throw new Error(`the hover is ${JSON.stringify(last)}, not ${good.source}`);
}

/** The same of an extension that knows the answer, in a document that is none of ours: what VS Code takes by itself. */
async function answeredTimes(file: EditedFile, plan: Plan): Promise<number[]> {
  const language = 'plaintext';
  const provider = vscode.languages.registerHoverProvider({ language }, {
    provideHover: (document, position) => new vscode.Hover(new vscode.MarkdownString(`\`\`\`python\nout: (B, N, C + ${/(\d+)\)\)$/.exec(document.lineAt(position).text)?.[1]})`)),
  });
  try {
    return await editTimes(file, plan, language);
  } finally {
    provider.dispose();
  }
}

async function editTimes(file: EditedFile, { edits, warmUp }: Plan, language = 'python'): Promise<number[]> {
  const shown = await Shown.open(file.text, language);
  const { document } = shown;
  await hovered(document, nthEdit(file.text, 0).hover, /out: /);
  const times: number[] = [];
  for (let n = 0; n < warmUp + edits; n++) {
    const { start, end, text, hover, shows } = nthEdit(document.getText(), n);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
    const before = performance.now();
    await vscode.workspace.applyEdit(edit);
    await hovered(document, hover, shows);
    if (n >= warmUp) times.push(performance.now() - before);
  }
  await shown.close();
  return times;
}

/** CPU time of the language server and of the extension host while a traced document is open and nobody does anything. */
async function idleTimes(seconds: number): Promise<Measurements['idle']> {
  const shown = await Shown.open('import torch\nx = torch.zeros(2, 3)\n');
  await shown.hovers('x', 'x', /\(2, 3\)/);
  await sleep(REST_MILLISECONDS);
  const pid = serverProcess();
  if (pid === null || process.platform !== 'linux') return null;
  const [server, host] = [cpuOf(pid), process.cpuUsage()];
  await sleep(seconds * 1000);
  const { user, system } = process.cpuUsage(host);
  return { server: cpuOf(pid) - server, host: (user + system) / 1000 };
}

/** Fields 14 and 15 of its status: user and system time; the second field is a name in brackets. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS;
}
