/** Pictures of expressions, evaluated once: those that are cheap, and only where the worker is running already. */
import * as vscode from 'vscode';
import { EvaluationError } from '../../evaluation/errors';
import type { Dtype } from '../../shapes/values/dtype';
import { EVALUATE } from '../../server/messages';
import type { EvaluateAnswer, EvaluateParams } from '../../server/messages';
import type { TensorMetadata } from '../../webview/protocol';
import type { Services } from '../services';
import { EvaluatedSource } from '../evaluatedSource';
import { thumbnailOf } from './thumbnail';
import type { Thumbnail } from './thumbnail';

export interface Evaluated { readonly name: string; readonly range: vscode.Range; readonly thumbnail: Thumbnail }

/** Elements of all operations together: less than a tenth of a second. */
const MAX_ELEMENTS = 2 ** 22;
const MAX_KEPT = 32;

export class EvaluatedThumbnails {
  /** By document, its version and the expression's place. */
  private readonly known = new Map<string, Evaluated>();

  constructor(private readonly services: Pick<Services, 'client' | 'evaluation' | 'checkpoints' | 'output'>) {}

  /** @param free also what is not cheap, since it was asked for. null: there is no tensor, or it cannot be evaluated */
  async of(document: vscode.TextDocument, range: vscode.Range, free: boolean): Promise<Evaluated | null> {
    const { client, evaluation, checkpoints, output } = this.services;
    if (!client.isRunning() || (!free && !evaluation.isRunning)) return null;
    const { version } = document;
    const params: EvaluateParams = { uri: client.code2ProtocolConverter.asUri(document.uri), range: client.code2ProtocolConverter.asRange(range), related: false, checkpoint: await checkpoints.of(document.uri), whenIdle: !free };
    const answer = await client.sendRequest<EvaluateAnswer>(EVALUATE, params);
    if (!answer.ok) return null;
    const planned = answer.tensors[answer.active]!;
    const place = new vscode.Range(planned.range.start.line, planned.range.start.character, planned.range.end.line, planned.range.end.character);
    // What is pointed at, not what else is on its line.
    if (!place.contains(range)) return null;
    const key = JSON.stringify([params.uri, version, planned.range, answer.cone.outputs]);
    const known = this.known.get(key);
    if (known) return known;
    const elements = answer.cone.nodes.flatMap(({ outputs }) => outputs).reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
    if (!free && elements > MAX_ELEMENTS) return null;
    try {
      const bindings = new Map([...answer.bindings.map((bound) => ({ ...bound, dtype: bound.dtype as Dtype })), ...answer.stored].map((bound) => [bound.node, bound] as const));
      const result = await evaluation.evaluate({ cone: answer.cone, bindings, seed: 0, training: false }, { document: params.uri });
      const source = new EvaluatedSource(evaluation, result);
      const [{ shape, dtype }] = result.outputs as [typeof result.outputs[0]];
      const metadata: TensorMetadata = { id: '0', name: planned.name, shape, dtype, dims: planned.dims, ...(planned.complex === undefined ? {} : { complex: planned.complex }), backend: result.backend, provenance: [] };
      const found = { name: planned.name, range: place, thumbnail: await thumbnailOf(source, metadata).finally(() => source.dispose()) };
      this.known.set(key, found);
      if (this.known.size > MAX_KEPT) this.known.delete(this.known.keys().next().value!);
      return found;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      output.debug(`a picture of ${planned.name}: ${error.message}`);
      return null;
    }
  }
}
