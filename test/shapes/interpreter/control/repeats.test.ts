// Rounds of a loop that repeat each other: what is known behind the loop is what tracing all of them would tell.
import assert from 'node:assert/strict';
import { check, trace } from '../check';

describe('rounds that repeat each other', () => {
  it('count on as they did', () => check(`
    import torch
    total, steps = 0, 10
    for i, x in enumerate([torch.zeros(4, 3)] * 1000):
        total += x.size(0)
        steps -= 2
        place = 7 * 1000 + i
        y = x.sum(1)
    total  # → 4000
    steps  # → -1990
    place  # → 7999
    i      # → 999
    y      # → (4,) float32
  `));

  it('end where one of them ends the loop', () => check(`
    total = 0
    for i in range(3000):
        if i == 1500:
            break
        total += 1
    total  # → 1500
    i      # → 1500

    def first(limit):
        for i in range(2000):
            if i * i > limit:
                return i
    first(10_000)  # → 101
  `));

  it('are none where one of them does what the others did not', () => check(`
    import torch
    width = 3
    for i in range(500):
        if i == 400:
            width = 5
        x = torch.zeros(2, width)
    x      # → (2, 5) float32
    width  # → 5
    for i in range(500):
        if i == 300:
            torch.zeros(2, 3) @ torch.zeros(4, 5)  # error matmul-size-mismatch
  `));

  it('are none where the numbers of the rounds matter to shapes, sums or lists', () => check(`
    import torch
    total, sizes, x = 0, [], torch.zeros(1)
    for i in range(100):
        total += i
        sizes.append(i)
        y = torch.zeros(i + 1)
        x = torch.cat([x, x[:1]])
    total       # → 4950
    len(sizes)  # → 100
    y           # → (100,) float32
    x           # → (101,) float32
  `));

  it('are none where elements are known that they change', () => check(`
    import torch
    x = torch.tensor([0, 0])
    for i in range(100):
        x = x + 1
    torch.zeros(int(x[0]))  # → (100,) float32
  `));

  it('repeat with a last one of another size', () => check(`
    import torch
    rows = 0
    for x in [torch.zeros(8, 3)] * 200 + [torch.zeros(5, 3)]:
        rows += len(x)
        out = x * 2
    rows  # → 1605
    out   # → (5, 3) float32
  `));

  it('keep what they set in objects and dicts', () => check(`
    import torch
    class Meter:
        def __init__(self):
            self.count, self.last = 0, None
        def update(self, x):
            self.count += x.numel()
            self.last = x
    meter, seen = Meter(), {'n': 0}
    batch = torch.zeros(4, 2)
    for _ in range(1000):
        meter.update(batch)
        seen['n'] += 1
    meter.count  # → 8000
    meter.last   # → (4, 2) float32
    seen['n']    # → 1000
  `));

  it('alternate between two states', () => check(`
    import torch
    x = torch.zeros(2, 3)
    flag = False
    for i in range(101):
        x = x.t()
        flag = not flag
    x     # → (3, 2) float32
    flag  # → True
  `));

  it('have arrays of each size that there is', () => check(`
    import torch
    for x in [torch.zeros(8, 3)] * 200 + [torch.zeros(5, 3)]:
        a = x.numpy()  # → ndarray (8, 3) float32 then ndarray (5, 3) float32
  `));

  it('add to counters in some of them', () => check(`
    import torch
    from torch import nn
    wide = nn.Sequential(*[nn.Linear(8, 8) for _ in range(40)])
    done = 0
    for i in range(4000):
        y = wide(torch.zeros(2, 8))
        if i % 5 == 0:
            done += 5
    y                     # → (2, 8) float32
    torch.zeros(done, 2)  # → (done_1, 2) float32
  `));

  it('draw numbers at random, each as good as the other', () => check(`
    import torch
    seen = 0
    for i in range(3000):
        z = torch.randn(64, 100)
        seen += len(z)
    seen  # → 192000
    z     # → (64, 100) float32
  `));

  it('add to elements, which then nobody knows, where there are too many to trace each', async () => {
    const analysis = await trace(`
import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

loader = DataLoader(datasets.MNIST('data', transform=transforms.ToTensor()), batch_size=64)
made = nn.Sequential(nn.Linear(10, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 784))
judge = nn.Sequential(nn.Linear(784, 32), nn.BatchNorm1d(32), nn.Linear(32, 1))
optimizer = torch.optim.RMSprop(judge.parameters())
for epoch in range(100):
    for i, (x, _) in enumerate(loader):
        z = torch.randn(len(x), 10)
        fake = made(z).detach()
        loss = judge(fake).mean() - judge(x.flatten(1)).mean()
        loss.backward()
        optimizer.step()
        for p in judge.parameters():
            p.data.clamp_(-0.01, 0.01)
        if i % 5 == 0:
            better = made(z)[:25].view(-1, 28, 28)
rows = fake.sum(1)
`);
    assert.ok(analysis.visits < 150_000, `${analysis.visits} visits`);
    const shapes = [...analysis.recordings.values()].find(({ node }) => node.kind === 'Name' && node.id === 'rows')!.seen.map((seen) => (seen.type === 'Tensor' ? seen.tensor.shape.dims.map(({ value }) => value) : seen.type));
    assert.deepEqual(shapes, [[32]]);
  });

  it('are none where elements that they change end the loop', () => check(`
    import torch
    from torch import nn
    wide = nn.Sequential(*[nn.Linear(8, 8) for _ in range(40)])
    count = torch.tensor(0)
    rounds = 0
    for i in range(4000):
        wide(torch.zeros(2, 8))
        count += 1
        rounds += 1
        if count.item() == 300:
            break
    y = torch.zeros(4, 5)[:, :2]  # → (4, 2) float32
    rounds                        # → 300
  `));

  it('take the time of a few', async () => {
    const analysis = await trace(`
import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

loader = DataLoader(datasets.MNIST('data', transform=transforms.ToTensor()), batch_size=64, shuffle=True)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
seen = 0
for epoch in range(10):
    correct, running = 0, 0.0
    for i, (x, y) in enumerate(loader):
        out = model(x)
        loss = nn.functional.cross_entropy(out, y)
        loss.backward()
        optimizer.step()
        seen += len(x)
        running += loss.item() * len(x)
        correct += (out.argmax(1) == y).sum().item()
        if i % 100 == 0:
            print(epoch, i, loss.item())
`);
    assert.ok(analysis.visits < 100_000, `${analysis.visits} visits`);
  });
});
