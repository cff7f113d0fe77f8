/**
 * What size arithmetic cannot answer. Operations throw one of these; the interpreter turns it into an Unknown whose
 * reason is the message. Proofs (`facts.ts`), `evaluate` and `parse.ts` catch them and answer null.
 */
export class SizeError extends RangeError {}

/** A number past ±(2^53 - 1), where a double stops being exact, or an expression too large to keep. */
export class SizeOverflow extends SizeError {
  constructor(message = 'a size beyond 2**53 cannot be computed exactly') {
    super(message);
  }
}

/** Python's ZeroDivisionError. */
export class SizeDivisionByZero extends SizeError {
  constructor() {
    super('integer division or modulo by zero');
  }
}

/** The number, unless it is beyond what a double keeps exactly. */
export function safe(n: number): number {
  if (!Number.isSafeInteger(n)) throw new SizeOverflow();
  return n;
}
