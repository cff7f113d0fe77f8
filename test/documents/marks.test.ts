// Code that was pasted with what a page or an editor puts before its lines, or with characters that are not those of Python.
import assert from 'node:assert/strict';
import { read } from './support';

const CODE = `import torch
from torch import nn

class Head(nn.Module):
    def __init__(self, dim=64, heads=4):
        super().__init__()
        self.qkv = nn.Linear(dim, dim * 3)
        self.heads = heads

    def forward(self, x):
        B, N, C = x.shape
        q, k, v = self.qkv(x).view(B, N, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        return q @ k.transpose(-2, -1)

out = Head()(torch.randn(2, 10, 64))
`;
const LINES = CODE.trimEnd().split('\n');
const lined = (mark: (line: number) => string): string => `${LINES.map((line, i) => `${mark(i)}${line}`.trimEnd()).join('\n')}\n`;
const post = (code: string): string => `Why has the result four dims?\n\n${code}\nThanks for any help!\n`;
const marks: Record<string, string> = {
  'numbers in a column': lined((i) => `${String(i + 1).padStart(3)} `),
  'numbers that end in a dot': lined((i) => `${i + 1}. `),
  'numbers and a colon': lined((i) => `${i + 1}: `),
  'numbers and a tab': lined((i) => `${i + 1}\t`),
  'numbers and a bar': lined((i) => `${String(i + 1).padStart(2)} | `),
  'numbers on the left, code in a column': lined((i) => String(i + 1).padEnd(4)),
  'numbers of a later part of a file': lined((i) => `${i + 95} `),
  'numbers right before the code': lined((i) => String(i + 1)),
  'added lines of a difference': lined(() => '+'),
  'added lines with a blank': lined(() => '+ '),
};

describe('marks before lines of code', () => {
  for (const [name, marked] of Object.entries(marks)) {
    it(`are left out: ${name}`, async () => {
      for (const [language, text] of [['text', post(marked)], ['markdown', post(`\`\`\`python\n${marked}\`\`\`\n`)], ['python', marked], ['text', post(marked).replace(/\n/g, '\r\n')]] as const) {
        const { source, map, restorations } = await read(language, text);
        assert.equal(source.replace(/\r/g, '').trimEnd(), CODE.trimEnd(), language);
        for (const piece of map.pieces) assert.equal(source.slice(piece.source, piece.source + piece.length), text.slice(piece.document, piece.document + piece.length));
        assert.deepEqual(restorations.map(({ text: restored, lost }) => [restored.replace(/\r/g, ''), lost]), [[CODE.trimEnd(), 'marks']]);
        assert.equal(map.toSource(text.indexOf('x.shape')), source.indexOf('x.shape'));
      }
    });
  }

  for (const [name, marked] of Object.entries({
    'bars behind the lines, as cells of a table': LINES.map((line) => `${line} | |`).join('\n'),
    'bars behind the lines, and fewer behind the last': `${LINES.slice(0, -1).map((line) => `${line} | |`).join('\n')}\n${LINES.at(-1)!} |`,
    'bars on lines of their own': `|\n${LINES.map((line) => (line === '' ? '|' : `${line} |`)).join('\n|\n')}\n`,
    'numbers on lines of their own': LINES.map((line, i) => `${i + 1}\n${line}`).join('\n'),
    'numbers on lines of their own, where blank lines are lost': LINES.map((line, i) => (line === '' ? `${i + 1}` : `${i + 1}\n${line}`)).join('\n'),
    'dashes of a list': LINES.map((line) => `- ${line}`.trimEnd()).join('\n'),
  })) {
    it(`are left out where a page has set the code as a table or list: ${name}`, async () => {
      const text = `A head for all tokens\n12 views\n\n${marked}\n\nThanks for any help!\n`;
      const written = (code: string): string[] => code.split('\n').filter((line) => line.trim() !== '');
      const { source, map, restorations } = await read('text', text);
      assert.deepEqual(written(source), written(CODE));
      assert.deepEqual(restorations.map(({ lost }) => lost), ['marks']);
      assert.equal(map.toSource(text.indexOf('x.shape')), source.indexOf('x.shape'));
      const flat = await read('text', text.replace(/^(- )? +/gm, '$1'));
      assert.deepEqual(written(flat.source), written(CODE));
    });
  }

  it('are those of a difference: removed lines are no code', async () => {
    const difference = ['@@ -1,4 +1,5 @@', ' import torch', ' x = torch.zeros(2, 6)', '-y = x.view(3, 5)', '+y = x.view(3, 4)', '+z = y.t()', ''].join('\n');
    for (const [language, text] of [['markdown', `Try\n\n\`\`\`diff\n${difference}\`\`\`\n`], ['text', `Try this one:\n\n${difference}\nBye.\n`]] as const) {
      assert.deepEqual((await read(language, text)).source.split('\n').filter((line) => line !== ''), ['import torch', 'x = torch.zeros(2, 6)', 'y = x.view(3, 4)', 'z = y.t()']);
    }
  });

  it('are those of a quoted mail', async () => {
    const { source } = await read('text', `You wrote:\n\n> I have this:\n>\n> import torch\n> for i in range(3):\n>     x = torch.zeros(i)\n\nWhat for?\n`);
    assert.equal(source, 'import torch\nfor i in range(3):\n    x = torch.zeros(i)\n');
  });

  it('are none where the numbers are those of the code, of a list in the text or of printed values', async () => {
    for (const [language, text] of [
      ['python', 'import torch\nsizes = {\n    1: torch.zeros(2),\n    2: torch.zeros(3),\n    3: torch.zeros(4),\n}\nx = [\n    1,\n    2,\n    3,\n]\n'],
      ['text', 'To do:\n\n1. Read the paper (again).\n2. Write the model: see below.\n3. Train it = wait.\n\nimport torch\nx = torch.zeros(3)\n'],
      ['markdown', '1. Call `view(2, 3)`\n2. Call `t()`\n3. Done\n\n- one\n- two\n\n+ a\n+ b\n+ c\n'],
      ['text', 'import torch\nprint(table)\n0    1\n1    2\n2    3\ndtype: int64\n'],
      ['text', '- x.view(2, 3)\n- x.t()\n- y = x.sum(0)\n- z = x.permute(1, 0)\n- import it all\n'],
      ['text', '| a | b |\n|---|---|\n| x.view(2) | y = 3 |\n| import torch | z = 3 |\n| import math | z = 3 |\n'],
      ['python', 'x = (a |\nb |\nc |\nd)\n'],
      ['text', '>>> for i in range(6): print(i)\n1\n2\n3\n4\n5\n6\n'],
      ['python', 'y = (a\n+ b(1)\n+ c(2)\n+ d(3)\n- e)\n'],
    ] as const) assert.deepEqual((await read(language, text)).restorations, [], text);
  });
});

describe('characters that are not those of Python', () => {
  it('are read as those that they stand for, and can be replaced', async () => {
    const text = 'import torch\nx = torch.einsum(‘bij,bjk->bik’，torch.zeros（2, 3, 4）, torch.zeros(2, 4, 5))  # 形状（2，3，5）\ny = x.sum(−1) – 1\n\u00A0\u00A0\nname = "（x）"\n';
    const { source, restorations, map } = await read('python', text);
    assert.equal(source, 'import torch\nx = torch.einsum(\'bij,bjk->bik\',torch.zeros(2, 3, 4), torch.zeros(2, 4, 5))  # 形状（2，3，5）\ny = x.sum(-1) - 1\n  \nname = "（x）"\n');
    assert.deepEqual(restorations.map(({ text: restored, lost }) => [restored.slice(0, 5), lost]), [['x = t', 'characters'], ['y = x', 'characters'], ['  ', 'characters']]);
    assert.equal(map.toDocument(source.indexOf('y = ')), text.indexOf('y = '));
  });

  it('are full-width where all else of the line is code, and the author’s own in the text', async () => {
    assert.equal((await read('text', '先看代码：\n\nimport torch\nx = torch.zeros（2，3）\ny = x.t()  # 转置（3，2）\n\n结果（如下）：x。\n')).source, 'import torch\nx = torch.zeros(2,3)\ny = x.t()  # 转置（3，2）\n');
  });

  it('stay in strings and comments', async () => {
    const text = '# “x”，（y）\nx = "（“）" + \'，\' + """“\n，"""\ny = f"{x}：" # ’\n';
    const { source, restorations } = await read('python', text);
    assert.deepEqual([source, restorations], [text, []]);
  });
});

describe('prompts', () => {
  it('stand right before the code, too', async () => {
    const { source, outputs } = await read('text', '>>>import torch\n>>>def f(a):\n...    return a.t()\n...\n>>>f(torch.zeros(2, 3)).shape\ntorch.Size([3, 2])\n');
    assert.match(source, /^import torch\ndef f\(a\):\n {4}return a\.t\(\)\n\nf\(torch/);
    assert.equal(outputs.length, 1);
  });

  it('belong to no code, nor does what was printed: a place in them is in none', async () => {
    const text = '>>> x = 1\n>>> x\n1\n>>> y = x\n';
    const { map } = await read('text', text);
    for (const at of [text.indexOf('\n1\n') + 1, text.indexOf('>>> y'), text.indexOf('>>> x\n')]) assert.equal(map.toSource(at), null);
    assert.notEqual(map.toSource(text.indexOf('y = x')), null);
  });
});
