/** Items handed out to threads, whose results come in the order of the items. A thread that dies costs its item only. */
import type { Worker } from 'node:worker_threads';

/** @typeParam A what a thread answers */
export interface Work<T, A> {
  readonly items: number;
  readonly threads: number;
  readonly start: () => Worker;
  /** The message that asks a thread for an item. */
  readonly request: (item: number) => unknown;
  /** What an answer says. @throws what ends all the work */
  readonly read: (answer: A) => T;
  /** Stands for an item with which a thread died, even one that had done nothing before. */
  readonly lost: (item: number, error: Error) => T;
}

export async function* onThreads<T, A>({ items, threads, start, request, read, lost }: Work<T, A>): AsyncGenerator<T> {
  const waiting: { resolve: (result: T) => void; reject: (error: unknown) => void }[] = [];
  const results = Array.from({ length: items }, () => new Promise<T>((resolve, reject) => waiting.push({ resolve, reject })));
  // The first that fails ends the loop below; nobody asks for the others then.
  for (const result of results) result.catch(() => undefined);
  const workers = new Set<Worker>();
  const again: number[] = [];
  let next = 0;
  let isOver = false;
  const take = (): number | null => again.shift() ?? (next < items ? next++ : null);

  const open = (): void => {
    let item = take();
    if (item === null) return;
    const worker = start();
    workers.add(worker);
    let isFresh = true;
    let problem: Error | null = null;
    worker.postMessage(request(item));
    worker.on('message', (answer: A) => {
      const { resolve, reject } = waiting[item!]!;
      try {
        resolve(read(answer));
      } catch (error) {
        reject(error);
      }
      isFresh = false;
      item = take();
      if (item !== null) worker.postMessage(request(item));
    });
    worker.on('error', (error: Error) => { problem = error; });
    worker.on('exit', (status) => {
      workers.delete(worker);
      if (isOver || item === null) return;
      // What was done before may have filled its memory: an item has a second chance, on a thread of its own.
      if (isFresh) waiting[item]!.resolve(lost(item, problem ?? new Error(`its thread ended with status ${status}`)));
      else again.push(item);
      open();
    });
  };

  for (let i = 0; i < threads; i++) open();
  try {
    for (const result of results) yield await result;
  } finally {
    isOver = true;
    await Promise.all([...workers].map((worker) => worker.terminate()));
  }
}
