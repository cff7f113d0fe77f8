// Documents as they lie on a disk, and as they come and go: encodings, line ends, other markup, renamed and deleted files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Shown } from './support';

const { executeCommand: run } = vscode.commands;

describe('documents of all kinds', () => {
  let folder: string;

  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'shapelens-documents-')); });
  after(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  const written = (name: string, content: string | Uint8Array): vscode.Uri => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return vscode.Uri.file(file);
  };

  it('are read with a byte order mark, CRLF and tabs', async () => {
    const shown = await Shown.file(written('windows.py', '\uFEFFimport torch\r\nx = torch.zeros(2, 3)\r\nif True:\r\n\ty = x @ x.T\r\n\tz = x @ x\r\n'));
    await shown.hovers('y', 'y =', /y: \(2, 2\) float32/);
    const [found] = await shown.diagnostics((all) => all.length === 1);
    assert.deepEqual([found!.range.start.line, shown.document.getText(found!.range)], [4, 'x @ x']);
  });

  it('are read in another encoding as the editor has decoded them', async () => {
    const uri = written('latin.py', Buffer.from('# -*- coding: latin-1 -*-\nimport torch\ns = "\u00e9"\nx = torch.zeros(2, len(s))\n', 'latin1'));
    const document = await vscode.workspace.openTextDocument(uri, { encoding: 'iso88591' });
    const shown = await Shown.file(document.uri);
    await shown.hovers('x', 'x =', /x: \(2, 1\) float32/);
  });

  it('are followed when they are renamed while they are open, and gone when they are deleted', async () => {
    const before = written('before.py', 'import torch\nx = torch.zeros(2, 3)\ny = x @ x\n');
    let shown = await Shown.file(before);
    await shown.diagnostics((all) => all.length === 1);
    const after = vscode.Uri.file(path.join(folder, 'after.py'));
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(before, after);
    assert.ok(await vscode.workspace.applyEdit(rename));
    shown = await Shown.file(after);
    await shown.diagnostics((all) => all.length === 1);
    await shown.hovers('x', 'x =', /x: \(2, 3\) float32/);
    assert.deepEqual(vscode.languages.getDiagnostics(before), []);
    await shown.replace('x @ x', 'x @ x.T');
    await shown.diagnostics((all) => all.length === 0);
    await shown.document.save();
    const removal = new vscode.WorkspaceEdit();
    removal.deleteFile(after);
    assert.ok(await vscode.workspace.applyEdit(removal));
    assert.deepEqual(vscode.languages.getDiagnostics(after), []);
  });

  it('have no last commit where a repository has none', async () => {
    execFileSync('git', ['init'], { cwd: folder, stdio: 'ignore' });
    const shown = await Shown.file(written('fresh.py', 'import torch\nx = torch.zeros(2, 3)\n'));
    await shown.hovers('x', 'x =', /\(2, 3\)/);
    assert.equal(await run('shapelens.showShapeDiff'), undefined);
  });

  const CODE = ['import torch', 'x = torch.zeros(2, 3)', 'y = x @ x.T'];
  for (const [name, content] of [
    ['paper.qmd', `---\ntitle: A\n---\n\nText.\n\n\`\`\`{python}\n#| echo: false\n${CODE.join('\n')}\n\`\`\`\n\n\`\`\`{r}\nx <- 4\n\`\`\`\n`],
    ['paper.Rmd', `Text.\n\n\`\`\`{python, echo=FALSE}\n${CODE.join('\n')}\n\`\`\`\n`],
    ['page.mdx', `import Foo from './foo'\n\n<Foo bar={1}>\n\n\`\`\`python title="m.py" {1,3}\n${CODE.join('\n')}\n\`\`\`\n\n</Foo>\n`],
    ['page.rst', `Title\n=====\n\nText::\n\n    this is literal\n\n.. code-block:: python\n   :linenos:\n\n   ${CODE.join('\n   ')}\n\nMore text.\n`],
    ['page.adoc', `= Title\n\nText.\n\n[source,python]\n----\n${CODE.join('\n')}\n----\n`],
    ['page.html', `<html><body><p>Text.</p>\n<pre><code class="language-python">${CODE.join('\n')}\nif x.shape[0] &lt; 3: z = &quot;a&quot;\n</code></pre></body></html>\n`],
  ] as const) {
    it(`are traced when asked for: ${name}`, async () => {
      const shown = await Shown.file(written(name, content));
      await run('shapelens.traceDocument');
      await shown.hovers('y', 'y = x', /y: \(2, 2\) float32/);
      assert.deepEqual(await shown.diagnostics((all) => all.length === 0), []);
      await run('shapelens.stopTracing');
    });
  }
});
