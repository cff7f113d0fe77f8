/** The language server as a process of its own: over Node's IPC from VS Code, or `--stdio` for any other editor. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server';

void serve(createConnection(ProposedFeatures.all), __dirname);
