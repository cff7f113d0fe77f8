/** Checkpoints in several files beside an index (`model.safetensors.index.json`) that says which file has which tensor. https://huggingface.co/docs/safetensors */
import { bytesText, readExactly, TensorFileError } from './bytes';
import type { ByteSource } from './bytes';
import { MAX_FACTS, MAX_TENSORS } from './tensor';
import type { StoredTensor, TensorFile } from './tensor';

export const INDEX_SUFFIX = '.index.json';
/** The largest models' have some megabytes. */
const MAX_INDEX = 32e6;
const MAX_SHARDS = 2000;

/**
 * @param open opens a file beside the index, by its name
 * @throws TensorFileError where the index is none, or a file is not there or has not what the index says
 */
export async function openSharded(index: ByteSource, open: (shard: string) => Promise<TensorFile>): Promise<TensorFile> {
  const { shards, facts } = await readIndex(index);
  const opened: TensorFile[] = [];
  const close = async (): Promise<void> => { await Promise.allSettled(opened.map((file) => file.close())); };
  try {
    const tensors: StoredTensor[] = [];
    for (const [shard, names] of shards) {
      const file = await openShard(shard, open);
      opened.push(file);
      const byName = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
      for (const name of names) {
        const tensor = byName.get(name);
        if (!tensor) throw new TensorFileError(`the index says that ${name} is in ${shard}, and it is not`);
        tensors.push({ ...tensor, storage: `${shard}: ${tensor.storage}` });
      }
    }
    return { format: `${opened[0]?.format ?? 'tensors'} in ${shards.size} files`, tensors, facts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openShard(shard: string, open: (shard: string) => Promise<TensorFile>): Promise<TensorFile> {
  try {
    return await open(shard);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new TensorFileError(isMissing ? `the index names ${shard}, and there is no such file beside it` : `${shard}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The tensors of each file, in the order of the index. */
async function readIndex(source: ByteSource): Promise<{ readonly shards: ReadonlyMap<string, readonly string[]>; readonly facts: readonly (readonly [string, string])[] }> {
  if (source.size > MAX_INDEX) throw new TensorFileError(`an index of ${bytesText(source.size)} is not read; the limit is ${bytesText(MAX_INDEX)}`);
  const index = parsed(await readExactly(source, 0, source.size, 'the index'));
  const map = isObject(index) ? index['weight_map'] : null;
  if (!isObject(index) || !isObject(map)) throw new TensorFileError('this is no index of a checkpoint: it has no "weight_map" of names and files', 0);
  const entries = Object.entries(map);
  if (entries.length > MAX_TENSORS) throw new TensorFileError(`the index names ${entries.length} tensors; the limit is ${MAX_TENSORS}`);
  const shards = new Map<string, string[]>();
  for (const [name, shard] of entries) {
    // An index from elsewhere must not say which other files of the disk are opened.
    if (typeof shard !== 'string' || shard === '' || shard === '.' || shard === '..' || /[/\\:\0]/.test(shard) || shard.endsWith(INDEX_SUFFIX)) throw new TensorFileError(`the index says that ${name} is in ${JSON.stringify(shard)}, which is no file beside it`);
    const names = shards.get(shard);
    if (names) names.push(name);
    else shards.set(shard, [name]);
    if (shards.size > MAX_SHARDS) throw new TensorFileError(`the index names more than ${MAX_SHARDS} files`);
  }
  const metadata = isObject(index['metadata']) ? Object.entries(index['metadata']) : [];
  return { shards, facts: metadata.slice(0, MAX_FACTS).map(([key, value]) => [key, String(value)]) };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new TensorFileError(`the index is not JSON: ${error instanceof Error ? error.message : String(error)}`, 0);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
