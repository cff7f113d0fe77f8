/**
 * Names that posts and snippets use without defining them, and modules that are not installed, of which everybody knows
 * what they are: `torch`, `nn`, `F`, timm's `DropPath`, `to_2tuple` and `trunc_normal_`, fairscale's layers. Each use is listed as assumed.
 */
import type { Span } from '../python/ast';
import type { Machine } from './machine';
import { importModule } from './imports';
import { pythonMember } from './tensors/torchnames';
import type { Value } from '../values/values';

/** The usual aliases of modules. */
const MODULE_ALIASES: Readonly<Record<string, string>> = { torch: 'torch', nn: 'torch.nn', F: 'torch.nn.functional', math: 'math', np: 'numpy', numpy: 'numpy', checkpoint: 'torch.utils.checkpoint', init: 'torch.nn.init', einops: 'einops' };
/** Members of torch that code imports by name more often than not. */
const MEMBER_ALIASES: Readonly<Record<string, string>> = {
  Tensor: 'torch.Tensor', Parameter: 'torch.nn.Parameter', Module: 'torch.nn.Module', ModuleList: 'torch.nn.ModuleList', partial: 'functools.partial',
  rearrange: 'einops.rearrange', repeat: 'einops.repeat', reduce: 'einops.reduce', Rearrange: 'einops.layers.torch.Rearrange', Reduce: 'einops.layers.torch.Reduce',
};
/** Where the well-known helpers are written. */
const HELPERS = 'well-known';
/** Modules that hold such helpers under the same names. */
const HELPER_MODULES = /^timm(\.models)?(\.layers(\.\w+)?)?$|^fairscale\.nn(\.model_parallel(\.\w+)?)?$/;
/** Those that split their sizes among processes. */
const PARALLEL = /Parallel|parallel/;

export function wellKnown(m: Machine, name: string, span: Span): Value | null {
  const alias = Object.hasOwn(MODULE_ALIASES, name) ? MODULE_ALIASES[name]! : null;
  if (alias) {
    const module = importModule(m, alias, span);
    if (module.kind === 'unknown') return null;
    m.assume(`${name} is taken to be the module ${alias}: nothing here imports it`, span);
    return module;
  }
  const member = Object.hasOwn(MEMBER_ALIASES, name) ? MEMBER_ALIASES[name]! : null;
  if (member) {
    const at = member.lastIndexOf('.');
    m.assume(`${name} is taken to be ${member}: nothing here defines it`, span);
    return m.getAttribute(importModule(m, member.slice(0, at), span), member.slice(at + 1), span);
  }
  const helper = pythonMember(m, HELPERS, name);
  if (!helper) return null;
  if (PARALLEL.test(name)) m.assume(`${name} is taken to be that of fairscale, on one process: nothing here defines it`, span);
  else m.assume(name === 'einsum' ? 'einsum is taken to be that of torch or einops: nothing here defines it' : `${name} is taken to be the well-known function or class of that name (timm): nothing here defines it`, span);
  return helper;
}

export function wellKnownModule(name: string): boolean {
  return HELPER_MODULES.test(name);
}

/** A member of a module that is not installed, where it is one of the well-known helpers. */
export function wellKnownMember(m: Machine, module: string, name: string, span: Span): Value | null {
  if (!wellKnownModule(module)) return null;
  const helper = pythonMember(m, HELPERS, name);
  if (helper) m.assume(`${module}.${name} is taken to be the well-known one${PARALLEL.test(name) ? ', on one process' : ''}: ${module} is not installed where Shapelens looks`, span);
  return helper ?? null;
}
