import assert from 'node:assert/strict';
import { findings } from './findings';

const RUNS = `
def run_starts(owner):
    same = F.pad(owner[:, 1:] == owner[:, :-1], (1, 0), value=False)
    count = torch.cumsum(torch.ones_like(owner), dim=-1)
    return count.masked_fill(same, 0)
`;
const HEAD = `
class Head(nn.Module):
    def forward(self, owner, copies: int = 1):
        owner = owner.repeat_interleave(copies, 0)
        return run_starts(owner).gather(1, owner)
`;
const WRONG = `
class Wrong(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.a, self.b = nn.Linear(dim, 4 * dim), nn.Linear(2 * dim, dim)
    def forward(self, x):
        return self.b(self.a(x))
`;

describe('faults in code that nothing calls', () => {
  it('are not proven by a number of dims that is only taken for granted, by a caller either', async () => {
    assert.deepEqual((await findings(RUNS)).lines, []);
    assert.deepEqual((await findings(RUNS + HEAD)).lines, []);
  });

  it('are told where they rest on no such number, whatever other functions of the document take for granted', async () => {
    assert.deepEqual((await findings(RUNS + HEAD + WRONG)).lines, ['16: error linear-size-mismatch']);
  });
});
