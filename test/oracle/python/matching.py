"""What data decides, and what comes of it: assignments, counts, beams, boxes picked one by one, losses of older names."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from scipy.cluster.vq import kmeans2
from scipy.optimize import linear_sum_assignment
from scipy.special import expit

torch.manual_seed(0)


class Matcher(nn.Module):
    @torch.no_grad()
    def forward(self, outputs, targets):
        batch, queries = outputs["logits"].shape[:2]
        cost = -outputs["logits"].flatten(0, 1).softmax(-1)[:, torch.cat([each["labels"] for each in targets])]
        cost = cost.view(batch, queries, -1).cpu()
        sizes = [len(each["labels"]) for each in targets]
        indices = [linear_sum_assignment(part[i]) for i, part in enumerate(cost.split(sizes, -1))]
        return [(torch.as_tensor(i, dtype=torch.int64), torch.as_tensor(j, dtype=torch.int64)) for i, j in indices]


targets = [{"labels": torch.tensor([1, 2, 0])}, {"labels": torch.tensor([3, 3])}]
outputs = {"logits": torch.randn(2, 7, 5)}
indices = Matcher()(outputs, targets)
batch_index = torch.cat([torch.full_like(source, i) for i, (source, _) in enumerate(indices)])
source_index = torch.cat([source for source, _ in indices])
matched = outputs["logits"][batch_index, source_index]
loss = F.cross_entropy(matched, torch.cat([each["labels"][j] for each, (_, j) in zip(targets, indices)]), reduction="elementwise_mean")


def pick(boxes, scores, overlap, top_k):
    """Greedy suppression that writes into tensors made empty."""
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = scores.sort(0)[1][-top_k:]
    left, right = boxes.new(), boxes.new()
    rest = order[:-1]
    torch.index_select(boxes[:, 0], 0, rest, out=left)
    torch.index_select(boxes[:, 2], 0, rest, out=right)
    left = torch.clamp(left, min=0.1)
    widths = torch.clamp(right - left, min=0.0)
    return widths / torch.index_select(areas, 0, rest)


shares = pick(torch.rand(9, 4), torch.rand(9), 0.5, 5)


def delayed(values, delays, weights):
    total = torch.zeros_like(values)
    for i in range(2):
        total = total + torch.roll(values, -int(delays[i]), -1) * weights[:, i].unsqueeze(1)
    return total


mixed = delayed(torch.rand(3, 8), torch.randint(0, 8, (2,)), torch.rand(3, 2))

centers, belongs = kmeans2(torch.rand(20, 4).numpy(), 5, minit="points")
codebook = torch.from_numpy(centers) + torch.zeros(4)
counts = torch.from_numpy(expit(np.zeros((3, 2))))


def sampled(length, factor):
    """np.log gives a scalar of NumPy, which has methods of arrays."""
    count = factor * np.ceil(np.log(length)).astype("int").item()
    return torch.rand(length, length)[torch.arange(length).unsqueeze(1), torch.randint(length, (length, count))]


sparse = sampled(12, 2)
