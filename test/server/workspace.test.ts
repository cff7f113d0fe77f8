// Requests and edits in one order, without a client whose messages may come sooner or later.
import assert from 'node:assert/strict';
import type { Connection, MarkupContent, Position, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { modules } from '../../bench/model';
import { hover } from '../../src/server/hover';
import { IncludedDocuments } from '../../src/server/included';
import { OpenNotebooks } from '../../src/server/notebooks';
import type { OpenFile } from '../../src/server/openFile';
import { Workspace } from '../../src/server/workspace';
import { loadParser } from '../shapes/python/load';

const URI = 'untitled:model.py';
const TEXT = modules(400);

describe('the open documents', () => {
  let document: TextDocument;
  let workspace: Workspace;
  let place: Position;
  const failed: string[] = [];
  beforeEach(async () => {
    document = TextDocument.create(URI, 'python', 1, TEXT);
    const documents = { get: (uri: string) => (uri === URI ? document : undefined), all: () => [document] } as TextDocuments<TextDocument>;
    const connection = { console: { error: (message: string) => failed.push(message) } } as unknown as Connection;
    workspace = new Workspace(connection, documents, await loadParser(), new IncludedDocuments(connection), new OpenNotebooks(documents), () => assert.fail('nobody waits for a trace'));
    place = document.positionAt(TEXT.indexOf('rows0 = '));
    assert.match(shown(await workspace.tracedAt(URI, place)), /rows0: \(4, 49, 64\)/);
  });
  afterEach(() => assert.deepEqual(failed, []));
  const shown = (file: OpenFile | null): string => (hover(file!, place, false)!.contents as MarkupContent).value;
  /** So much is edited that one place does not do. */
  const edit = (factor: number): void => { document = TextDocument.create(URI, 'python', document.version + 1, TEXT.replaceAll('dim * 4', `dim * ${factor}`).replaceAll('zeros(4, 49', `zeros(${factor}, 49`)); };

  it('give up what is asked about a text that an edit has overtaken, and answer for the one behind it', async () => {
    const [overtaken, last] = await Promise.all([5, 6].map((factor) => {
      edit(factor);
      return workspace.tracedAt(URI, place);
    }));
    assert.equal(overtaken, null);
    assert.match(shown(last!), /rows0: \(6, 49, 64\)/);
  });

  it('are evaluated as they are by then for who asks for it, and for a picture that nobody waits for only if they were left alone', async () => {
    edit(5);
    const [picture, asked] = [workspace.evaluable(URI, true), workspace.evaluable(URI, false)];
    edit(6);
    assert.equal(await picture, null);
    assert.match(shown(await asked), /rows0: \(6, 49, 64\)/);
    assert.match(shown(await workspace.evaluable(URI, true)), /rows0: \(6, 49, 64\)/);
  });

  it('answer a hover before a picture that was asked for with it', async () => {
    const order: string[] = [];
    document = TextDocument.create(URI, 'python', 2, TEXT.replace('torch.zeros(4, 49', 'torch.zeros(7, 49'));
    const first = workspace.tracedAt(URI, place).then((file) => order.push(/rows0: \(7, 49, 64\)/.test(shown(file)) ? 'hover' : 'another hover'));
    const picture = workspace.evaluable(URI, true).then(() => order.push('picture'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const second = workspace.tracedAt(URI, place).then(() => order.push('hover'));
    await Promise.all([first, picture, second]);
    assert.deepEqual(order, ['hover', 'hover', 'picture']);
  });
});
