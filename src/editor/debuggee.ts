/**
 * What is asked of a paused Python program, over the debug adapter protocol: where it has stopped, and to save one
 * variable. That is one fixed expression with the variable's name in it; nothing else is ever run.
 */

/** A debug session, as VS Code has it. */
export interface Debuggee { customRequest(command: string, args?: unknown): Thenable<unknown> | Promise<unknown> }

/** Where the program has stopped. */
export interface Stop {
  readonly frameId: number;
  readonly file: string | null;
  /** From 1. */
  readonly line: number;
}

/** A variable, its attributes and items: nothing that calls anything of its own accord. */
const VARIABLE = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*|\[-?\d+\]|\[(?:'[^'\\\n]*'|"[^"\\\n]*")\])*$/u;

export function isVariable(name: string): boolean {
  return VARIABLE.test(name);
}

/** The frame that the reader looks at, else the innermost one; null where the program runs. */
export async function stopOf(program: Debuggee, shown: { readonly threadId?: number; readonly frameId?: number }): Promise<Stop | null> {
  const threadId = shown.threadId ?? (await program.customRequest('threads') as { threads: { id: number }[] }).threads[0]?.id;
  const { stackFrames } = await program.customRequest('stackTrace', { threadId }) as { stackFrames: { id: number; line: number; source?: { path?: string } }[] };
  const frame = stackFrames.find(({ id }) => id === shown.frameId) ?? stackFrames[0];
  return frame ? { frameId: frame.id, file: frame.source?.path ?? null, line: frame.line } : null;
}

/** Writes the variable's values as `.npy`. @throws what the program says where it is no tensor */
export async function saveVariable(program: Debuggee, name: string, file: string, { frameId }: Stop): Promise<void> {
  if (!isVariable(name)) throw new Error(`${name} is no variable`);
  await program.customRequest('evaluate', { expression: savingExpression(name, file), frameId, context: 'repl' });
}

/** NumPy has no bfloat16 and none of the eight-bit floats; objects are never pickled. */
function savingExpression(name: string, file: string): string {
  const tensor = '(lambda t: (t.float() if t.is_floating_point() and str(t.dtype)[6:] not in ("float16", "float32", "float64") else t).resolve_conj().resolve_neg().numpy())(x.detach().cpu())';
  return `(lambda x: __import__("numpy").save(${JSON.stringify(file)}, ${tensor} if hasattr(x, "detach") else x, allow_pickle=False))(${name})`;
}
