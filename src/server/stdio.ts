/** The language server over standard input and output. */
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { serve } from './server';

/** @param directory where the parser's WebAssembly files lie */
export async function serveStdio(directory: string): Promise<void> {
  await serve(createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)), directory);
}
