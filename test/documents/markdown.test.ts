import assert from 'node:assert/strict';
import { checkMarks, read } from './support';

describe('a Markdown document', () => {
  it('has its code in fences of Python and its outputs in those of text', async () => {
    const document = await checkMarks('markdown', `
P|---
P|title: import torch
P|---
P|# Heading
P|x = torch.ones(2) in prose is prose:
P|y = torch.ones(2)
.|
P|~~~py
C|import torch
C|x = torch.ones(2)
C|print(x)
P|~~~
.|
P|\`\`\`text
O|tensor([1., 1.])
P|\`\`\`
.|
P|\`\`\`bash
P|pip install torch
P|\`\`\`
P|\`\`\`json
P|[1, 2]
P|\`\`\`
P|\`\`\`{.python .numberLines}
C|y = x + 1
P|\`\`\`
`);
    assert.deepEqual(document.outputs.map((output) => output.cell), [0]);
    assert.equal(document.source, 'import torch\nx = torch.ones(2)\nprint(x)\ny = x + 1\n');
  });

  it('decides for a fence without a name from what is in it', async () => {
    await checkMarks('markdown', `
P|\`\`\`
C|x = torch.ones(2)
C|x.shape
P|\`\`\`
P|\`\`\`
O|torch.Size([2])
P|\`\`\`
P|\`\`\`
P|src/
P|  main.c
P|\`\`\`
P|\`\`\`
P|$ make install
P|\`\`\`
P|\`\`\`
C|y = x * 2
C|print(y)
O|tensor([2., 2.])
P|\`\`\`
`);
  });

  it('reads transcripts and pasted outputs in fences of Python', async () => {
    await checkMarks('markdown', `
P|\`\`\`pycon
T|>>> x = torch.ones(2)
T|>>> x
O|tensor([1., 1.])
P|\`\`\`
P|\`\`\`python
C|y = x + 1
C|print(y)
.|
O|tensor([2., 2.])
P|\`\`\`
`);
  });

  it('takes the marks of lists and quotes off', async () => {
    const document = await checkMarks('markdown', `
P|1. First
.|
P|   \`\`\`python
C|   if True:
C|       x = 1
P|   \`\`\`
P|> \`\`\`python
C|> y = 2
C|>
C|> z = y
P|> \`\`\`
`);
    assert.equal(document.source, 'if True:\n    x = 1\ny = 2\n\nz = y\n');
    const z = document.map.toDocument(document.source.indexOf('z'));
    assert.deepEqual(document.lines.position(z), { line: 9, character: 2 });
  });

  it('reads indented blocks outside lists', async () => {
    await checkMarks('markdown', `
P|Text
.|
C|    x = torch.ones(2)
C|    print(x)
.|
P|Text
.|
P|    not code at all
.|
P|- item
.|
P|    z = torch.ones(3)
`);
  });

  it('puts methods of a later fence into their class', async () => {
    const { source } = await read('markdown', '```python\nclass A(nn.Module):\n    def f(self):\n        return 1\n```\n\ntext\n\n```python\n    def g(self):\n        return 2\n```\n\n```python\na = A()\n```\n');
    assert.equal(source, 'class A(nn.Module):\n    def f(self):\n        return 1\n    def g(self):\n        return 2\na = A()\n');
  });

  it('takes a tab for four blanks where eight would make no suite', async () => {
    const code = 'class A(nn.Module):\n    def __init__(self):\n        self.w = 1\n\tdef forward(self, x):\n        return x\n';
    const { source } = await read('markdown', `\`\`\`python\n${code}\`\`\`\n`);
    assert.equal(source, code.replace('\t', '    '));
    const tabs = 'if a:\n\tx = 1\nelse:\n        x = 2\n';
    assert.equal((await read('markdown', `\`\`\`python\n${tabs}\`\`\`\n`)).source, tabs);
  });

  it('reads an unclosed fence to the end, and CRLF', async () => {
    const document = await read('markdown', 'a\r\n```python\r\nx = 1\r\ny = 2\r\n');
    assert.equal(document.source, 'x = 1\r\ny = 2\r\n');
    assert.deepEqual(document.lines.position(document.map.toDocument(document.source.indexOf('y'))), { line: 3, character: 0 });
  });

  it('keeps a line that Python cannot read within its cell', async () => {
    const { source } = await read('markdown', '```python\nx = 1\nx = = 2\n变量 = 3\ny = x\n```\n');
    assert.equal(source, 'x = 1\nx = = 2\n变量 = 3\ny = x\n');
  });
});
