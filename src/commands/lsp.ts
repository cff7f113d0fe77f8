/** `shapelens lsp --stdio`: the language server over standard input and output. */
import { serveStdio } from '../server/stdio';

export async function runServer(): Promise<void> {
  await serveStdio(__dirname);
}
