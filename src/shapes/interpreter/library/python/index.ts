/** Parts of Python's standard library that are written in Python here, and traced like user code. */
import { indexed } from '../../../torch/modules/index';
import type { Source } from '../../../torch/modules/index';
import { abstract } from './abstract';
import { contextvars, threading } from './concurrency';
import { inspect } from './inspect';

const indexOf = indexed({ 'collections.abc': [abstract], contextvars: [contextvars], threading: [threading], inspect: [inspect] });

/** The text that defines the member of a module; null where it is not written here. */
export function librarySource(module: string, name: string): Source | null {
  return indexOf(module).get(name) ?? null;
}
