/** Functions that call themselves, directly or through others: how deep and how often that is followed. */

/** Deeper calls are taken for unbounded recursion; models nest a few dozen modules. */
const MAX_DEPTH = 120;
/** Calls of a function from inside one call of it. Walks over all modules of a deep model take a few thousand. */
const MAX_CALLS = 3_000;

interface Running {
  /** Calls of it on the stack. */
  depth: number;
  calls: number;
  /** One of them was too deep, or ends on what is not known: so is each further one, and two in one body would be traced 2 ** depth times. */
  isEndless: boolean;
}

export class Recursion {
  private depth = 0;
  private readonly running = new Map<object, Running>();

  /** Notes a call of the function, which `leave` must end; what is wrong if it is not to be followed, in words. */
  enter(def: object): string | null {
    let entry = this.running.get(def);
    if (this.depth >= MAX_DEPTH) {
      if (entry) entry.isEndless = true;
      return 'calls itself too deeply to be traced';
    }
    if (entry?.isEndless) return 'calls itself too deeply to be traced';
    if (entry && entry.calls >= MAX_CALLS) return 'calls itself too often to be traced';
    if (!entry) this.running.set(def, (entry = { depth: 0, calls: 0, isEndless: false }));
    entry.depth++;
    entry.calls++;
    this.depth++;
    return null;
  }

  /** From now on none of the calls that the outermost one leads to is followed. */
  giveUp(def: object): void {
    this.running.get(def)!.isEndless = true;
  }

  leave(def: object): void {
    const entry = this.running.get(def)!;
    this.depth--;
    if (--entry.depth === 0) this.running.delete(def);
  }
}
