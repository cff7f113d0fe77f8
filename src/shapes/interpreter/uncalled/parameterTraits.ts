/** What is told of a parameter beside its kind and its sizes: by annotations, by uses, by the callers in the document. */
import type { SymInt } from '../../symint/symint';
import type { Dtype } from '../../values/dtype';
import type { ClassValue, Value } from '../../values/values';
import type { TensorList } from './tensorLists';

export class ParameterTraits {
  /** What it is like while no use says more. */
  typical: Value | null = null;
  /** The class of modules that its annotation names. */
  module: ClassValue | null = null;
  /** What an annotation says that its elements are. */
  dtype: Dtype | null = null;
  /** It is what the function is for: the first of its parameters. */
  isFirst = false;
  /** It is taken to be its default, None: nothing says what else it may be. */
  isAbsent = false;
  /** It is a text, but not its default: the code raises with that. */
  isRefused = false;
  /** Functions of the document give it something. */
  isPassed = false;
  /** An object has it as an attribute, or a dict under a key. */
  isHeld = false;
  /** It says which dim of a tensor is meant. */
  isPosition = false;
  /** It is an int because the code is told so, not because uses look like it. */
  isSurelyInt = false;
  /** It is what a module is applied to, and it is computed with. */
  isInput = false;
  isComputed = false;
  /** A tensor is made of it and of others. */
  isInTensor = false;
  /** It holds ints, of unknown number. */
  isSequence = false;
  /** It holds ints where uses take items of it, else it may be one (`int | list[int]`). */
  mayHoldInts = false;
  /** It holds classes, functions or modules. */
  isOfCallables = false;
  /** It holds tensors, of unknown number. */
  list: TensorList | null = null;
  /** Of a module of torch's own, which takes a size or several: uses as one of these do not say which. */
  mayBeSequence = false;
  isOfTorch = false;
  /** What the author says of it was taken, or is not there. */
  isTold = false;
  /** What its shape rests on besides what the code demands. */
  assumption: string | null = null;
  /** The sizes that the assumption names. */
  like: readonly SymInt[] = [];
  /** Counts the demands that told something new. */
  revision = 0;
}
