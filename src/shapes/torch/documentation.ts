/** Torch's documentation page of an operation, from its canonical name. */
const BASE = 'https://docs.pytorch.org/docs/stable';
/** Functions of einops that share one page. */
const EINOPS_PAGES: Readonly<Record<string, string>> = { pack: 'pack_unpack', unpack: 'pack_unpack' };
/** Modules whose members share one page. */
const SHARED_PAGES: readonly (readonly [string, string])[] = [
  ['torch.nn.init.', 'nn.init.html'], ['torch.special.', 'special.html'], ['torch.masked.', 'masked.html'],
];

export function documentationUrl(name: string): string {
  if (name.startsWith('einops.')) return `https://einops.rocks/api/${EINOPS_PAGES[name.slice('einops.'.length)] ?? name.slice('einops.'.length)}/`;
  for (const [prefix, page] of SHARED_PAGES) if (name.startsWith(prefix)) return `${BASE}/${page}#${name}`;
  const dunder = /^torch\.Tensor\.__\w+__$/.test(name);
  return dunder ? `${BASE}/tensor_view.html` : `${BASE}/generated/${name}.html`;
}
