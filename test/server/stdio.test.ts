// The language server as any editor starts it: a process, its standard input and output, and a plain LSP client.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from 'vscode-languageserver-protocol/node';
import type { CodeLens, Diagnostic, Hover, InlayHint, MarkupContent, ProtocolConnection } from 'vscode-languageserver-protocol/node';
import type { EvaluateAnswer } from '../../src/server/messages';

const TEXT = `import torch

def double(x):
    return torch.cat([x, x], dim=-1)

a = torch.zeros(2, 3)  # (2, 4)
b = double(a)
c = a @ b
`;
const uri = 'file:///post/model.py';

describe('the language server over stdio', function () {
  this.timeout(30_000);
  let server: ChildProcessWithoutNullStreams;
  let client: ProtocolConnection;
  let diagnostics: Promise<Diagnostic[]>;

  const at = (text: string, offset = 0): { line: number; character: number } => {
    const before = TEXT.slice(0, TEXT.indexOf(text) + offset).split('\n');
    return { line: before.length - 1, character: before[before.length - 1]!.length };
  };
  const hover = async (text: string, offset = 0): Promise<string> => ((await client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position: at(text, offset) }))?.contents as MarkupContent | undefined)?.value ?? '';

  before(async () => {
    server = spawn(process.execPath, [path.join('bin', 'shapelens.mjs'), 'lsp', '--stdio']);
    client = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    diagnostics = new Promise((resolve) => client.onNotification('textDocument/publishDiagnostics', (params: { diagnostics: Diagnostic[] }) => resolve(params.diagnostics)));
    client.listen();
    await client.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await client.sendNotification('initialized', {});
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text: TEXT } });
  });

  after(async () => {
    await client.sendRequest('shutdown');
    const ended = new Promise((resolve) => server.once('exit', resolve));
    await client.sendNotification('exit');
    assert.equal(await ended, 0);
    client.dispose();
  });

  it('answers hovers, with the rule', async () => {
    assert.match(await hover('b = double'), /b: \(2, 6\) float32/);
    assert.match(await hover('torch.cat(', 7), /torch\.cat/);
    assert.equal(await hover('\n\ndef', 1), '');
  });

  it('has lenses and inlay hints', async () => {
    const lenses = await client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.some((lens) => lens.command?.title.startsWith('x (2, 3) → (2, 6)')), JSON.stringify(lenses.map((lens) => lens.command?.title)));
    const hints = await client.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    assert.ok(hints.some((hint) => hint.label === ': (2, 6) float32' && hint.position.line === 6 && hint.position.character === 1));
  });

  it('publishes what is wrong: the product as an error, the comment as a warning', async () => {
    const found = (await diagnostics).map(({ code, severity, range }) => [code, severity, range.start.line]);
    assert.deepEqual(found.sort(), [['matmul-size-mismatch', 1, 7], ['shape-comment-mismatch', 2, 5]]);
  });

  it('offers the correction of the comment', async () => {
    const [warning] = (await diagnostics).filter((each) => each.code === 'shape-comment-mismatch');
    const actions = await client.sendRequest<{ title: string; edit: { changes: Record<string, { newText: string }[]> } }[]>('textDocument/codeAction', { textDocument: { uri }, range: warning!.range, context: { diagnostics: [warning] } });
    assert.deepEqual(actions.flatMap((action) => action.edit.changes[uri]!.map((edit) => edit.newText)), ['(2, 3)', '  # shapelens: ignore[shape-comment-mismatch]']);
  });

  it('prepares an evaluation, and says why it cannot', async () => {
    const ask = (text: string): Promise<EvaluateAnswer> => client.sendRequest('shapelens/evaluate', { uri, range: { start: at(text), end: at(text) }, related: false });
    const answer = await ask('b = double');
    assert.ok(answer.ok);
    assert.deepEqual(answer.tensors.map((tensor) => [tensor.name, tensor.shape]), [['b', [2, 6]]]);
    const refused = await ask('import torch');
    assert.ok(!refused.ok && /no tensor expression/.test(refused.message));
  });

  it('ends with the process that an editor started, though that is killed and its input stays open', async () => {
    const initialize = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
    const editor = spawn(process.execPath, ['-e', 'process.stdout.write(process.argv[1]); setTimeout(() => {}, 60_000)', `Content-Length: ${initialize.length}\r\n\r\n${initialize}`]);
    const started = spawn(process.execPath, [path.join('bin', 'shapelens.mjs'), 'lsp', '--stdio'], { stdio: [editor.stdout, 'pipe', 'inherit'] });
    const output = started.stdout!;
    await new Promise((resolve) => output.once('data', resolve));
    // Both processes have it open.
    const closed = new Promise((resolve) => output.once('close', resolve));
    started.kill('SIGKILL');
    await closed;
    editor.kill();
  });
});
