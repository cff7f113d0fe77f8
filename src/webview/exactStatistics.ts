/** Statistics that take a while: how far they are, a button that stops them, what is known then, and the button that goes on. */
import { Cancelled } from './channel';
import type { Channel } from './channel';
import { make } from './dom';
import { formatCount } from './format';
import { unravel } from './relations';
import type { TensorMetadata, TensorStatistics } from './protocol';

export type Slice = readonly (number | null)[];

interface Job {
  /** `all`, or the slice as Python writes it. */
  readonly name: string;
  readonly slice: Slice | null;
  /** Told what is known: all, or (`stopped`) some of it. */
  readonly known: (statistics: TensorStatistics) => void;
  fraction: number;
  state: 'running' | 'stopped' | 'failed' | 'done';
  /** Why it failed, or what is known. */
  said: string;
  stop: AbortController;
  readonly gone: AbortController;
}

/** What takes less is not spoken of, in milliseconds. */
const PATIENCE = 300;

export class ExactStatistics {
  readonly element = make('div', { class: 'exact', role: 'group', 'aria-label': 'Exact statistics' });
  private readonly text = make('span', { class: 'exact-text' });
  private readonly button = make('button', { type: 'button', class: 'secondary', hidden: '' });
  private readonly jobs = new Map<'whole' | 'slice', Job>();

  /** @param announce tells a screen reader @param stopped the user stopped them, or goes on */
  constructor(private readonly channel: Channel, private readonly tensor: TensorMetadata, private readonly announce: (text: string) => void, private readonly stopped: (isStopped: boolean) => void) {
    this.element.append(this.text, this.button);
    this.element.hidden = tensor.samples !== true;
    this.button.addEventListener('click', () => this.toggle());
  }

  /** Of all elements. @param isStopped only what is known already */
  whole(known: Job['known'], isStopped: boolean): void {
    this.begin('whole', 'all', null, known, isStopped);
  }

  /** Of a slice, in place of the one before. */
  slice(name: string, slice: Slice, known: Job['known']): void {
    this.begin('slice', name, slice, known, false);
  }

  /** @returns whether anything was under way */
  stop(): boolean {
    const running = this.some('running');
    // What would be done at once is let go on.
    for (const job of running) job.stop.abort();
    if (running.length > 0) this.stopped(true);
    return running.length > 0;
  }

  /** Stops what is under way, or goes on with what was stopped. */
  toggle(): void {
    if (this.stop()) return;
    const waiting = [...this.some('stopped'), ...this.some('failed')];
    for (const job of waiting) this.run(job);
    if (waiting.length > 0) this.stopped(false);
    this.announce(waiting.length > 0 ? 'Exact statistics go on' : 'The statistics are exact');
  }

  private begin(kind: 'whole' | 'slice', name: string, slice: Slice | null, known: Job['known'], isStopped: boolean): void {
    this.jobs.get(kind)?.gone.abort();
    const job: Job = { name, slice, known, fraction: 0, state: 'running', said: '', stop: new AbortController(), gone: new AbortController() };
    this.jobs.set(kind, job);
    this.run(job);
    if (isStopped) job.stop.abort();
  }

  private run(job: Job): void {
    Object.assign(job, { state: 'running', stop: new AbortController() });
    const { name, slice, known, stop, gone } = job;
    const late = setTimeout(() => this.show(), PATIENCE);
    const isOld = (): boolean => ![...this.jobs.values()].includes(job);
    this.channel.statistics(this.tensor.id, slice, {
      stop: stop.signal, signal: gone.signal,
      onProgress: (fraction) => {
        job.fraction = fraction;
        if (!isOld() && !this.button.hidden) this.show();
      },
    }).then((statistics) => {
      if (isOld()) return;
      const { stopped } = statistics;
      Object.assign(job, stopped ? { state: 'stopped', fraction: stopped.fraction, said: this.covered(statistics, stopped.total, slice) } : { state: 'done' });
      known(statistics);
      if (stopped) this.announce(`Exact statistics of ${name}: ${sentence(job)}`);
      else if (slice === null) this.announce('The statistics are exact now');
    }, (error: unknown) => {
      if (error instanceof Cancelled || isOld()) return;
      Object.assign(job, { state: 'failed', said: error instanceof Error ? error.message : String(error) });
      this.announce(`Exact statistics of ${name}: ${sentence(job)}`);
    }).finally(() => {
      clearTimeout(late);
      if (!isOld()) this.show();
    });
  }

  /** What the numbers that are known are of. */
  private covered({ count }: TensorStatistics, total: number, slice: Slice | null): string {
    if (count === 0) return 'what is shown is from a sample';
    if (count === total) return 'the numbers are exact, the histogram is not there yet';
    const { shape } = this.tensor;
    const sizes = slice ? shape.filter((_, dim) => slice[dim] === null) : shape;
    return `what is known so far covers the first ${formatCount(count)} of ${formatCount(total)} elements, up to [${unravel(count - 1, sizes).join(', ')}]`;
  }

  private some(state: Job['state']): Job[] {
    return [...this.jobs.values()].filter((job) => job.state === state);
  }

  private show(): void {
    const jobs = [...this.jobs.values()].filter(({ state }) => state !== 'done');
    const several = jobs.length > 1 || jobs.some(({ slice }) => slice !== null);
    this.text.textContent = jobs.length === 0 ? 'The statistics are exact.' : `Exact statistics${several ? ' of ' : ': '}${jobs.map((job) => `${several ? `${job.name}: ` : ''}${sentence(job)}`).join(' · ')}`;
    this.element.hidden = jobs.length === 0 && this.tensor.samples !== true;
    this.element.classList.toggle('failed', jobs.some(({ state }) => state === 'failed'));
    this.button.hidden = jobs.length === 0;
    const isRunning = jobs.some(({ state }) => state === 'running');
    this.button.textContent = isRunning ? 'Stop' : jobs.some(({ state }) => state === 'failed') ? 'Try again' : 'Resume';
    this.button.title = `${this.button.textContent} (${isRunning ? 'Escape or e' : 'e'})`;
  }
}

function sentence({ state, fraction, said }: Job): string {
  const percent = `${Math.floor(100 * fraction)} %`;
  switch (state) {
    case 'running': return percent;
    case 'stopped': return `stopped at ${percent}: ${said}`;
    case 'failed': return `ended at ${percent}: ${said}`;
    case 'done': return 'done';
  }
}
