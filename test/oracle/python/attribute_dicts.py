"""Settings and modules that reach their attributes through dicts and special methods."""
import torch
import torch.nn as nn


class Settings:
    def __init__(self, **kwargs):
        self.width = 2
        self.__dict__.update(kwargs)

    def merge(self, other):
        self.__dict__.update(other)

    def to_dict(self):
        return {key: value for key, value in self.__dict__.items()}


class AttrDict(dict):
    def __init__(self, *args, **kwargs):
        super(AttrDict, self).__init__(*args, **kwargs)
        self.__dict__ = self


class Levels(nn.Module):
    def __init__(self, settings):
        super().__init__()
        for i in range(settings.depth):
            self.__setattr__("level_%d" % i, nn.Linear(settings.width, settings.width))
        self.head = nn.Linear(settings.width, settings.classes)
        self.depth = settings.depth

    def forward(self, x):
        for i in range(self.depth):
            x = self.__getattr__("level_%d" % i)(x)
        return self.head(x)


class Stepwise(nn.Module):
    """Layers that may have a method of their own, found out by asking for it."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv1d(4, 4, 1), nn.ReLU(inplace=True), Levels(Settings(depth=1, width=7, classes=3))])

    def forward(self, x):
        for layer in self.layers:
            try:
                x = layer.step(x)
            except AttributeError:
                x = layer(x)
        return x


settings = Settings(depth=2, width=5, classes=None)
settings.merge({"classes": 4})
settings.__dict__["scale"] = 3
scores = Levels(settings)(torch.randn(6, 5)) * settings.scale
table = AttrDict({"size": 3, "rate": 0.1})
table.more = table.size + 2
weights = torch.zeros(table.size, table["more"])
stepped = Stepwise()(torch.randn(2, 4, 7))
copied = torch.ones(settings.to_dict()["width"], vars(settings)["classes"])
