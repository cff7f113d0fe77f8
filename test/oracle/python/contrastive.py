"""Two towers and their losses: CLIP, SimCLR, MoCo's queue, triplets mined within a batch, a memory of prototypes."""
import copy

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Tower(nn.Module):
    def __init__(self, inputs, dim, out):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(inputs, dim), nn.GELU())
        self.ln = nn.LayerNorm(dim)
        self.proj = nn.Parameter(dim**-0.5 * torch.randn(dim, out))

    def forward(self, x):
        return self.ln(self.body(x)) @ self.proj


class CLIP(nn.Module):
    def __init__(self, image, text, out=8):
        super().__init__()
        self.visual, self.text = Tower(image, 16, out), Tower(text, 12, out)
        self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))

    def forward(self, image, text):
        image, text = self.visual(image), self.text(text)
        image = image / image.norm(dim=1, keepdim=True)
        text = text / text.norm(dim=1, keepdim=True)
        scale = self.logit_scale.exp()
        logits = scale * image @ text.t()
        return logits, logits.t()


def clip_loss(per_image, per_text):
    labels = torch.arange(per_image.shape[0], device=per_image.device)
    return (F.cross_entropy(per_image, labels) + F.cross_entropy(per_text, labels)) / 2


def nt_xent(a, b, temperature=0.5):
    n = a.size(0)
    z = F.normalize(torch.cat([a, b], dim=0), dim=1)
    similarity = z @ z.T / temperature
    diagonal = torch.eye(2 * n, dtype=torch.bool)
    similarity = similarity.masked_fill(diagonal, float("-inf"))
    targets = torch.cat([torch.arange(n, 2 * n), torch.arange(0, n)])
    return F.cross_entropy(similarity, targets), similarity


class MoCo(nn.Module):
    def __init__(self, encoder, dim=8, K=12, m=0.99, T=0.07):
        super().__init__()
        self.K, self.m, self.T = K, m, T
        self.encoder_q = encoder
        self.encoder_k = copy.deepcopy(encoder)
        for param_q, param_k in zip(self.encoder_q.parameters(), self.encoder_k.parameters()):
            param_k.data.copy_(param_q.data)
            param_k.requires_grad = False
        self.register_buffer("queue", F.normalize(torch.randn(dim, K), dim=0))
        self.register_buffer("queue_ptr", torch.zeros(1, dtype=torch.long))

    @torch.no_grad()
    def _dequeue_and_enqueue(self, keys):
        batch_size = keys.shape[0]
        ptr = int(self.queue_ptr)
        self.queue[:, ptr : ptr + batch_size] = keys.T
        self.queue_ptr[0] = (ptr + batch_size) % self.K

    def forward(self, im_q, im_k):
        q = F.normalize(self.encoder_q(im_q), dim=1)
        with torch.no_grad():
            for param_q, param_k in zip(self.encoder_q.parameters(), self.encoder_k.parameters()):
                param_k.data = param_k.data * self.m + param_q.data * (1.0 - self.m)
            k = F.normalize(self.encoder_k(im_k), dim=1)
        l_pos = torch.einsum("nc,nc->n", [q, k]).unsqueeze(-1)
        l_neg = torch.einsum("nc,ck->nk", [q, self.queue.clone().detach()])
        logits = torch.cat([l_pos, l_neg], dim=1) / self.T
        labels = torch.zeros(logits.shape[0], dtype=torch.long)
        return logits, labels, k


def hardest(embeddings, labels, margin=0.2):
    distances = torch.cdist(embeddings, embeddings)
    same = labels.unsqueeze(0) == labels.unsqueeze(1)
    positive = (distances * same.float()).max(dim=1)[0]
    negative = (distances + 1e6 * same.float()).min(dim=1)[0]
    return F.relu(positive - negative + margin)


@torch.no_grad()
def sinkhorn(scores, rounds=3, eps=0.05):
    Q = torch.exp(scores / eps).t()
    Q /= Q.sum()
    K, B = Q.shape
    for _ in range(rounds):
        Q /= Q.sum(dim=1, keepdim=True) * K
        Q /= Q.sum(dim=0, keepdim=True) * B
    return (Q * B).t()


if __name__ == "__main__":
    per_image, per_text = CLIP(10, 6)(torch.randn(4, 10), torch.randn(4, 6))
    loss = clip_loss(per_image, per_text)
    xent, similarity = nt_xent(torch.randn(3, 8), torch.randn(3, 8))
    moco = MoCo(nn.Linear(5, 8))
    logits, labels, keys = moco(torch.randn(3, 5), torch.randn(3, 5))
    mined = hardest(torch.randn(6, 4), torch.tensor([0, 0, 1, 1, 2, 2]))
    assigned = sinkhorn(torch.randn(6, 3) * 0.1)
