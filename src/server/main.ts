/** The language server as a process of its own: over Node's IPC from VS Code, or `--stdio` for any other editor. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server';

// Its input may stay open when the process that started it has ended.
process.once('disconnect', () => process.exit());
void serve(createConnection(ProposedFeatures.all), __dirname);
