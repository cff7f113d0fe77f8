"""Lengths, windows, filters and polynomials of SciPy on their way into tensors."""
import numpy as np
import scipy.fftpack
import torch
from scipy import signal, special
from scipy.fft import next_fast_len


def correlate(x, kernel):
    n = x.shape[-1] + kernel.shape[-1] - 1
    short = scipy.fftpack.next_fast_len(n)
    spectrum = torch.fft.rfft(x, short) * torch.fft.rfft(kernel, short).conj()  # counted
    wide = torch.fft.rfft(x, next_fast_len(n))  # counted
    real = torch.fft.rfft(x, next_fast_len(n, real=True))  # counted
    return torch.fft.irfft(spectrum, short)[..., :n], wide, real  # counted


out, wide, real = correlate(torch.randn(3, 5, 40), torch.randn(5, 14))
window = torch.from_numpy(signal.get_window('hann', 48)).float()  # counted
kaiser = torch.from_numpy(signal.windows.kaiser(31, 4.0))  # counted
taps = torch.tensor(signal.firwin(17, 0.5)).view(1, 1, -1)  # counted
smooth = torch.from_numpy(signal.lfilter([1.0, 0.5], [1.0], np.zeros((3, 20))))  # counted

order = 6
state, drive, read, skip, step = signal.cont2discrete(
    (np.eye(order) * -1.0, np.ones((order, 1)), np.ones((1, order)), np.zeros((1,))), dt=0.1, method='bilinear'
)
a = torch.Tensor(state)  # counted
b = torch.Tensor(drive.squeeze(-1))  # counted
d = torch.Tensor(skip)  # counted
basis = torch.Tensor(special.eval_legendre(np.arange(order)[:, None], 1 - 2 * np.arange(0.0, 1.0, 0.125)).T)  # counted
rolled = basis @ a  # counted
