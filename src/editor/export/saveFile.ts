/** Asks where to save, and writes chunk by chunk: on disk a large tensor needs no memory for its file. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';

/** The path that was written; null where none was chosen. @throws Error where it cannot be written */
export async function saveFile(name: string, chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const target = await vscode.window.showSaveDialog({ ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}), filters: { [extension.toUpperCase()]: [extension] } });
  if (!target) return null;
  if (target.scheme === 'file') await written(target.fsPath, chunks);
  else {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    await vscode.workspace.fs.writeFile(target, Buffer.concat(parts));
  }
  return target.scheme === 'file' ? target.fsPath : target.toString();
}

/** Where it is cancelled or fails, no half of a file is left. */
async function written(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), createWriteStream(path));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
