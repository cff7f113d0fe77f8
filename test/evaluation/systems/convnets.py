# Convolutional networks: a stem, residual, depthwise and bottleneck blocks, a pyramid and a head.
def set_all(module):
    with torch.no_grad():
        for index, parameter in enumerate(module.parameters()):
            parameter.copy_(f(*parameter.shape) / (4 + index % 3))
        for name, buffer in module.named_buffers():
            if 'var' in name:
                buffer.copy_(positive(*buffer.shape))
    return module.eval()

class Residual(nn.Module):
    def __init__(self, inplanes, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.down = nn.Sequential(nn.Conv2d(inplanes, planes, 1, stride, bias=False), nn.BatchNorm2d(planes))

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        out += self.down(x)
        return self.relu(out)

class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dwconv = nn.Conv2d(dim, dim, kernel_size=7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.pwconv1 = nn.Linear(dim, 4 * dim)
        self.pwconv2 = nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.norm(self.dwconv(x).permute(0, 2, 3, 1))
        y = self.gamma * self.pwconv2(F.gelu(self.pwconv1(y)))
        return x + y.permute(0, 3, 1, 2)

class SqueezeExcite(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(nn.Linear(channels, 2), nn.SiLU(), nn.Linear(2, channels), nn.Hardsigmoid())

    def forward(self, x):
        return x * self.fc(self.pool(x).flatten(1))[:, :, None, None]

class Pyramid(nn.Module):
    def __init__(self):
        super().__init__()
        self.lateral = nn.ModuleList([nn.Conv2d(c, 4, 1) for c in (2, 3)])
        self.smooth = nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, fine, coarse):
        top = self.lateral[1](coarse)
        return self.smooth(self.lateral[0](fine) + F.interpolate(top, size=fine.shape[-2:], mode='nearest'))

stem = set_all(nn.Sequential(nn.Conv2d(3, 4, 7, stride=2, padding=3, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(3, 2, 1)))
stem(f(1, 3, 16, 16))
set_all(Residual(2, 4, 2))(f(2, 2, 6, 6)), set_all(ConvNeXtBlock(3))(f(1, 3, 5, 5)), set_all(SqueezeExcite(4))(f(1, 4, 3, 3)), set_all(Pyramid())(f(1, 2, 4, 4), f(1, 3, 2, 2))
set_all(nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Dropout(), nn.Linear(4, 3)))(f(2, 4, 3, 3)).softmax(-1)
set_all(nn.Sequential(nn.Conv1d(2, 4, 3, padding=2, dilation=2), nn.GroupNorm(2, 4), nn.PReLU(), nn.Upsample(scale_factor=2, mode='linear', align_corners=False)))(f(2, 2, 6))
