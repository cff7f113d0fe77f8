/** NumPy and SciPy, as far as models use it: the texts by the modules that they stand for. https://numpy.org/doc/stable/reference/ */
import { arranging } from './arranging';
import { creation } from './creation';
import { dtypes } from './dtypes';
import { ndarray } from './ndarray';
import { pointwise } from './pointwise';
import { linalg, random, scipyLinalg } from './random';
import { matrix, sparse } from './scipy-sparse';
import { slicing } from './slicing';
import { distance, fft, fftpack, optimize, signal, special, vq, windows } from './scipy';

export const numpy: Readonly<Record<string, readonly string[]>> = {
  numpy: [dtypes, slicing, ndarray, creation, arranging, pointwise, matrix], 'numpy.random': [random], 'numpy.linalg': [linalg], 'scipy.linalg': [scipyLinalg],
  'scipy.optimize': [optimize], 'scipy.cluster.vq': [vq], 'scipy.special': [special], 'scipy.sparse': [sparse], 'scipy.spatial.distance': [distance],
  'scipy.fft': [fft], 'scipy.fftpack': [fftpack], 'scipy.signal': [signal], 'scipy.signal.windows': [windows],
};
