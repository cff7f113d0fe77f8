// Faults that have fixes, for the language server's tests and those in the editor.
/** Code that has one fault, the code of it, and the line of the first fix. */
export const FAULTS: readonly (readonly [string, string, string])[] = [
  ['a = torch.zeros(2, 3)\nb = torch.zeros(4, 3)\nc = a @ b', 'matmul-size-mismatch', 'c = a @ b.T'],
  ['a = torch.zeros(5, 2, 3)\nc = torch.bmm(a, a)', 'matmul-size-mismatch', 'c = torch.bmm(a, a.transpose(-2, -1))'],
  ['a = torch.zeros(2, 3)\nb = torch.zeros(3, 4)\nc = a @ b.T', 'matmul-size-mismatch', 'c = a @ b'],
  ['a = torch.zeros(3, 2)\nb = torch.zeros(3, 4)\nc = (a + 1) @ b', 'matmul-size-mismatch', 'c = (a + 1).T @ b'],
  ['d = torch.zeros(4, 6).view(3, 7)', 'view-size-mismatch', 'd = torch.zeros(4, 6).view(3, 8)'],
  ['d = torch.reshape(torch.zeros(4, 6), (5, 12))', 'view-size-mismatch', 'd = torch.reshape(torch.zeros(4, 6), (2, 12))'],
  ['m = nn.Linear(10, 5)\ne = m(torch.zeros(2, 8))', 'linear-size-mismatch', 'm = nn.Linear(8, 5)'],
  ['m = nn.Linear(32 * 7 * 7, 5)\ne = m(torch.zeros(2, 64 * 7 * 7))', 'linear-size-mismatch', 'm = nn.Linear(64 * 7 * 7, 5)'],
  ['m = nn.Linear(16 * 4 * 4, 5)\ne = m(torch.zeros(2, 16, 5, 5).flatten(1))', 'linear-size-mismatch', 'm = nn.Linear(16 * 5 * 5, 5)'],
  ['m = nn.Conv2d(in_channels=3, out_channels=8, kernel_size=3)\ne = m(torch.zeros(1, 4, 16, 16))', 'channels-mismatch', 'm = nn.Conv2d(in_channels=4, out_channels=8, kernel_size=3)'],
  ['m = nn.LayerNorm(7)\ne = m(torch.zeros(2, 8))', 'normalized-shape-mismatch', 'm = nn.LayerNorm(8)'],
  ['x = torch.zeros(4, 5)\nf = x / x.sum(dim=1)', 'broadcast-mismatch', 'f = x / x.sum(dim=1, keepdim=True)'],
  ['x = torch.zeros(4, 5)\nmean = x.mean(-1)\ng = x - mean', 'broadcast-mismatch', 'mean = x.mean(-1, keepdim=True)'],
  ['x = torch.zeros(4, 5)\ny = torch.zeros(4)\ng = x - y', 'broadcast-mismatch', 'g = x - y.unsqueeze(-1)'],
  ['j = torch.zeros(4, 1) + torch.zeros(4)', 'silent-broadcast', 'j = torch.zeros(4, 1).squeeze(-1) + torch.zeros(4)'],
  ['k = torch.zeros(2, 3)  # (2, 4)', 'shape-comment-mismatch', 'k = torch.zeros(2, 3)  # (2, 3)'],
];
export const HEAD = 'import torch\nfrom torch import nn\n';
