/** What a trace may cost, and what it has cost so far. */
import { BudgetExceeded } from './interpreter';

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
  private readonly started: number;

  constructor(readonly budget: Budget) {
    this.started = budget.now();
  }

  /** Counts one expression visit. */
  tick(): void {
    const { steps, milliseconds, now } = this.budget;
    if (++this.steps > steps) throw new BudgetExceeded(`more than ${steps} expressions were visited`);
    // A look at the clock costs as much as a visit.
    if ((this.steps & 1023) === 0 && now() - this.started > milliseconds) throw new BudgetExceeded(`it took longer than ${milliseconds / 1000} s`);
  }
}
