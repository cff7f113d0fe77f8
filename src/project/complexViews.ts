/** Complex values leave the worker as real and imaginary part, along one more dim: as torch.view_as_real has them. */
import type { Cone, ConeNode } from '../shapes/graph/graph';

/** The text of the added dim: what each index along it is called. */
export const PARTS = 'real | imag';

const REAL = { complex32: 'float16', complex64: 'float32', complex128: 'float64' } as const;

/** The complex dtype whose parts have this one. */
export function complexOf(real: string): string {
  return Object.entries(REAL).find(([, part]) => part === real)?.[0] ?? real;
}

/** The same outputs, with complex ones viewed as real. */
export function viewedAsReal(cone: Cone): Cone {
  let next = cone.nodes.reduce((greatest, { id }) => Math.max(greatest, id), -1) + 1;
  const added: ConeNode[] = [];
  const outputs = cone.outputs.map((ref) => {
    const output = cone.nodes.find(({ id }) => id === ref.node)?.outputs[ref.output];
    const dtype = output && output.dtype in REAL ? REAL[output.dtype as keyof typeof REAL] : null;
    if (!output || dtype === null) return ref;
    added.push({ id: next, op: 'torch.view_as_real', args: { input: { node: ref.node, output: ref.output } }, outputs: [{ shape: [...output.shape, 2], dtype }], source: null });
    return { node: next++, output: 0 };
  });
  return added.length === 0 ? cone : { ...cone, nodes: [...cone.nodes, ...added], outputs };
}
