/** All that the author says of a function's parameters beside the code; the surest of it decides. */
import type { ClassDef, FunctionDef, Module } from '../python/ast';
import { readAnnotation } from './annotations';
import type { ParameterClaim } from './claim';
import { docstringClaims } from './docstrings';
import { commentClaims } from './parameterComments';
import { argsOf } from './places';
import { CommentNames } from './sizes';

/** Methods that a module's `Shape: Input: (N, C)` speaks of. */
const FORWARD = new Set(['forward', '__call__']);

/** @param cls the class whose docstring speaks of the parameters too: of its constructor, and of what goes into `forward` */
export function parameterClaims(def: FunctionDef, cls: ClassDef | null, module: Module): Map<string, ParameterClaim> {
  const args = argsOf(def.args).filter((arg) => arg !== def.args.vararg && arg !== def.args.kwarg);
  const names = new Set(args.map(({ arg }) => arg));
  const own = args.map(({ arg }) => arg).filter((name) => name !== 'self' && name !== 'cls');
  const input = own[0] ?? null;
  const annotated = new CommentNames();
  const sources = [
    new Map(args.flatMap(({ arg, annotation }) => {
      const claim = annotation && readAnnotation(annotation, annotated);
      return claim ? [[arg, claim] as const] : [];
    })),
    docstringClaims(def, module.source, names, input),
    commentClaims(def, module),
    cls ? docstringClaims(cls, module.source, def.name === '__init__' ? names : new Set(), FORWARD.has(def.name) ? input : null) : new Map<string, ParameterClaim>(),
  ];
  const found = new Map<string, ParameterClaim>();
  for (const source of sources) {
    for (const [name, claim] of source) {
      const before = found.get(name);
      // An entry of the docstring that says no shape leaves that to a comment.
      if (!before || (before.shape === null && before.type !== 'int' && before.type !== 'tuple')) found.set(name, claim.shape ? claim : before ?? claim);
    }
  }
  return found;
}
