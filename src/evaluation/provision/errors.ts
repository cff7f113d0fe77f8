/** What can go wrong while the native backend is provisioned: always one sentence, and where there is one, what to do. */
export type ProvisionCode =
  | 'unsupported-platform' | 'no-pip' | 'download-failed' | 'checksum-mismatch' | 'no-space' | 'bad-archive'
  | 'no-compiler' | 'no-sources' | 'compile-failed' | 'probe-failed' | 'locked' | 'cancelled' | 'io';

export class ProvisionError extends Error {
  constructor(readonly code: ProvisionCode, message: string, readonly remedy: string | null = null) {
    super(message);
    this.name = 'ProvisionError';
  }
}

/** An error of the file system in our words; ENOSPC names the folder and what is needed. */
export function toProvisionError(error: unknown, directory: string, neededBytes: number): ProvisionError {
  if (error instanceof ProvisionError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device|Errno 28/i.test(message)) {
    return new ProvisionError('no-space', `no space left in ${directory}; ${formatBytes(neededBytes)} free are needed`,
      'free some space, or set SHAPELENS_CACHE to a folder on another disk');
  }
  return new ProvisionError('io', message);
}

/** Decimal megabytes or gigabytes, as pip and file managers print them. */
export function formatBytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
