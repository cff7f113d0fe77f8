"""A generator and a discriminator, and a step of training for both."""
import torch
import torch.nn.functional as F
from torch import nn, optim


def weights_init(module):
    name = module.__class__.__name__
    if name.find("Conv") != -1:
        nn.init.normal_(module.weight.data, 0.0, 0.02)
    elif "BatchNorm" in name:
        nn.init.normal_(module.weight.data, 1.0, 0.02)
        nn.init.constant_(module.bias.data, 0)


class Generator(nn.Module):
    def __init__(self, latent, width, channels):
        super().__init__()

        def block(inputs, outputs, stride=2, padding=1):
            return [nn.ConvTranspose2d(inputs, outputs, 4, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)]

        self.main = nn.Sequential(
            *block(latent, width * 4, 1, 0), *block(width * 4, width * 2), *block(width * 2, width),
            nn.ConvTranspose2d(width, channels, 4, 2, 1), nn.Tanh(),
        )

    def forward(self, z):
        return self.main(z)


class Discriminator(nn.Module):
    def __init__(self, width, channels):
        super().__init__()
        layers, inputs = [], channels
        for i in range(3):
            outputs = width * 2**i
            layers.append(nn.utils.spectral_norm(nn.Conv2d(inputs, outputs, 4, 2, 1)))
            layers.append(nn.LeakyReLU(0.2, inplace=True))
            inputs = outputs
        self.main = nn.Sequential(*layers, nn.Conv2d(inputs, 1, 4, 1, 0))

    def forward(self, images):
        return self.main(images).view(-1, 1).squeeze(1)


def gradient_penalty(critic, real, fake):
    alpha = torch.rand(real.size(0), 1, 1, 1).expand_as(real)
    mixed = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
    scores = critic(mixed)
    gradients = torch.autograd.grad(outputs=scores, inputs=mixed, grad_outputs=torch.ones_like(scores), create_graph=True, retain_graph=True)[0]
    return ((gradients.view(gradients.size(0), -1).norm(2, dim=1) - 1) ** 2).mean()


if __name__ == "__main__":
    generator, discriminator = Generator(10, 4, 3), Discriminator(4, 3)
    generator.apply(weights_init)
    criterion = nn.BCEWithLogitsLoss()
    g_optimizer = optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.999))
    d_optimizer = optim.Adam(discriminator.parameters(), lr=2e-4)
    real = torch.randn(4, 3, 32, 32)
    for step in range(2):
        d_optimizer.zero_grad()
        fake = generator(torch.randn(real.size(0), 10, 1, 1))
        on_real = discriminator(real)
        on_fake = discriminator(fake.detach())
        d_loss = criterion(on_real, torch.ones_like(on_real)) + criterion(on_fake, torch.zeros_like(on_fake))
        d_loss = d_loss + 10 * gradient_penalty(discriminator, real, fake.detach())
        d_loss.backward()
        d_optimizer.step()
        g_optimizer.zero_grad(set_to_none=True)
        g_loss = F.softplus(-discriminator(fake)).mean()
        g_loss.backward()
        nn.utils.clip_grad_norm_(generator.parameters(), 1.0)
        g_optimizer.step()
    gradient = generator.main[0].weight.grad
