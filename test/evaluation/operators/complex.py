# Complex numbers and Fourier transforms, looked at through their parts.
def c(*size):
    return torch.complex(f(*size), f(*reversed(size)).reshape(size) / 2)

def parts(z):
    return torch.view_as_real(z)

parts(c(2, 3)), parts(torch.polar(positive(4), f(4))), parts(torch.view_as_complex(f(3, 2))), c(3).real, c(3).imag, c(4).abs(), torch.angle(c(4)), parts(c(3).conj() * 1), parts(torch.conj_physical(c(3))), parts(torch.conj(c(2, 2)).resolve_conj()), torch.isreal(c(3)), parts(f(3).cfloat()), torch.view_as_real_copy(c(2)), parts(torch.view_as_complex_copy(f(2, 2))), torch.real(c(2)), torch.imag(c(2)), parts(f(3).to(torch.complex64)), parts(f(2).cdouble()), parts(f(2).chalf().to(torch.complex64))
parts(c(2, 3) * c(3)), parts(c(3) * f(3)), parts(c(3) * 2), parts(2 - c(3)), parts(c(3) + f(3)), parts(c(3) / c(3).conj()), parts(-c(3)), parts(torch.exp(c(3))), parts(c(3) ** 2), parts(torch.square(c(3))), parts(torch.reciprocal(c(3))), c(3) == c(3), parts(torch.sgn(c(3))), parts(c(2, 3) @ c(3, 2)), parts(c(2, 3).sum(0)), parts(c(2, 3).mean()), parts(1 / c(3)), parts(c(3) - c(3) * 2)
parts(c(2, 3)[:, 1:]), parts(c(2, 3).transpose(0, 1)), parts(c(6).view(2, 3)), parts(torch.cat((c(2), c(3)))), parts(torch.stack((c(2), c(2)))), parts(c(2, 1).expand(2, 3)), parts(c(4)[torch.tensor([2, 0])]), parts(c(2, 3).unsqueeze(0)), parts(c(6).reshape(3, 2).flatten()), parts(c(2, 3).permute(1, 0)), parts(torch.flip(c(3), (0,))), parts(c(4).chunk(2)[1]), parts(c(2, 3).T.contiguous())
parts(torch.fft.fft(f(6))), parts(torch.fft.fft(c(5))), parts(torch.fft.fft(c(2, 3), dim=0)), parts(torch.fft.fft(f(5), n=8, norm='ortho')), parts(torch.fft.ifft(c(6))), parts(torch.fft.ifft(c(6), n=4, norm='forward')), parts(torch.fft.rfft(f(6))), parts(torch.fft.rfft(f(2, 5), n=4)), torch.fft.irfft(c(4)), torch.fft.irfft(c(4), n=7), torch.fft.irfft(c(4), norm='ortho'), torch.fft.hfft(c(4)), torch.fft.hfft(c(4), n=5, norm='forward'), parts(torch.fft.ihfft(f(6)) * 1), parts(torch.fft.ihfft(f(5), norm="ortho") * 1)
parts(torch.fft.fft2(f(3, 4))), parts(torch.fft.ifft2(c(2, 3, 4))), parts(torch.fft.rfft2(f(3, 4))), torch.fft.irfft2(c(3, 3)), torch.fft.irfft2(c(3, 3), s=(4, 5)), torch.fft.hfft2(c(3, 3)), parts(torch.fft.ihfft2(f(3, 4))), parts(torch.fft.fftn(f(2, 3, 2))), parts(torch.fft.ifftn(c(2, 3), norm='forward')), parts(torch.fft.rfftn(f(2, 3, 4), dim=(0, 2))), torch.fft.irfftn(c(2, 3)), torch.fft.hfftn(c(2, 3)), parts(torch.fft.ihfftn(f(2, 4))), parts(torch.fft.fftn(f(4, 4), s=(2, -1))), parts(torch.fft.fftshift(c(4)))
parts(torch.stft(f(20), 8, return_complex=True)), parts(torch.stft(f(2, 20), 8, hop_length=3, win_length=6, window=torch.hann_window(6), center=False, return_complex=True)), parts(torch.stft(f(16), 4, window=torch.hann_window(4), normalized=True, onesided=False, return_complex=True)), torch.istft(torch.stft(f(20), 8, window=torch.hann_window(8), return_complex=True), 8, window=torch.hann_window(8)), torch.istft(torch.stft(f(20), 8, window=torch.hamming_window(8), return_complex=True), 8, window=torch.hamming_window(8), length=18)

def rotated(x, dim):
    frequencies = 1.0 / (10000.0 ** (torch.arange(0, dim, 2)[: dim // 2].float() / dim))
    turns = torch.outer(torch.arange(x.shape[1]).float(), frequencies)
    cis = torch.polar(torch.ones_like(turns), turns)
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * cis.view(1, x.shape[1], 1, -1)).flatten(3)

rotated(f(2, 3, 2, 4), 4), torch.fft.irfft2(torch.fft.rfft2(f(4, 6), norm='ortho') * torch.view_as_complex(f(4, 4, 2)), s=(4, 6), norm='ortho'), torch.fft.fft(torch.fft.fft(f(3, 4), dim=-1), dim=-2).real
