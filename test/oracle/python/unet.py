"""A U-Net with a list of skips, sizes that need cropping, and attention at the bottom."""
import torch
import torch.nn.functional as F
from torch import nn


def double_conv(inputs, outputs):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
    )


class Up(nn.Module):
    def __init__(self, inputs, outputs, bilinear):
        super().__init__()
        if bilinear:
            self.up = nn.Sequential(nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True), nn.Conv2d(inputs, inputs // 2, 1))
        else:
            self.up = nn.ConvTranspose2d(inputs, inputs // 2, kernel_size=2, stride=2)
        self.conv = double_conv(inputs, outputs)

    def forward(self, x, skip):
        x = self.up(x)
        dy, dx = skip.size(2) - x.size(2), skip.size(3) - x.size(3)
        x = F.pad(x, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
        return self.conv(torch.cat([skip, x], dim=1))


class UNet(nn.Module):
    def __init__(self, channels=3, classes=2, features=(8, 16, 32), bilinear=False):
        super().__init__()
        self.downs, self.ups = nn.ModuleList(), nn.ModuleList()
        for feature in features:
            self.downs.append(double_conv(channels, feature))
            channels = feature
        self.pool = nn.MaxPool2d(2, 2)
        self.bottom = double_conv(features[-1], features[-1] * 2)
        for feature in reversed(features):
            self.ups.append(Up(feature * 2, feature, bilinear))
        self.out = nn.Conv2d(features[0], classes, kernel_size=1)

    def forward(self, x):
        skips = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
            x = self.pool(x)
        x = self.bottom(x)
        for up in self.ups:
            x = up(x, skips.pop())
        return self.out(x)


class NoisePredictor(nn.Module):
    """With a time embedding added to each level."""

    def __init__(self, dim=8, mults=(1, 2)):
        super().__init__()
        dims = [dim, *map(lambda m: dim * m, mults)]
        in_out = list(zip(dims[:-1], dims[1:]))
        self.time = nn.Sequential(nn.Linear(1, dim * 4), nn.SiLU(), nn.Linear(dim * 4, dim * 4))
        self.start = nn.Conv2d(1, dim, 7, padding=3)
        self.levels = nn.ModuleList([])
        for index, (a, b) in enumerate(in_out):
            last = index >= len(in_out) - 1
            self.levels.append(nn.ModuleList([
                nn.Conv2d(a, a, 3, padding=1), nn.Linear(dim * 4, 2 * a),
                nn.Conv2d(a, b, 4, 2, 1) if not last else nn.Conv2d(a, b, 3, padding=1),
            ]))

    def forward(self, x, steps):
        t = self.time(steps[:, None].float())
        x = self.start(x)
        kept = [x]
        for conv, project, down in self.levels:
            scale, shift = project(t)[..., None, None].chunk(2, dim=1)
            x = conv(x) * (scale + 1) + shift
            kept.append(x)
            x = down(x)
        return x, kept


if __name__ == "__main__":
    mask = UNet()(torch.randn(2, 3, 30, 44))
    smooth = UNet(1, 4, (4, 8), bilinear=True)(torch.randn(1, 1, 17, 13))
    x, kept = NoisePredictor()(torch.randn(2, 1, 16, 16), torch.tensor([3, 9]))
    largest, *others = kept
    assert largest.shape[-2:] == others[0].shape[-2:]
