/** Evaluating something again for what it tells. */
import type { Machine } from '../machine';

/** Nothing is recorded or reported meanwhile. */
export function silently<T>(m: Pick<Machine, 'quiet'>, run: () => T): T {
  const { quiet } = m;
  m.quiet = true;
  try {
    return run();
  } finally {
    m.quiet = quiet;
  }
}
