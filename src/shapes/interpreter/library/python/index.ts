/** Parts of Python's standard library, and packages whose own source tells nothing, written in Python and traced like user code. */
import { indexed } from '../../../torch/modules/index';
import type { Source } from '../../../torch/modules/index';
import { abstract } from './abstract';
import { argparse } from './argparse';
import { contextvars, threading } from './concurrency';
import { attributeDicts, mlCollections, omegaconf, yacs } from './configs';
import { einx } from './einx';
import { functools } from './functools';
import { inspect } from './inspect';
import { lightning } from './lightning';
import { numpy } from './numpy/index';
import { bisect, chainMap, heapq, itertools } from './ordered';
import { torchvision } from './torchvision/index';

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  argparse: [argparse], bisect: [bisect], collections: [chainMap], heapq: [heapq], itertools: [itertools], 'collections.abc': [abstract], contextvars: [contextvars], threading: [threading], functools: [functools], inspect: [inspect], einx: [einx], ...numpy, ...torchvision,
  addict: [attributeDicts], easydict: [attributeDicts], munch: [attributeDicts], ml_collections: [mlCollections], 'ml_collections.config_dict': [mlCollections], omegaconf: [omegaconf], 'yacs.config': [yacs],
  lightning: [lightning], 'lightning.pytorch': [lightning], pytorch_lightning: [lightning], 'pytorch_lightning.core': [lightning],
};
const indexOf = indexed(SOURCES);
/** Packages with source of their own, for which the texts here stand where they have the name. */
const PARTLY = ['torchvision', 'addict', 'easydict', 'munch', 'ml_collections', 'omegaconf', 'yacs', 'lightning', 'pytorch_lightning'];

/** Whether anything of the module is written here. */
export function isWritten(module: string): boolean {
  return indexOf(module).size > 0;
}

/** The text that defines the member of a module; null where it is not written here. */
export function librarySource(module: string, name: string): Source | null {
  return indexOf(module).get(name) ?? null;
}

/** Each of these packages, and the modules within it of which something is written here. */
const partly = new Set(PARTLY.flatMap((name) => [name, ...Object.keys(SOURCES).filter((source) => source.startsWith(`${name}.`)).flatMap((source) => source.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.')))]));

/** Whether some members of the module, or of modules within it, are written here, and the others in its own source. */
export function isPartlyWritten(module: string): boolean {
  return partly.has(module);
}
