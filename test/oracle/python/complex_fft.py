"""Complex numbers and Fourier transforms: a spectral layer, mixing by FFT, spectrograms."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class SpectralConv(nn.Module):
    def __init__(self, inputs, outputs, modes):
        super().__init__()
        self.outputs, self.modes = outputs, modes
        scale = 1 / (inputs * outputs)
        self.weight = nn.Parameter(scale * torch.rand(inputs, outputs, modes, modes, dtype=torch.cfloat))

    def forward(self, x):
        b, _, h, w = x.shape
        spectrum = torch.fft.rfft2(x)
        out = torch.zeros(b, self.outputs, h, w // 2 + 1, dtype=torch.cfloat)
        m = self.modes
        out[:, :, :m, :m] = torch.einsum("bixy,ioxy->boxy", spectrum[:, :, :m, :m], self.weight)
        return torch.fft.irfft2(out, s=(h, w))


class FourierMixing(nn.Module):
    def forward(self, x):
        return torch.fft.fft(torch.fft.fft(x, dim=-1), dim=-2).real


class GlobalFilter(nn.Module):
    def __init__(self, dim, h=8, w=5):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(h, w, dim, 2) * 0.02)

    def forward(self, x):
        b, n, c = x.shape
        side = int(n**0.5)
        x = x.view(b, side, side, c).to(torch.float32)
        x = torch.fft.rfft2(x, dim=(1, 2), norm="ortho")
        x = x * torch.view_as_complex(self.weight)
        x = torch.fft.irfft2(x, s=(side, side), dim=(1, 2), norm="ortho")
        return x.reshape(b, n, c)


def mel_like(signal, bins=16, hop=8, filters=6):
    window = torch.hann_window(bins)
    spectrum = torch.stft(signal, n_fft=bins, hop_length=hop, window=window, return_complex=True)
    power = spectrum.abs() ** 2
    bank = torch.rand(filters, bins // 2 + 1)
    mel = torch.matmul(bank, power).clamp(min=1e-5).log10()
    back = torch.istft(spectrum, n_fft=bins, hop_length=hop, window=window, length=signal.shape[-1])
    return mel, back


def autocorrelation(x):
    n = x.shape[-1]
    spectrum = torch.fft.rfft(x, n=2 * n)
    return torch.fft.irfft(spectrum * spectrum.conj(), n=2 * n)[..., :n]


if __name__ == "__main__":
    y = SpectralConv(3, 4, 3)(torch.randn(2, 3, 10, 12))
    mixed = FourierMixing()(torch.randn(2, 6, 8))
    filtered = GlobalFilter(4)(torch.randn(2, 64, 4))
    mel, back = mel_like(torch.randn(2, 80))
    lags = autocorrelation(torch.randn(3, 20))
    z = torch.complex(torch.randn(3, 4), torch.randn(3, 4))
    magnitude, angle = z.abs(), torch.angle(z)
    product = z @ z.mH
    pairs = torch.view_as_real(z)
    shifted = torch.fft.fftshift(torch.fft.fftfreq(9))
    rotated = z * torch.exp(1j * torch.arange(4))
    grid = torch.fft.fftn(torch.randn(2, 3, 4, 5), dim=(-3, -2, -1))
