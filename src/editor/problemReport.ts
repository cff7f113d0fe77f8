/** "Report Problem": a text for a bug report, with the least code that shows it. Nothing is sent anywhere. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { DESCRIBE } from '../server/messages';
import type { DescribeParams, Description } from '../server/messages';
import { SECTION } from './configuration';

/** Settings that may hold a path of the reader's machine stay out. */
const SETTINGS = ['enable', 'inlayHints', 'codeLens', 'backend'];

export interface Situation {
  readonly version: string;
  /** What the status bar says, or that the server has ended. */
  readonly status: string;
}

/** Opens the report beside the code. */
export async function reportProblem(client: LanguageClient, target: { uri: vscode.Uri; range: DescribeParams['range'] } | null, situation: Situation): Promise<string> {
  const described = target && client.isRunning() ? await client.sendRequest<Description | null>(DESCRIBE, { uri: client.code2ProtocolConverter.asUri(target.uri), range: target.range }) : null;
  const text = reportText(described, situation);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
  return text;
}

function reportText(described: Description | null, { version, status }: Situation): string {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return [
    `# ${vscode.l10n.t('Problem with Shapelens')}`, '',
    vscode.l10n.t('Look through this text before you pass it on: it holds code of yours. Nothing has been sent.'), '',
    `## ${vscode.l10n.t('What I expected')}`, '', '',
    `## ${vscode.l10n.t('What Shapelens said')}`, '',
    ...(described ? saidLines(described) : [vscode.l10n.t('(The cursor was on no traced expression.)')]), '',
    ...(described?.snippet ? [`## ${vscode.l10n.t('Code')}`, '', ...fenced(described.snippet), ''] : []),
    `## ${vscode.l10n.t('Versions')}`, '',
    `- Shapelens ${version}, VS Code ${vscode.version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    // Without the icons of the status bar.
    `- ${vscode.l10n.t('Status')}: ${status.replace(/\$\([\w-]+\) ?/g, '')}`,
    `- ${vscode.l10n.t('Settings')}: ${SETTINGS.map((name) => `${name} = ${JSON.stringify(configuration.get(name))}`).join(', ')}`, '',
  ].join('\n');
}

function saidLines({ expression, value, numbers, unknown, findings }: Description): string[] {
  return [
    ...fenced([`${expression}: ${value}`, ...(numbers ? [`    = ${numbers}`] : []), ...(unknown ? [`not known: ${unknown}`] : []), ...findings].join('\n')),
  ];
}

/** A fence longer than any in the text. */
function fenced(text: string): string[] {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((fence) => fence.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}python`, text, fence];
}
