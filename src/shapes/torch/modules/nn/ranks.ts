/** Families of which torch has a class for each of 1, 2 and 3 dims that differ in their name alone. */

/** The text for each rank, with the function of torch.nn.modules.utils that repeats a size for all dims. */
export function perRank(text: (n: number, repeat: string) => string): string {
  return ['_single', '_pair', '_triple'].map((repeat, i) => text(i + 1, repeat)).join('');
}
