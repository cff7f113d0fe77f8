"""A variational autoencoder, a codebook with straight-through gradients, a coupling flow."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Categorical, Normal, kl_divergence


class VAE(nn.Module):
    def __init__(self, channels=1, latent=6, widths=(8, 16)):
        super().__init__()
        modules = []
        for width in widths:
            modules.append(nn.Sequential(nn.Conv2d(channels, width, 3, 2, 1), nn.BatchNorm2d(width), nn.LeakyReLU()))
            channels = width
        self.encoder = nn.Sequential(*modules)
        self.mu, self.logvar = (nn.Linear(widths[-1] * 16, latent) for _ in range(2))
        self.decoder_input = nn.Linear(latent, widths[-1] * 16)
        self.decoder = nn.Sequential(*[
            nn.Sequential(nn.ConvTranspose2d(a, b, 3, stride=2, padding=1, output_padding=1), nn.LeakyReLU())
            for a, b in zip(widths[::-1], (*widths[-2::-1], 1))
        ])

    def encode(self, x):
        h = self.encoder(x)
        self.shape = h.shape[1:]
        h = torch.flatten(h, start_dim=1)
        return self.mu(h), self.logvar(h)

    @staticmethod
    def reparameterize(mu, logvar):
        std = torch.exp(0.5 * logvar)
        return mu + torch.randn_like(std) * std

    def forward(self, x, **kwargs):
        mu, logvar = self.encode(x)
        z = self.reparameterize(mu, logvar)
        return [self.decoder(self.decoder_input(z).view(-1, *self.shape)), x, mu, logvar]

    def loss_function(self, *args, beta=1.0):
        made, x, mu, logvar = args
        kld = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1), dim=0)
        return {"loss": F.mse_loss(made, x) + beta * kld, "kld": kld.detach()}


class Codebook(nn.Module):
    def __init__(self, size, dim, beta=0.25):
        super().__init__()
        self.size, self.beta = size, beta
        self.embedding = nn.Embedding(size, dim)
        self.embedding.weight.data.uniform_(-1 / size, 1 / size)

    def forward(self, z):
        z = z.permute(0, 2, 3, 1).contiguous()
        flat = z.view(-1, z.size(-1))
        distances = flat.pow(2).sum(1, keepdim=True) - 2 * flat @ self.embedding.weight.t() + self.embedding.weight.pow(2).sum(1)
        indices = distances.argmin(1)
        encodings = F.one_hot(indices, self.size).type(flat.dtype)
        quantized = (encodings @ self.embedding.weight).view(z.shape)
        loss = F.mse_loss(quantized.detach(), z) * self.beta + F.mse_loss(quantized, z.detach())
        quantized = z + (quantized - z).detach()
        mean = encodings.mean(0)
        perplexity = torch.exp(-(mean * torch.log(mean + 1e-10)).sum())
        return quantized.permute(0, 3, 1, 2), loss, indices.view(z.shape[:-1]), perplexity


class Coupling(nn.Module):
    def __init__(self, dim, hidden=8):
        super().__init__()
        self.half = dim // 2
        self.net = nn.Sequential(nn.Linear(self.half, hidden), nn.ReLU(), nn.Linear(hidden, 2 * (dim - self.half)))

    def forward(self, x, reverse=False):
        a, b = x[:, : self.half], x[:, self.half :]
        scale, shift = self.net(a).chunk(2, dim=1)
        scale = scale.tanh()
        b = (b - shift) * torch.exp(-scale) if reverse else b * scale.exp() + shift
        return torch.cat([a, b], dim=1), scale.sum(1)


if __name__ == "__main__":
    vae = VAE()
    outputs = vae(torch.randn(3, 1, 16, 16))
    losses = vae.loss_function(*outputs, beta=0.5)
    loss = losses["loss"]
    made, _, mu, logvar = outputs
    quantized, commitment, codes, perplexity = Codebook(12, 4)(torch.randn(2, 4, 3, 3))
    flow, logdet = Coupling(5)(torch.randn(7, 5))
    back, _ = Coupling(5)(flow, reverse=True)
    posterior, prior = Normal(mu, logvar.exp()), Normal(torch.zeros_like(mu), torch.ones_like(mu))
    divergence = kl_divergence(posterior, prior)
    drawn = posterior.rsample()
    policy = Categorical(logits=torch.randn(4, 6))
    action = policy.sample()
    chance = policy.log_prob(action)
    entropy = policy.entropy().mean()
