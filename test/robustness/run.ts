/** Traces damaged documents one after the other, and tells what ended with an exception or took too long. */
import { trace } from '../../src/project/tracedFile';
import { loadParser } from '../shapes/python/load';
import { seeded } from '../documents/support';
import { mutate } from './mutate';
import type { CorpusDocument } from './corpus';

/** Visits after which a trace ends with what it has: some times what the largest document takes. */
const STEPS = 400_000;
/** The least is so much as a busy machine, on which all takes several times as long, calls for. Damage may make a trace longer, as code runs twice or a loop no longer ends; beyond both it is a fault of the engine. */
const TIMES = 10;
const LEAST_MILLISECONDS = 3000;

export interface Failure {
  readonly seed: number;
  readonly document: string;
  readonly damages: readonly string[];
  readonly what: string;
  readonly text: string;
}

export interface Outcome {
  readonly count: number;
  readonly failures: readonly Failure[];
  /** Traces that a budget ended. */
  readonly cut: number;
  readonly slowest: { readonly seed: number; readonly document: string; readonly milliseconds: number; readonly clean: number };
}

/** Time that this process computed: other processes on the machine do not count. */
function computed<T>(run: () => T): { result: T; milliseconds: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, milliseconds: (user + system) / 1000 };
}

/**
 * @param first the seed of the first; each has a seed of its own, so that one can be run alone
 * @param tell is told how far it is
 */
export async function runMutations(documents: readonly CorpusDocument[], first: number, count: number, tell: (done: number, failure: Failure | null) => void = () => undefined): Promise<Outcome> {
  const parser = await loadParser();
  const traced = ({ text, language }: CorpusDocument): ReturnType<typeof trace> => trace({ text, language, parser, budget: { steps: STEPS } });
  // The second time is what it takes: the first also compiles.
  const clean = new Map(documents.map((document) => [document, [0, 1].map(() => computed(() => traced(document)).milliseconds)[1]!]));
  const failures: Failure[] = [];
  let cut = 0;
  let slowest = { seed: 0, document: '', milliseconds: 0, clean: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const random = seeded(seed);
    const document = documents[Math.floor(random() * documents.length)]!;
    const { text, damages } = mutate(document.text, random);
    const what = ((): string | null => {
      try {
        const { result, milliseconds } = computed(() => traced({ ...document, text }));
        if (milliseconds > slowest.milliseconds) slowest = { seed, document: document.name, milliseconds, clean: clean.get(document)! };
        if (!result.analysis.complete) cut++;
        if (!result.analysis.complete && !result.analysis.notice) return 'the trace was cut short without a reason';
        const allowed = Math.max(LEAST_MILLISECONDS, TIMES * clean.get(document)!);
        return milliseconds > allowed ? `it took ${Math.round(milliseconds)} ms, undamaged ${Math.round(clean.get(document)!)} ms` : null;
      } catch (error) {
        return (error as Error).stack ?? String(error);
      }
    })();
    const failure = what === null ? null : { seed, document: document.name, damages, what, text };
    if (failure) failures.push(failure);
    tell(seed - first + 1, failure);
  }
  return { count, failures, cut, slowest };
}
