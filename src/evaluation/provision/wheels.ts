/**
 * The TensorFlow wheels that the native backend is taken from, one a platform, each pinned by its sha256.
 * 2.15.1: the newest whose shared library is known to serve C callers on both architectures with glibc >= 2.17.
 */
export interface Wheel {
  /** The distribution as pip is asked for it. */
  readonly distribution: string;
  readonly version: string;
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
  /** pip's `--platform` tag. */
  readonly platformTag: string;
  /** Free bytes needed at the peak: the wheel, what is unpacked of it, and a copy while symbols are stripped. */
  readonly diskBytes: number;
}

/** Keyed `<platform>-<arch>` in Node's words. */
export const WHEELS: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    distribution: 'tensorflow-cpu',
    version: '2.15.1',
    file: 'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    size: 207_208_420,
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    platformTag: 'manylinux2014_x86_64',
    diskBytes: 1_300_000_000,
  },
  'linux-arm64': {
    distribution: 'tensorflow-cpu-aws',
    version: '2.15.1',
    file: 'tensorflow_cpu_aws-2.15.1-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl',
    size: 211_874_120,
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    platformTag: 'manylinux2014_aarch64',
    diskBytes: 1_500_000_000,
  },
};

export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;
export const ADDON = 'tfjs_binding.node';

/** The headers of the C interface and what those include; the wheel holds nearly ten thousand others. */
export const HEADER_PREFIXES = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/c/',
  'tensorflow/include/tsl/platform/ctstring',
] as const;

/** The wheel for this machine, or why there is none. */
export function wheelFor(platform: string = process.platform, arch: string = process.arch): Wheel | { readonly reason: string } {
  const wheel = WHEELS[`${platform}-${arch}`];
  return wheel ?? { reason: `no TensorFlow library is known to work with the native backend on ${platform} ${arch} (known: ${Object.keys(WHEELS).join(', ')})` };
}
