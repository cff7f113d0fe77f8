"""Objects that are no modules: __call__, __len__, __getattr__, operators, properties, slots."""
import torch
from torch import nn


class Compose:
    def __init__(self, *steps):
        self.steps = steps

    def __call__(self, x):
        for step in self.steps:
            x = step(x)
        return x

    def __add__(self, other):
        return Compose(*self.steps, *other.steps)


class Crop:
    __slots__ = ("size",)

    def __init__(self, size):
        self.size = size if isinstance(size, tuple) else (size, size)

    def __call__(self, image):
        h, w = self.size
        top, left = (image.shape[-2] - h) // 2, (image.shape[-1] - w) // 2
        return image[..., top:top + h, left:left + w]


class Flip:
    def __call__(self, image):
        return image.flip(-1)


class Masked:
    """A tensor with a mask."""

    def __init__(self, values, mask):
        self.values, self.mask = values, mask

    def __matmul__(self, other):
        return Masked(self.values @ other, self.mask)

    def __getitem__(self, item):
        return Masked(self.values[item], self.mask[item])

    @property
    def mean(self):
        weights = self.mask.unsqueeze(-1).to(self.values.dtype)
        return (self.values * weights).sum(0) / weights.sum(0)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False


class Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self._layers = None

    @property
    def layers(self):
        if self._layers is None:
            self._layers = nn.Linear(4, 2)
        return self._layers

    @property
    def width(self):
        return self.__dict__.get("_width", 1)

    @width.setter
    def width(self, value):
        self._width = value

    def forward(self, x):
        return self.layers(x).repeat(1, self.width)


if __name__ == "__main__":
    transform = Compose(Crop(6), Flip()) + Compose(Crop((4, 2)))
    image = transform(torch.randn(3, 10, 8))
    masked = Masked(torch.randn(5, 4), torch.ones(5, dtype=torch.bool)) @ torch.randn(4, 3)
    mean = masked.mean
    with masked[1:] as rest:
        values = rest.values
    lazy = Lazy()
    lazy.width = 3
    wide = lazy(torch.randn(2, 4))
    setattr(lazy, "extra", torch.zeros(7))
    extra = getattr(lazy, "extra", None)
    missing = getattr(lazy, "other", extra[:2])
    has = torch.ones(2) if hasattr(lazy, "width") else torch.ones(1)
