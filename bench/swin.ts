// The relative position biases of all blocks of a Swin-L, as code to be traced and as the same code for torch to run.

/** Blocks and heads of each stage, and the window's side. */
const STAGES = [[2, 6], [2, 12], [18, 24], [2, 48]] as const;
const WINDOW = 7;

const MODULE = `import torch
from torch import nn

class Bias(nn.Module):
    def __init__(self, side, heads):
        super().__init__()
        self.side = side
        self.table = nn.Parameter(torch.zeros((2 * side - 1) ** 2, heads))
        places = torch.stack(torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")).flatten(1)
        offsets = (places[:, :, None] - places[:, None, :]).permute(1, 2, 0) + (side - 1)
        self.register_buffer("index", offsets[..., 0] * (2 * side - 1) + offsets[..., 1])
        nn.init.trunc_normal_(self.table, std=0.02)

    def forward(self):
        n = self.side ** 2
        return self.table[self.index.view(-1)].view(n, n, -1).permute(2, 0, 1).contiguous()
`;

const HEADS = STAGES.flatMap(([blocks, heads]) => Array.from({ length: blocks }, () => heads));

/** One variable a block. */
export const SWIN = `${MODULE}\n${HEADS.map((heads, i) => `bias${i} = Bias(${WINDOW}, ${heads})()`).join('\n')}\n`;
export const SWIN_BLOCKS = HEADS.length;

/** For each line of its input, a number of threads (0: as many as torch takes by itself), it runs once more and prints the milliseconds. */
export const SWIN_IN_TORCH = `${MODULE}
import sys, time
def all_of_them():
    with torch.no_grad():
        return [Bias(${WINDOW}, heads)() for heads in [${HEADS.join(', ')}]]
default = torch.get_num_threads()
for line in sys.stdin:
    torch.set_num_threads(int(line) or default)
    start = time.perf_counter()
    all_of_them()
    print((time.perf_counter() - start) * 1000, flush=True)
`;
