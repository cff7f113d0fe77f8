/** What the extension has made for its commands to use. */
import type * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { EvaluationClient } from '../evaluation/client';
import type { Place } from './backends';
import type { Checkpoints } from './checkpoints';
import type { CoverageView } from './coverageView';
import type { LanguageServer } from './languageClient';
import type { StatusBar } from './statusBar';
import type { TextView } from './textView';
import type { TracedDocuments } from './traceDocument';
import type { TraceWith } from './traceWith';
import type { TensorViewer } from './viewer';

export interface Services {
  readonly client: LanguageClient;
  readonly server: LanguageServer;
  readonly evaluation: EvaluationClient;
  readonly checkpoints: Checkpoints;
  readonly documents: TracedDocuments;
  readonly traceWith: TraceWith;
  readonly statusBar: StatusBar;
  readonly viewer: TensorViewer;
  readonly texts: TextView;
  readonly coverage: CoverageView;
  readonly output: vscode.LogOutputChannel;
  readonly place: Place;
}
