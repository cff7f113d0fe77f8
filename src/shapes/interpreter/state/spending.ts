/** What a trace may cost, and what it has cost so far. */
import { Signal } from '../../signal';
import { BudgetExceeded } from '../interpreter';

export interface Budget {
  /** Expression visits. */
  readonly steps: number;
  readonly milliseconds: number;
  /** A clock in milliseconds; the engine has none of its own. */
  readonly now: () => number;
}

/** The budget of one analysis: it may trace a document several times. */
export class Spending {
  steps = 0;
  private started: number;

  constructor(readonly budget: Budget) {
    this.started = budget.now();
  }

  restart(): void {
    this.steps = 0;
    this.started = this.budget.now();
  }

  /** Counts one expression visit. */
  tick(): void {
    const { steps, milliseconds, now } = this.budget;
    if (++this.steps > steps) throw new BudgetExceeded(`more than ${steps} expressions were visited`);
    // A look at the clock costs as much as a visit.
    if ((this.steps & 1023) === 0 && now() - this.started > milliseconds) throw new BudgetExceeded(`it took longer than ${milliseconds / 1000} s`);
  }
}

/** Visits that one part of a trace may take. */
export class Allowance {
  constructor(
    /** The count of visits at which it is spent. */
    public end: number,
    /** The one around it. */
    readonly outer: Allowance | null,
    /** It is that of code of a library. */
    readonly isLibrary: boolean,
  ) {}

  /** Visits that count against neither this nor those around it, up to `last`. */
  extend(visits: number, last: Allowance | null = null): void {
    for (let each: Allowance | null = this; each && each !== last; each = each.outer) each.end += visits;
  }
}

/** A part of the trace took more than its allowance; the trace goes on without it. */
export class AllowanceExceeded extends Signal {
  constructor(readonly allowance: Allowance) {
    super();
  }
}
