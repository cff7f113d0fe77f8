/** The memory that evaluations of several documents take at once: one that does not fit beside the others waits for them. */
import { EvaluationError } from './errors';

export class MemoryShares {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param currentLimit bytes of all together; it may change */
  constructor(private readonly currentLimit: () => number) {}

  get limit(): number {
    return this.currentLimit();
  }

  /** More than all there is takes all there is: whether it may is not decided here. @throws EvaluationError `cancelled` while it waits */
  async take(bytes: number, signal?: AbortSignal): Promise<{ release(): void }> {
    const share = Math.min(bytes, this.limit);
    while (this.taken > 0 && this.taken + share > this.limit) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
      if (signal?.aborted) throw new EvaluationError('cancelled', 'cancelled');
    }
    this.taken += share;
    return {
      release: () => {
        this.taken -= share;
        this.waiting.splice(0).forEach((wake) => wake());
      },
    };
  }
}
