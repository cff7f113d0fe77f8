/**
 * What the author says of parameters that no call reaches, as sizes of the trace. It fills in what the body leaves open
 * once its demands have settled, and is dropped where these say otherwise.
 */
import { parameterClaims } from '../../evidence/parameters';
import type { ParameterClaim } from '../../evidence/claim';
import type { SizePhrase } from '../../evidence/sizes';
import type { ClassDef } from '../../python/ast';
import { SizeError, constant, loneSymbol, substitute, symbol, symbolsOf } from '../../symint/symint';
import type { SymInt, SymbolInfo } from '../../symint/symint';
import { documentedClaim } from './documented';
import type { Machine } from '../machine';
import { isUnnamed } from './parameterDims';
import type { Parameter } from './parameters';
import type { FunctionValue } from '../../values/values';

export class Claims {
  private readonly byParameter: readonly (readonly [Parameter, ParameterClaim])[];
  /** The sizes that names stand for throughout the function. */
  private readonly sizes = new Map<string, SymInt>();
  private isTold = false;

  constructor(private readonly m: Machine, func: FunctionValue, parameters: readonly Parameter[], cls: ClassDef | null) {
    const claims = func.def.kind === 'FunctionDef' ? parameterClaims(func.def, cls, m.module.tree) : new Map<string, ParameterClaim>();
    this.byParameter = parameters.flatMap((parameter) => {
      const claim = claims.get(parameter.name) ?? (parameter.isFirst ? documentedClaim(func, parameter) : null);
      return claim ? [[parameter, claim] as const] : [];
    });
    for (const parameter of parameters) parameter.dtype = claims.get(parameter.name)?.dtype ?? null;
  }

  /** Says it, once; whether that tells something new. */
  tell(): boolean {
    if (this.isTold) return false;
    this.isTold = true;
    const before = this.byParameter.map(([parameter]) => parameter.revisions);
    for (const [parameter, claim] of this.byParameter) become(parameter, claim);
    const tensors = this.byParameter.filter(([parameter, { shape }]) => shape && parameter.kind === 'tensor');
    // Names that the code gives a size first: they stand for it in what is said of the other parameters.
    for (const [parameter, { shape }] of tensors) this.bind(parameter, shape!.sizes);
    for (const [parameter, claim] of tensors) this.name(parameter, claim);
    for (const [parameter, claim] of tensors) this.propose(parameter, claim);
    return this.byParameter.some(([parameter], i) => parameter.revisions !== before[i]);
  }

  private propose(parameter: Parameter, claim: ParameterClaim): void {
    const { sizes } = claim.shape!;
    const gap = sizes.findIndex(({ kind }) => kind === 'rest');
    // What is said of one input is often said again of another that may be given besides, as long as that one is: `(batch, seq_len, dim)`.
    const isBesides = claim.from === 'docstring' && parameter.fallback?.kind === 'None';
    const ownerOf = (at: number): Parameter | null => (isBesides && at > 0 && at < sizes.length - 1 ? parameter : null);
    parameter.claim(sizes.flatMap((size, at) => (size.kind === 'rest' ? [] : [this.sizeOf(size, claim, ownerOf(at))])), gap < 0 ? null : gap, assumptionOf(parameter, claim));
  }

  /** The code says how many dims there are: some may be without a name. */
  private name(parameter: Parameter, claim: ParameterClaim): void {
    const { sizes } = claim.shape!;
    if (knownShape(parameter)?.length !== sizes.length || sizes.some(({ kind }) => kind === 'rest')) return;
    const names = sizes.map(nameOf);
    const shared = names.map((name) => (name !== null && claim.from === 'annotation' ? this.sizes.get(name) ?? null : null));
    claimNames(parameter, names, sizes.map(({ readings }) => (readings.length === 1 && readings[0]!.value !== null ? readings[0]! : null)), shared, assumptionOf(parameter, claim));
    this.bind(parameter, sizes);
  }

  private bind(parameter: Parameter, sizes: readonly SizePhrase[]): void {
    const dims = knownShape(parameter);
    if (dims?.length !== sizes.length || sizes.some(({ kind }) => kind === 'rest')) return;
    sizes.forEach((size, i) => {
      const name = nameOf(size);
      if (name !== null && !this.sizes.has(name) && !isUnnamed(dims[i]!)) this.sizes.set(name, dims[i]!);
    });
  }

  /** null: nothing definite. */
  private sizeOf({ kind, readings }: SizePhrase, claim: ParameterClaim, owner: Parameter | null): SymInt | null {
    if (kind !== 'size' || readings.length !== 1) return null;
    const [reading] = readings;
    try {
      return substitute(reading!, new Map([...symbolsOf(reading!)].map((name) => [name, this.named(name, claim, owner)])));
    } catch (error) {
      if (error instanceof SizeError) return null;
      throw error;
    }
  }

  /** @param owner the parameter that alone has a size of that name; null: it is that of all */
  private named({ name }: SymbolInfo, { span, from }: ParameterClaim, owner: Parameter | null): SymInt {
    const pinned = this.m.sizes.get(name);
    if (pinned !== undefined) return constant(pinned);
    const key = owner ? `${owner.name}.${name}` : name;
    let size = this.sizes.get(key);
    if (!size) this.sizes.set(key, (size = symbol(this.m.symbols.fresh(name, { origin: `a size of which ${from === 'annotation' ? 'an annotation' : `the ${from}`} speaks`, range: span, min: 1 }))));
    return size;
  }
}

function become(parameter: Parameter, { type, from }: ParameterClaim): void {
  // How many ints a tuple of them has, its uses say.
  if (type === 'tuple') return;
  if (type === 'float') return parameter.becomeFloat();
  const isOptional = parameter.fallback?.kind === 'None' && from === 'annotation' && type === 'tensor';
  if (type && (parameter.fallback === null || isOptional)) parameter.become(type);
}

/** The same of one whose number of dims the code says: names those without one, `shared` sizes are those of other parameters. */
function claimNames(parameter: Parameter, names: readonly (string | null)[], sizes: readonly (SymInt | null)[], shared: readonly (SymInt | null)[], assumption: string): void {
  const known = parameter.dims;
  if (known.rank === null || known.contradicts(sizes, null)) return;
  names.forEach((name, dim) => {
    if (name === null || known.names[dim] || known.front[dim] || known.back[names.length - 1 - dim]) return;
    const size = shared[dim];
    if (size) {
      parameter.demandDim(dim - names.length, size);
      parameter.assumption = assumption;
      parameter.like = [...parameter.like, size];
    } else if (!known.names.includes(name) && names.indexOf(name) === names.lastIndexOf(name)) known.demandName(dim, name);
  });
}

/** The name that the size is, alone. */
function nameOf({ readings }: SizePhrase): string | null {
  return readings.length === 1 ? loneSymbol(readings[0]!)?.name ?? null : null;
}

function assumptionOf({ name }: Parameter, { shape, from }: ParameterClaim): string {
  const sizes = shape!.sizes.map(({ text }) => text);
  return `${name} is taken to be (${sizes.join(', ')}${sizes.length === 1 ? ',' : ''}): ${SAYS[from]}`;
}

const SAYS: Readonly<Record<ParameterClaim['from'], string>> = {
  annotation: 'its annotation says so',
  docstring: 'the docstring says so',
  comment: 'a comment says so',
};

/** Its sizes, where the code says how many there are. */
function knownShape({ kind, dims }: Parameter): readonly SymInt[] | null {
  return kind === 'tensor' && dims.rank !== null ? dims.build().dims : null;
}
