import torch
import torch.nn as nn
from torch.nn import functional as F


class Tokens(nn.Module):
    def __init__(self, words, block, width):
        super().__init__()
        self.block = block
        self.word, self.place = nn.Embedding(words, width), nn.Embedding(block, width)
        self.head = nn.Linear(width, words, bias=False)

    def forward(self, ids, targets=None):
        b, t = ids.size()
        x = self.word(ids) + self.place(torch.arange(t))
        logits = self.head(x)
        loss = None
        if targets is not None:
            loss = F.cross_entropy(logits.view(-1, logits.size(-1)), targets.view(-1))
        return logits, loss

    @torch.no_grad()
    def sample(self, ids, steps, temperature=1.0, top_k=None):
        for _ in range(steps):
            recent = ids if ids.size(1) <= self.block else ids[:, -self.block:]
            logits, _ = self(recent)
            logits = logits[:, -1, :] / temperature
            if top_k is not None:
                best, _ = torch.topk(logits, min(top_k, logits.size(-1)))
                logits[logits < best[:, [-1]]] = -float("inf")
            probs = F.softmax(logits, dim=-1)
            following = torch.multinomial(probs, num_samples=1)
            ids = torch.cat((ids, following), dim=1)
        return ids


model = Tokens(50, 8, 16)
out = model.sample(torch.zeros(2, 3, dtype=torch.long), 3, top_k=5)
logits, loss = model(out, out)
