"""A noise schedule, training loss and sampling loop of a diffusion model."""
import math
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn


def exists(value):
    return value is not None


def default(value, other):
    if exists(value):
        return value
    return other() if callable(other) else other


def extract(a, t, shape):
    b, *_ = t.shape
    return a.gather(-1, t).reshape(b, *((1,) * (len(shape) - 1)))


def linear_schedule(steps):
    scale = 1000 / steps
    return torch.linspace(scale * 0.0001, scale * 0.02, steps, dtype=torch.float64)


def cosine_schedule(steps, s=0.008):
    t = torch.linspace(0, steps, steps + 1, dtype=torch.float64) / steps
    alphas = torch.cos((t + s) / (1 + s) * math.pi * 0.5) ** 2
    alphas = alphas / alphas[0]
    return torch.clip(1 - alphas[1:] / alphas[:-1], 0, 0.999)


class Positions(nn.Module):
    def __init__(self, dim, theta=10000):
        super().__init__()
        self.dim, self.theta = dim, theta

    def forward(self, x):
        half = self.dim // 2
        step = math.log(self.theta) / (half - 1)
        rates = torch.exp(torch.arange(half, device=x.device) * -step)
        angles = x[:, None] * rates[None, :]
        return torch.cat((angles.sin(), angles.cos()), dim=-1)


class Denoiser(nn.Module):
    def __init__(self, channels=3, dim=8):
        super().__init__()
        self.time = nn.Sequential(Positions(dim), nn.Linear(dim, dim), nn.GELU())
        self.inner = nn.Conv2d(channels, dim, 3, padding=1)
        self.out = nn.Conv2d(dim, channels, 1)

    def forward(self, x, t):
        h = self.inner(x) + self.time(t)[:, :, None, None]
        return self.out(F.silu(h))


class Diffusion(nn.Module):
    def __init__(self, model, size, steps=10, schedule="cosine"):
        super().__init__()
        self.model, self.size, self.steps = model, size, steps
        betas = {"linear": linear_schedule, "cosine": cosine_schedule}[schedule](steps)
        alphas = 1.0 - betas
        products = torch.cumprod(alphas, dim=0)
        before = F.pad(products[:-1], (1, 0), value=1.0)
        register = lambda name, value: self.register_buffer(name, value.to(torch.float32))
        register("betas", betas)
        register("products", products)
        register("root", torch.sqrt(products))
        register("rest", torch.sqrt(1.0 - products))
        register("variance", betas * (1.0 - before) / (1.0 - products))

    def q_sample(self, x, t, noise=None):
        noise = default(noise, lambda: torch.randn_like(x))
        return extract(self.root, t, x.shape) * x + extract(self.rest, t, x.shape) * noise

    @torch.no_grad()
    def p_sample(self, x, t: int):
        b = x.shape[0]
        times = torch.full((b,), t, dtype=torch.long)
        predicted = self.model(x, times)
        mean = (x - extract(self.betas, times, x.shape) / extract(self.rest, times, x.shape) * predicted)
        mean = mean / extract(torch.sqrt(1 - self.betas), times, x.shape)
        noise = torch.randn_like(x) if t > 0 else 0.0
        return mean + extract(self.variance, times, x.shape).sqrt() * noise

    @torch.inference_mode()
    def sample(self, batch):
        x = torch.randn((batch, 3, self.size, self.size))
        for t in reversed(range(0, self.steps)):
            x = self.p_sample(x, t)
        return (x + 1) * 0.5

    def forward(self, images):
        b, c, h, w = images.shape
        assert h == self.size and w == self.size, f"images must be {self.size} high"
        t = torch.randint(0, self.steps, (b,)).long()
        noise = torch.randn_like(images)
        noisy = self.q_sample(images, t, noise)
        loss = F.mse_loss(self.model(noisy, t), noise, reduction="none")
        return loss.flatten(1).mean(1) * extract(self.products, t, (b,))


if __name__ == "__main__":
    diffusion = Diffusion(Denoiser(), 8, steps=4)
    losses = diffusion(torch.randn(5, 3, 8, 8))
    samples = diffusion.sample(2)
    other = Diffusion(Denoiser(), 8, schedule="linear").variance
    make = partial(Denoiser, dim=4)
    once = make(channels=1)(torch.randn(2, 1, 6, 6), torch.tensor([1, 2]))
