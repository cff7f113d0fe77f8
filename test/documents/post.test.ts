import assert from 'node:assert/strict';
import { checkMarks, pythonParser, read } from './support';

describe('a plain-text post', () => {
  it('has code where structure and names say so, and prose elsewhere', async () => {
    await checkMarks('text', `
P|Home > Articles > Tensors
P|Broadcasting
P|a, b
P|In this article we look at x and y. See https://example.com/a?b=c
P|1. First
C|import torch
C|a = torch.ones(3, 1)
C|b = torch.ones(4)
C|# both are expanded
C|c = a + b
C|print(c.shape)
P|Output:
O|torch.Size([3, 4])
P|c
P|Q = softmax(K)
P|attention(q, k)
P|nn.Linear
P|Note: this is important
P|Related articles
P|Redis
P|f(x)
P|x - y
P|step 3
P|5
P|(3)
`);
  });

  it('knows the names that the text has defined', async () => {
    await checkMarks('text', `
P|The values
C|values = torch.rand(2, 3)
P|are looked at in turn. First
C|values.mean(0) - values[0]
P|and then
C|values == values.clone(), values.sum()
P|and then
P|other.mean(0) - other[0]
P|and
P|values
`);
  });

  it('takes a constant as code where code further down needs it', async () => {
    await checkMarks('text', `
P|Let
C|M = 4
P|be the size, and
P|K = 4
P|nothing.
C|grid = torch.arange(M)
`);
  });

  it('reads suites, docstrings and statements over several lines', async () => {
    await checkMarks('text', `
P|The layer:
C|class Scale(nn.Module):
C|    """Multiplies.
C|
C|    Not code: see above.
C|    """
C|    def __init__(self):
C|        super().__init__()
C|        self.factor = nn.Parameter(
C|            torch.ones(1)
C|        )
.|
C|    def forward(self, x):
C|        if x is None:
C|            pass
C|        return x * self.factor
P|That was all of it.
`);
  });

  it('gives pasted methods the level of the class before them', async () => {
    const document = await checkMarks('text', `
P|First
C|class Net(nn.Module):
C|    def __init__(self):
C|        super().__init__()
P|then
C|net = Net()
P|and
C|  def forward(self, x):
C|    return self.f(x)
P|done.
`);
    assert.equal(document.source, 'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n    def forward(self, x):\n      return self.f(x)\nnet = Net()\n');
  });

  it('moves an indented chunk without a class to the left', async () => {
    const document = await checkMarks('text', `
P|Inside:
C|    y = torch.ones(2)
C|    z = y + 1
P|Outside.
`);
    assert.equal(document.source, 'y = torch.ones(2)\nz = y + 1\n');
    assert.deepEqual(document.lines.position(document.map.toDocument(document.source.indexOf('z'))), { line: 2, character: 4 });
  });

  it('moves a first line that lost its indentation to the others', async () => {
    const document = await checkMarks('text', `
P|Inside:
C| self.layers = nn.ModuleList()
C|        for size in sizes:
C|            self.layers.append(nn.Linear(size, size))
P|Outside.
`);
    assert.equal(document.source, 'self.layers = nn.ModuleList()\nfor size in sizes:\n    self.layers.append(nn.Linear(size, size))\n');
  });

  it('keeps code that was cut off', async () => {
    await checkMarks('text', `
P|Cut:
C|y = torch.ones(2)
C|y = y.view(1, 2
C|).sum()
C|z = y.view(2, 1)
P|The rest is (not shown.
C|w = z.t()
`);
  });

  it('reads an f-string that is broken over lines within its braces', async () => {
    const document = await checkMarks('text', `
C|x = torch.ones(2)
C|print(f"size {
C|x.shape} and {
C|x.sum() }", "\\n", {
C|x})
P|It printed
`);
    assert.deepEqual((await pythonParser()).parse(document.source).errors, []);
  });

  it('tells comments of code from notes within outputs', async () => {
    await checkMarks('text', `
C|# a square
C|x = torch.eye(2)
C|print(x, x.shape)
P|Output
O|# the matrix
O|tensor([[1., 0.],
O|[0., 1.]]) torch.Size([2, 2])
C|# its double
C|y = x * 2
`);
  });

  it('finds outputs that nothing announces by their form and by what the code prints', async () => {
    await checkMarks('text', `
C|x = torch.arange(3)
C|print("the numbers :\\n", x.shape, "\\n", x)
C|print("total", x.sum())
C|print(len(x))
O|the numbers :
O|torch.Size([3])
O|tensor([0, 1, 2]) # three
O|total tensor(3)
O|3
P|As one sees, the total is 3.
`);
  });

  it('reads labelled sizes as output, whatever Python would make of them', async () => {
    await checkMarks('text', `
C|x = torch.ones(2, 3)
C|print(f"x:{x.shape}=", x)
P|Output
O|x:torch.Size([2, 3])= tensor([[1., 1., 1.],
O|[1., 1., 1.]])
P|Sizes such as torch.Size([2, 3]), printed above, are tuples.
`);
  });

  it('reads transcripts', async () => {
    const document = await checkMarks('text', `
P|A session:
T|>>> x = torch.ones(2)
T|>>> for i in range(2):
T|...     x += i
T|...
T|>>> x
O|tensor([[1.,
O|
O|         2.]])
P|
P|Then
T|>>> x.shape
O|torch.Size([2])
`);
    assert.equal(document.source, 'x = torch.ones(2)\nfor i in range(2):\n    x += i\n\nx\nx.shape\n');
    assert.equal(document.outputs.length, 2);
    assert.match(document.outputs[0]!.text, /2\.\]\]\)$/);
  });

  it('reads IPython transcripts', async () => {
    const document = await checkMarks('text', `
T|In [1]: x = torch.ones(2)
T|In [2]: x.shape
O|Out[2]: torch.Size([2])
`);
    assert.deepEqual(document.outputs.map((output) => output.text), ['torch.Size([2])']);
  });

  it('does not take text in another script for code', async () => {
    await checkMarks('text', `
P|位置编码
P|数据 = 模型(输入)
P|学习(三)
C|x = torch.ones(2)  # 长度为2
P|scale :缩放因子
P|输出
P|没有
`);
  });

  it('reads a notebook that was copied as text', async () => {
    await checkMarks('text', `
P|In [1]:
C|import torch
C|x = torch.ones(2)
C|x
P|Out[1]:
O|tensor([1., 1.])
P|In [2]:
C|x
O|Out[2]: torch.Size([2])
`);
  });

  it('ends the output of a prompt where the author goes on', async () => {
    await checkMarks('text', `
T|>>> x = torch.ones(2)
T|>>> x
O|tensor([1., 1.])
P|As expected, both values are one, so that
T|>>> x.foo
O|Traceback (most recent call last):
O|  File "<stdin>", line 1, in <module> because of this and that and more
O|AttributeError: no foo
`);
  });

  it('is not misled by manuals, formulas, bullets, shells and other languages', async () => {
    await checkMarks('text', `
P|torch.cat(tensors, dim=0)
P|torch.nn.Linear()
P|Both are explained below.
C|x = torch.ones(2)
P|That makes h = tanh(W * x) of
P|
P|h = tanh(W * x)
P|Note: x = 1
P|The result is torch.Size([2])
P|- torch.cat(x)
P|$ pip install torch
P|python train.py --lr 0.1
P|const y = new Foo(x);
P|System.out.println(y);
P|y = foo(z);
P|}
P|lr: 0.1
P|Date: 2023-01-01
`);
  });

  it('reads modules as torch prints them', async () => {
    await checkMarks('text', `
C|class Net(nn.Module):
C|    pass
C|net = Net()
C|print(net)
.|
P|Out:
.|
O|Using cpu device
O|Net(
O|  (fc): Linear(in_features=3, out_features=2, bias=True)
O|)
C|print(nn.Linear(3, 2))
O|Linear(in_features=3, out_features=2, bias=True)
`);
  });

  it('keeps code that imports the name of a printed value', async () => {
    await checkMarks('text', `
C|from torch import tensor
C|x = tensor([1, 2])
C|print(x)
O|tensor([1, 2])
`);
  });

  it('undoes what a page made of quotes, dashes and blanks', async () => {
    const document = await checkMarks('text', `
C|x = torch.ones(2)
C|\u00A0print(“sum”, x\u00A0– 1)
P|That’s it – “quoted”.
`);
    assert.equal(document.source, 'x = torch.ones(2)\nprint("sum", x - 1)\n');
    assert.equal(document.lines.position(document.map.toDocument(document.source.indexOf('- 1'))).character, 16);
  });

  it('reads empty texts', async () => {
    for (const text of ['', '\n', ' ', '\uFEFF', '\r\n\r\n']) assert.equal((await read('text', text)).source, '');
  });
});
