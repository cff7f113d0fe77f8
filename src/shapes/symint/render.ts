/**
 * A size as Python source that a person would write: `(2*Wh-1)*(2*Ww-1)`, `C//num_heads`, `N + 1`. Sums at the top are
 * spaced as PEP 8 has it; inside the parentheses of a product they are not. It evaluates to the size.
 */
import type { SymInt } from './canonical';
import type { OperationAtom, Power } from './polynomial';
import type { SymbolInfo } from './symbol';
import type { Addend, Written } from './written';

/** What symbols are called at one place. */
export type NameOf = (symbol: SymbolInfo) => string;

/** How the whole binds: what needs parentheses around it as an operand. */
type Binding = 'sum' | 'product' | 'unary' | 'power' | 'primary';
interface Rendered { readonly text: string; readonly binding: Binding }

/**
 * @param nameOf the symbols' names; by default their labels, which are unique in the table of symbols. For one place,
 * `distinctNames` keeps names shorter.
 */
export function render(x: SymInt, nameOf: NameOf = (symbol) => symbol.label): string {
  return x.value === null ? renderSum(x.written, nameOf, true).text : String(x.value);
}

/** Sizes between commas, as in a shape: `Wh*Ww, C//num_heads`. */
export function renderAll(sizes: readonly SymInt[], nameOf?: NameOf): string {
  return sizes.map((x) => render(x, nameOf)).join(', ');
}

function renderSum(written: Written, nameOf: NameOf, spaced: boolean): Rendered {
  const [first, ...others] = positiveFirst(written);
  if (first === undefined) return { text: '0', binding: 'primary' };
  const head = renderProduct(first, nameOf, spaced && others.length === 0);
  if (others.length === 0) return head;
  let { text } = head;
  for (const addend of others) {
    const operand = renderProduct({ coef: Math.abs(addend.coef), factors: addend.factors }, nameOf, false).text;
    const sign = addend.coef < 0 ? '-' : '+';
    text += spaced ? ` ${sign} ${operand}` : `${sign}${operand}`;
  }
  return { text, binding: 'sum' };
}

/** `N - 1`, not `-1 + N`. */
function positiveFirst(written: Written): Written {
  const at = written.findIndex((addend) => addend.coef > 0);
  return at <= 0 ? written : [written[at]!, ...written.slice(0, at), ...written.slice(at + 1)];
}

function renderProduct({ coef, factors }: Addend, nameOf: NameOf, spaced: boolean): Rendered {
  if (factors.length === 0) return { text: String(coef), binding: coef < 0 ? 'unary' : 'primary' };
  const only = factors.length === 1 ? factors[0]! : null;
  if (coef === 1 && only !== null) return renderPower(only, nameOf, spaced);
  const parts = factors.map((power) => operand(renderPower(power, nameOf, false), ['power', 'primary']));
  if (coef === -1) return { text: `-${parts.join('*')}`, binding: parts.length === 1 ? 'unary' : 'product' };
  if (coef !== 1) parts.unshift(String(coef));
  return { text: parts.join('*'), binding: 'product' };
}

function renderPower({ atom, exponent }: Power, nameOf: NameOf, spaced: boolean): Rendered {
  const base = atom.kind === 'symbol' ? named(nameOf(atom.symbol)) : renderOperation(atom, nameOf, spaced && exponent === 1);
  if (exponent === 1) return base;
  return { text: `${operand(base, ['primary'])}**${exponent}`, binding: 'power' };
}

const named = (text: string): Rendered => ({ text, binding: 'primary' });

function renderOperation(atom: OperationAtom, nameOf: NameOf, spaced: boolean): Rendered {
  const args = atom.args.map((arg) => renderSum(arg.written, nameOf, false));
  const [a, b] = args as [Rendered, Rendered];
  switch (atom.kind) {
    case 'sum':
      return spaced ? renderSum(atom.args[0]!.written, nameOf, true) : a;
    case 'min':
    case 'max':
      return named(`${atom.kind}(${args.map((arg) => arg.text).join(', ')})`);
    case 'pow':
      return { text: `${operand(a, ['primary'])}**${operand(b, ['primary'])}`, binding: 'power' };
    case 'floordiv':
      return { text: `${operand(a, ['product', 'unary', 'power', 'primary'])}//${operand(b, ['power', 'primary'])}`, binding: 'product' };
    case 'mod': {
      // `H + (-H)%4`: two signs in a row are hard to read.
      const left = operand(a, spaced ? ['product', 'unary', 'power', 'primary'] : ['product', 'power', 'primary']);
      const right = operand(b, ['power', 'primary']);
      return { text: spaced ? `${left} % ${right}` : `${left}%${right}`, binding: 'product' };
    }
  }
}

/** In parentheses, unless it binds in one of the given ways. */
function operand({ text, binding }: Rendered, bare: readonly Binding[]): string {
  return bare.includes(binding) ? text : `(${text})`;
}
