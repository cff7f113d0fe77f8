"""State that changes in loops: counters, flags, lists that grow, sizes that shrink, running buffers, memories."""
import torch
from torch import nn


class Shrinking(nn.Module):
    def __init__(self, size, channels):
        super().__init__()
        blocks = []
        while size > 4:
            blocks.append(nn.Conv2d(channels, channels * 2, 4, 2, 1))
            channels, size = channels * 2, size // 2
        self.blocks = nn.ModuleList(blocks)
        self.final = (channels, size)
        self.head = nn.Linear(channels * size * size, 1)

    def forward(self, x):
        for i, block in enumerate(self.blocks, 1):
            x = block(x)
            if i % 2 == 0:
                x = x.relu()
            elif i == len(self.blocks):
                continue
        assert x.shape[1:] == (self.final[0], self.final[1], self.final[1])
        return self.head(x.flatten(1))


class Running(nn.Module):
    def __init__(self, n, momentum=0.1):
        super().__init__()
        self.momentum = momentum
        self.register_buffer("mean", torch.zeros(n))
        self.register_buffer("steps", torch.tensor(0))
        self.history = []

    def forward(self, x):
        if self.training:
            self.steps += 1
            self.mean = (1 - self.momentum) * self.mean + self.momentum * x.mean(0)
            self.history.append(x.detach())
            self.history = self.history[-2:]
        return x - self.mean


class Memory(nn.Module):
    def __init__(self, dim, length):
        super().__init__()
        self.length = length
        self.mix = nn.Linear(dim, dim)
        self.memory = None

    def forward(self, x):
        if self.memory is None:
            self.memory = x.new_zeros(x.size(0), 0, x.size(2))
        full = torch.cat([self.memory, x], dim=1)
        self.memory = full[:, -self.length:].detach()
        return self.mix(full)[:, -x.size(1):], full


def pyramid(x, levels):
    out = [x]
    for _ in range(levels):
        x = x[..., ::2, ::2]
        if x.shape[-1] < 2:
            break
        out.append(x)
    return out


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return torch.zeros(steps)


def triangle(n):
    rows = []
    for i in range(n):
        row = []
        for j in range(i + 1):
            row.append(torch.ones(1) if j in (0, i) else rows[i - 1][j - 1] + rows[i - 1][j])
        rows.append(row)
    return torch.cat(rows[-1])


if __name__ == "__main__":
    score = Shrinking(32, 2)(torch.randn(3, 2, 32, 32))
    running = Running(4)
    for size in (2, 3, 5):
        y = running(torch.randn(size, 4))
    kept = torch.cat(running.history)
    memory = Memory(6, 4)
    for _ in range(3):
        out, full = memory(torch.randn(2, 3, 6))
    state = memory.memory
    images = pyramid(torch.randn(1, 9, 12), 5)
    smallest = images[-1]
    steps = collatz(6)
    binomial = triangle(4)
    x = torch.ones(1)
    for i in range(4):
        x = torch.cat([x, x])
    total, i = 0, 0
    while (i := i + 1) < 5:
        total += i
    sized = torch.zeros(total)
    matrix = [[0] * 3 for _ in range(2)]
    matrix[1][2] = 5
    filled = torch.zeros(sum(map(sum, matrix)), len(matrix[0]))
    numbers = list(range(10))
    del numbers[2:5]
    numbers[:2] = [7, 7, 7]
    left = torch.zeros(len(numbers), numbers.index(5))


def merged(grid, steps):
    """A counter that a condition which is not known moves on within its bound."""
    result = torch.zeros(len(steps), 2)
    at = 1
    for end in grid[1:]:
        while at < len(steps) and end >= steps[at]:
            result[at] = steps[at] * torch.ones(2)
            at += 1
    return result


steps = torch.linspace(0.0, 1.0, 4)
merged_steps = merged(steps, steps)
