# Fourier mixing, spectrograms and their inverse, filter banks, spectral convolution, phases, autocorrelation.
def mixing(x):
    return torch.fft.fft(torch.fft.fft(x, dim=-1), dim=-2).real

class SpectralConv(nn.Module):
    def __init__(self, channels=2, modes=3):
        super().__init__()
        self.modes = modes
        self.weight = nn.Parameter(torch.complex(f(channels, channels, modes), f(channels, channels, modes).flip(0)) / 8)

    def forward(self, x):
        spectrum = torch.fft.rfft(x)
        out = torch.zeros(x.size(0), x.size(1), spectrum.size(-1), dtype=torch.cfloat)
        out[..., :self.modes] = torch.einsum("bix,iox->box", spectrum[..., :self.modes], self.weight)
        return torch.fft.irfft(out, n=x.size(-1))

class GlobalFilter(nn.Module):
    def __init__(self, h=4, w=4, dim=2):
        super().__init__()
        self.complex_weight = nn.Parameter(f(h, w // 2 + 1, dim, 2) / 16)

    def forward(self, x):
        x = torch.fft.rfft2(x, dim=(1, 2), norm="ortho") * torch.view_as_complex(self.complex_weight)
        return torch.fft.irfft2(x, s=(4, 4), dim=(1, 2), norm="ortho")

mixing(f(2, 4, 6)), SpectralConv()(f(2, 2, 8)), GlobalFilter()(f(1, 4, 4, 2))

window = torch.hann_window(8)
spectrum = torch.stft(f(2, 32), n_fft=8, hop_length=4, window=window, return_complex=True)
magnitude, phase = spectrum.abs(), spectrum.angle()
loud = magnitude > 0.5
magnitude, torch.where(loud, phase.abs(), -1), 20 * torch.log10(magnitude.clamp(min=1e-5)), torch.istft(spectrum, n_fft=8, hop_length=4, window=window, length=32), torch.istft(torch.polar(magnitude, phase), 8, 4, window=window)

def mel(bins=5, sizes=4, rate=16.0):
    points = 700 * (10 ** (torch.linspace(0, 2595 * math.log10(1 + rate / 2 / 700), sizes + 2) / 2595) - 1)
    freqs = torch.linspace(0, rate / 2, bins)
    slopes = points.unsqueeze(0) - freqs.unsqueeze(1)
    widths = points[1:] - points[:-1]
    return torch.minimum(-slopes[:, :-2] / widths[:-1], slopes[:, 2:] / widths[1:]).clamp(min=0)

mel(), torch.log1p(torch.matmul(mel().T, magnitude.square())), torch.einsum("bft,fm->bmt", magnitude, mel()).amax((1, 2))

def correlation(x):
    spectrum = torch.fft.rfft(x, n=2 * x.size(-1))
    return torch.fft.irfft(spectrum * torch.conj(spectrum))[..., :x.size(-1)] / x.size(-1)

signal = f(2, 12)
hilbert = torch.fft.ifft(torch.fft.fft(signal) * torch.tensor([1.] + [2.] * 5 + [1.] + [0.] * 5))
correlation(signal), hilbert.abs(), torch.view_as_real(hilbert * torch.exp(-2j * math.pi * torch.arange(12) / 12)), torch.fft.fftshift(torch.fft.fftfreq(6)), torch.fft.fftn(signal.view(2, 3, 4)).abs().sum(0), torch.view_as_real(torch.fft.hfft(hilbert[0, :4]).to(torch.complex64)), (hilbert.conj() * hilbert).real.sqrt()
