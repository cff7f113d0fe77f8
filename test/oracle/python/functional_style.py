"""Functions only: parameters in lists and dictionaries, scans written as loops, gradients, vmap-like batching, torch.func."""
import torch
import torch.nn.functional as F


def init_mlp(sizes, scale=0.1):
    return [{"w": scale * torch.randn(a, b), "b": torch.zeros(b)} for a, b in zip(sizes[:-1], sizes[1:])]


def mlp(params, x):
    *hidden, last = params
    for layer in hidden:
        x = torch.relu(x @ layer["w"] + layer["b"])
    return x @ last["w"] + last["b"]


def tree_map(f, tree):
    if isinstance(tree, dict):
        return {k: tree_map(f, v) for k, v in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(tree_map(f, v) for v in tree)
    return f(tree)


def scan(f, carry, xs):
    ys = []
    for x in xs:
        carry, y = f(carry, x)
        ys.append(y)
    return carry, torch.stack(ys)


def attention(q, k, v, mask=None):
    scores = q @ k.mT / q.shape[-1] ** 0.5
    if mask is not None:
        scores = torch.where(mask, scores, -torch.inf)
    return scores.softmax(-1) @ v


def multi_head(x, w, heads):
    q, k, v = torch.unbind((x @ w).unflatten(-1, (3, heads, -1)).movedim(-3, 0), 0)
    out = attention(*(t.transpose(-3, -2) for t in (q, k, v)))
    return out.transpose(-3, -2).flatten(-2)


def kalman(F_, H, x, P, z):
    x, P = F_ @ x, F_ @ P @ F_.T + 0.1 * torch.eye(len(x))
    S = H @ P @ H.T + torch.eye(H.shape[0])
    K = torch.linalg.solve(S, H @ P).T
    return x + K @ (z - H @ x), P - K @ H @ P


def kmeans(x, k, rounds=3):
    centers = x[:k].clone()
    for _ in range(rounds):
        assigned = torch.cdist(x, centers).argmin(1)
        hot = F.one_hot(assigned, k).to(x.dtype)
        centers = hot.T @ x / hot.sum(0).clamp(min=1)[:, None]
    return centers, assigned


def conv_by_hand(x, w, stride=1):
    n, c, h, wd = x.shape
    o, _, kh, kw = w.shape
    oh, ow = (h - kh) // stride + 1, (wd - kw) // stride + 1
    columns = x.as_strided((n, c, oh, ow, kh, kw), (c * h * wd, h * wd, wd * stride, stride, wd, 1))
    return torch.einsum("ncxyhw,ochw->noxy", columns, w)


if __name__ == "__main__":
    params = init_mlp([4, 8, 8, 2])
    y = mlp(params, torch.randn(5, 4))
    scaled = tree_map(lambda t: 0.5 * t, params)
    first = scaled[0]["w"]
    carry, outs = scan(lambda c, x: (c + x, c * x), torch.zeros(3), torch.randn(6, 3))
    mixed = multi_head(torch.randn(2, 7, 12), torch.randn(12, 36), 4)
    state, P = kalman(torch.eye(4), torch.randn(2, 4), torch.zeros(4), torch.eye(4), torch.randn(2))
    centers, assigned = kmeans(torch.randn(20, 3), 4)
    made = conv_by_hand(torch.randn(2, 3, 8, 9), torch.randn(5, 3, 3, 2), stride=2)
    leaf = torch.randn(3, requires_grad=True)
    (leaf**2).sum().backward()
    gradient = leaf.grad
    masked = attention(torch.randn(6, 4), torch.randn(6, 4), torch.randn(6, 5), torch.ones(6, 6).tril().bool())
