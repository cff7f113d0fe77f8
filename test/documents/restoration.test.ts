// Documents whose code lost its line breaks: what is read, where it stands, and what had to be assumed.
import assert from 'node:assert/strict';
import { marksOf, pythonParser, read, seed, seeded } from './support';
import { fixture, restore, withoutLineBreaks } from '../shapes/python/repair/support';

const GATE = 'class Gate(nn.Module):def __init__(self, width, keep=0.9):super().__init__()self.keep = keepself.mix = nn.Linear(width, 2 * width)';
const FORWARD = 'def forward(self, x, scale=None):u, v = self.mix(x).chunk(2, dim=-1)  # 分成两半if scale is not None:u = u * scaleelse:u = u * self.keepout = u * torch.sigmoid(v)return out';
const SOURCE = `class Gate(nn.Module):
    def __init__(self, width, keep=0.9):
        super().__init__()
        self.keep = keep
        self.mix = nn.Linear(width, 2 * width)
    def forward(self, x, scale=None):
        u, v = self.mix(x).chunk(2, dim=-1)  # 分成两半
        if scale is not None:
            u = u * scale
        else:
            u = u * self.keep
        out = u * torch.sigmoid(v)
        return out
`;
const posts = {
  'a Chinese post': `二、门控模块\n\n下面是构造函数,width 是特征维度:\n\n${GATE}\n  1. width:特征维度\n  2. keep:保留比例\n\n前向传播如下\n\n    ${FORWARD}\n\n最后返回 out,形状不变。\n`,
  'an English post': `A gate after each block\n\nThis is the constructor; the width never changes.\n\n${GATE}\n\nAnd what it computes (note the two branches):\n\n    ${FORWARD}\n\nNothing else is needed, is it?\n`,
  'a post whose methods lost their indentation too': `The gate:\n\n${GATE}\n\nThen, forward.\n\n${FORWARD}\n`,
  'a post with Windows line ends': `The gate:\r\n\r\n${GATE}\r\n\r\nThen, forward.\r\n\r\n    ${FORWARD}\r\n`,
};

describe('a document that lost its line breaks', () => {
  for (const [name, text] of Object.entries(posts)) {
    it(`is read as it was written: ${name}`, async () => {
      const document = await read('text', text);
      assert.equal(document.source.replace(/\r/g, ''), SOURCE);
      assert.equal(marksOf(document).filter((mark) => mark === 'C').length, 2);
      assert.equal(document.restorations.length, 2);
      for (const { range, text: restored } of document.restorations) assert.equal(restored.replace(/\s/g, ''), text.slice(range.start, range.end).replace(/\s/g, ''));
    });

    it(`keeps its positions: ${name}`, async () => {
      const { source, map } = await read('text', text);
      for (const { source: from, document: to, length } of map.pieces) assert.equal(source.slice(from, from + length), text.slice(to, to + length));
      const at = source.indexOf('torch.sigmoid');
      assert.equal(text.slice(map.toDocument(at)).startsWith('torch.sigmoid'), true);
      assert.equal(map.toSource(text.indexOf('torch.sigmoid')), at);
    });
  }

  it('says what the text does not decide, and why it was taken so', async () => {
    const text = posts['an English post'];
    const { assumptions } = await read('text', text);
    assert.deepEqual(assumptions.map(({ text: said, range }) => [said, text.slice(range.start, range.end)]), [
      ["line breaks were lost: the suite of 'else:' is taken to end before 'out = u * torch.sigmoid(v)': the other branch makes nothing like it", 'out = u * torch.sigmoid(v)'],
    ]);
  });

  it('has outputs in its comments, which end where the next statement begins', async () => {
    const { source } = await read('text', 'Two views:\n\nimport torch x = torch.arange(6) print(f"{x}, shape: {x.shape}") # First: tensor([0, 1, 2, 3, 4, 5]), shape: torch.Size([6]) # As a matrix y = x.view(2, 3) # All: # tensor([[0, 1, 2], # [3, 4, 5]]), shape: torch.Size([2, 3]) z = y.t()\n\nThat was all.\n');
    assert.deepEqual(source.trim().split('\n').filter((line) => !line.startsWith('#')).map((line) => line.replace(/\s*#.*/, '')), ['import torch', 'x = torch.arange(6)', 'print(f"{x}, shape: {x.shape}")', 'y = x.view(2, 3)', 'z = y.t()']);
  });

  it('has shapes in its comments, right before the next statement', async () => {
    const { source } = await read('text', '下面是实现:\n\ndef heads_apart(x, heads):# x: (batch, tokens, width)batch, tokens, width = x.shapesize = width // heads# 拆分x = x.reshape(batch, tokens, heads, size)x = x.transpose(1, 2)  # (batch, heads, tokens, size)return x\n\n完。\n');
    assert.deepEqual(source.trim().split('\n').map((line) => line.trim()).filter((line) => !line.startsWith('#')).map((line) => line.replace(/\s*#.*/, '')), [
      'def heads_apart(x, heads):', 'batch, tokens, width = x.shape', 'size = width // heads', 'x = x.reshape(batch, tokens, heads, size)', 'x = x.transpose(1, 2)', 'return x',
    ]);
  });

  it('begins behind a sentence with a call of torch', async () => {
    assert.equal((await read('text', '维度不对就会报错torch.manual_seed(0) x = torch.zeros(3, 3) # torch.Size([3, 3]) y = x.sum(0) print(y.shape)\n')).source.trim().split('\n').filter((line) => !line.startsWith('#')).at(-1), 'print(y.shape)');
  });

  it('may be two statements only, the second a call of print', async () => {
    assert.equal((await read('text', 'Try this:\n\nimport torch x = torch.zeros(3) print(x.shape)\n\nDone (print it).\n')).source.trim(), 'import torch\nx = torch.zeros(3)\nprint(x.shape)');
  });

  it('is read in a Markdown fence, beside code that has its breaks', async () => {
    const document = await read('markdown', `# Gate\n\n\`\`\`python\nimport torch\nfrom torch import nn\n${GATE}\n\`\`\`\n\nProse (with brackets)and a slip.\n\n\`\`\`python\ny = Gate(8)(torch.zeros(2, 8))\n\`\`\`\n`);
    assert.match(document.source, /^from torch import nn\nclass Gate\(nn\.Module\):\n {4}def __init__[^\n]*\n {8}super\(\)\.__init__\(\)\n/m);
    assert.match(document.source, /^y = Gate/m);
    assert.equal(document.restorations.length, 1);
  });

  it('is read in a Python file, whose other lines stay as they are', async () => {
    const text = `import torch\n\n${GATE}\n\n\ndef f(x):\n    return (x +\n            1)\n`;
    const document = await read('python', text);
    assert.deepEqual((await pythonParser()).parse(document.source).errors, []);
    assert.ok(document.source.startsWith('import torch\n\nclass Gate(nn.Module):\n    def __init__'));
    assert.ok(document.source.endsWith('\n\n\ndef f(x):\n    return (x +\n            1)\n'));
    assert.equal(document.cells.length, 1);
  });

  it('is left alone where there is nothing to restore', async () => {
    for (const language of ['python', 'text', 'markdown'] as const) {
      const document = await read(language, language === 'markdown' ? `\`\`\`python\n${SOURCE}\`\`\`\n` : SOURCE);
      assert.deepEqual([document.restorations, document.assumptions], [[], []]);
    }
    const prose = 'See foo(x)for details: it returns y.It works (mostly)and a = b there.Call it with x=1:then look.\nNote:this is self.evident to the reader)or not.';
    assert.deepEqual((await read('text', prose)).restorations, []);
  });

  it('gives the class of a post that this project does not own', async function () {
    const text = seed('001');
    if (text === null) this.skip();
    const document = await read('text', text);
    const module = (await pythonParser()).parse(document.source);
    assert.deepEqual(module.errors, []);
    const [only] = module.body;
    assert.ok(module.body.length === 1 && only?.kind === 'ClassDef');
    assert.deepEqual(only.body.map((each) => each.kind === 'FunctionDef' && each.name), ['__init__', 'forward']);
    const forward = only.body[1]!;
    const branch = forward.kind === 'FunctionDef' ? forward.body.find((each) => each.kind === 'If') : undefined;
    assert.ok(branch?.kind === 'If' && branch.body.length === 4 && branch.orelse.length === 1);
  });

  it('never throws, whatever was lost or changed', async function () {
    this.timeout(60_000);
    const parser = await pythonParser();
    const code = withoutLineBreaks(fixture('modules.py'));
    const random = seeded(7);
    for (let run = 0; run < 150; run++) {
      const from = Math.floor(random() * code.length);
      const piece = code.slice(from, from + Math.floor(random() * 600));
      const at = Math.floor(random() * piece.length);
      restore(piece.slice(0, at) + ['', '(', ')', '"', "'''", '#', ':', '\\', '\u00A0', '在', ' ', ';', '@', '{'][Math.floor(random() * 14)]! + piece.slice(at + Math.floor(random() * 5)), parser);
    }
  });

  it('is read to its end, however often it repeats', async function () {
    // Nothing here takes seconds; what backtracks without bound would take hours.
    this.timeout(120_000);
    for (const text of [GATE.repeat(8000), 'self'.repeat(5000), '_a'.repeat(9000) + ')x = 1', ')a['.repeat(9000), '# a'.repeat(9000)]) {
      await read('text', text);
    }
  });
});
