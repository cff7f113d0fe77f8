// Fixes: offered only where a trace of the changed text shows the fault gone; each is applied here and traced again.
import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { FAULTS, HEAD } from './faults';
import { LspClient } from './lspClient';


describe('fixes', function () {
  this.timeout(60_000);
  let client: LspClient;
  let count = 0;

  before(async () => { client = await LspClient.start({ ownClient: true }); });
  after(async () => assert.equal(await client.stop(), 0));

  async function open(code: string): Promise<{ uri: string; diagnostics: Diagnostic[] }> {
    const uri = `file:///post/fix${++count}.py`;
    await client.open(uri, HEAD + code);
    return { uri, diagnostics: await client.diagnostics(uri, () => true) };
  }
  const isFix = (action: CodeAction): boolean => !action.title.startsWith('Suppress');

  for (const [code, fault, line] of FAULTS) {
    it(`mends ${fault}: ${line}`, async () => {
      const { uri, diagnostics } = await open(code);
      const diagnostic = diagnostics.find((each) => each.code === fault);
      assert.ok(diagnostic, JSON.stringify(diagnostics));
      const fixes = (await client.actions(uri, diagnostic)).filter(isFix);
      assert.ok(fixes.length > 0, 'no fix is offered');
      assert.equal(fixes[0]!.isPreferred, true);
      for (const [i, fix] of fixes.entries()) {
        const text = client.applied(uri, fix);
        if (i === 0) assert.ok(text.split('\n').includes(line), `${fix.title}:\n${text}`);
        const other = `file:///post/fix${++count}.py`;
        await client.open(other, text);
        assert.deepEqual((await client.diagnostics(other, () => true)).map((each) => each.code), [], `${fix.title}:\n${text}`);
      }
    });
  }

  it('offers none that brings another fault, and always the suppression', async () => {
    // Transposing b would mend the product and break the sum; transposing a would break the product.
    const { uri, diagnostics } = await open('a = torch.zeros(2, 3)\nb = torch.zeros(4, 3)\nc = a @ b\nd = torch.zeros(7, 7) + c');
    const actions = await client.actions(uri, diagnostics[0]!);
    assert.deepEqual(actions.map((action) => action.title), ['Suppress matmul-size-mismatch on this line']);
  });

  it('suppresses on the line, and beside what is suppressed there already', async () => {
    const { uri, diagnostics } = await open('a = torch.zeros(2, 3)\nc = a @ torch.zeros(4, 3)  # product\nd = torch.zeros(4, 6).view(3, 7)  # shapelens: ignore[dim-repeated]');
    for (const diagnostic of diagnostics) {
      const suppress = (await client.actions(uri, diagnostic)).find((action) => action.title.startsWith('Suppress'))!;
      const text = client.applied(uri, suppress);
      const other = `file:///post/fix${++count}.py`;
      await client.open(other, text);
      assert.ok(!(await client.diagnostics(other, () => true)).some((each) => each.code === diagnostic.code), text);
    }
    const last = (await client.actions(uri, diagnostics.find((each) => each.code === 'view-size-mismatch')!)).find((action) => action.title.startsWith('Suppress'))!;
    assert.match(client.applied(uri, last), /# shapelens: ignore\[dim-repeated, view-size-mismatch\]$/);
  });

  it('suppresses above the statement where a comment at the end of the line would be code', async () => {
    const above = async (code: string): Promise<string> => {
      const { uri, diagnostics } = await open(code);
      const [suppress] = (await client.actions(uri, diagnostics[0]!)).filter((action) => action.title.startsWith('Suppress'));
      const text = client.applied(uri, suppress!);
      const other = `file:///post/fix${++count}.py`;
      await client.open(other, text);
      assert.deepEqual(await client.diagnostics(other, () => true), [], text);
      return text.slice(HEAD.length);
    };
    const [a, comment] = ['torch.zeros(2, 3)', '# shapelens: ignore[matmul-size-mismatch]'];
    assert.equal(await above(`c = ${a} @ \\\n    ${a}`), `${comment}\nc = ${a} @ \\\n    ${a}`);
    assert.equal(await above(`if True:\n    s = f"""\n{${a} @ ${a}}\n"""`), `if True:\n    ${comment}\n    s = f"""\n{${a} @ ${a}}\n"""`);
    assert.equal(await above(`if "#" and \\\n    (${a} @ ${a} + \\\n    1).sum() > 0:\n    pass`), `${comment}\nif "#" and \\\n    (${a} @ ${a} + \\\n    1).sum() > 0:\n    pass`);
  });

  it('offers no comment in the midst of a line that has lost its breaks', async () => {
    const { uri, diagnostics } = await open('a = torch.zeros(2, 3) c = a @ torch.zeros(4, 3) d = a.sum(dim=1) e = d + 1');
    const found = diagnostics.find(({ code }) => code === 'matmul-size-mismatch');
    assert.ok(found, JSON.stringify(diagnostics));
    assert.deepEqual((await client.actions(uri, found)).filter((action) => action.title.startsWith('Suppress')), []);
  });
});

describe('shape comments', function () {
  this.timeout(60_000);
  const uri = 'file:///post/comments.py';
  const text = `${HEAD}
def split(x):
    B, N, C = x.shape
    q, k = x + 1, x * 2
    y = q @ k.transpose(-2, -1)  # the scores
    z = q @ k.transpose(-2, -1)
    return z

class Net(nn.Module):
    def forward(self, x):
        B, C, H, W = x.shape
        y = x.flatten(2)
        return y

a = torch.zeros(2, 3)
b = a.T  # (2, 3)
`;
  let client: LspClient;

  before(async () => {
    client = await LspClient.start();
    await client.open(uri, text);
  });
  after(async () => assert.equal(await client.stop(), 0));

  it('are inserted where there is none, and found right by the checker', async () => {
    const [action, ...more] = await client.actionsOf(uri, 'source.insertShapeComments', 'import torch');
    assert.equal(more.length, 0);
    const after = client.applied(uri, action!);
    assert.match(after, /y = x\.flatten\(2\)  # \(B, C, H\*W\)\n/);
    assert.match(after, /q, k = x \+ 1, x \* 2  # q, k: \(B, N, C\)\n/);
    assert.match(after, /y = q @ k\.transpose\(-2, -1\)  # the scores\n {4}z = q @ k\.transpose\(-2, -1\)  # \(B, N, N\)\n/);
    assert.match(after, /a = torch\.zeros\(2, 3\)  # \(2, 3\)\nb = a\.T  # \(2, 3\)\n/);
    await client.open('file:///post/inserted.py', after);
    assert.deepEqual((await client.diagnostics('file:///post/inserted.py', () => true)).map((each) => each.code), ['shape-comment-mismatch']);
  });

  it('are not inserted in the midst of a line that has lost its breaks', async () => {
    const lost = 'file:///post/lost.py';
    await client.open(lost, 'import torch x = torch.zeros(2, 3) y = x.sum(dim=1)\nz = torch.zeros(4)\n');
    const [action] = await client.actionsOf(lost, 'source.insertShapeComments', 'z');
    assert.equal(client.applied(lost, action!), 'import torch x = torch.zeros(2, 3) y = x.sum(dim=1)  # (2,)\nz = torch.zeros(4)  # (4,)\n');
  });

  it('are inserted in one function only where that is asked for', async () => {
    const [action] = await client.actionsOf(uri, 'refactor.rewrite.insertShapeComments', 'y = x.flatten');
    const after = client.applied(uri, action!);
    assert.match(after, /flatten\(2\)  # \(B, C, H\*W\)/);
    assert.doesNotMatch(after, /# \(B, N, N\)/);
  });

  it('are updated where the trace says otherwise', async () => {
    const [action] = await client.actionsOf(uri, 'source.updateShapeComments', 'import torch');
    assert.equal(client.applied(uri, action!), text.replace('b = a.T  # (2, 3)', 'b = a.T  # (3, 2)'));
  });

  it('are no part of the menu of a line', async () => {
    const at = client.at(uri, 'y = x.flatten');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: at, end: at }, context: { diagnostics: [] } });
    assert.deepEqual(actions, []);
  });
});
