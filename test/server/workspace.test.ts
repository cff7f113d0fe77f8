// Requests and edits in one order, without a client whose messages may come sooner or later.
import assert from 'node:assert/strict';
import type { Connection, MarkupContent, TextDocuments } from 'vscode-languageserver';
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
  it('give up what is asked about a text that an edit has overtaken, and answer for the one behind it', async () => {
    let document = TextDocument.create(URI, 'python', 1, TEXT);
    const documents = { get: (uri: string) => (uri === URI ? document : undefined), all: () => [document] } as TextDocuments<TextDocument>;
    const failed: string[] = [];
    const connection = { console: { error: (message: string) => failed.push(message) } } as unknown as Connection;
    const workspace = new Workspace(connection, documents, await loadParser(), new IncludedDocuments(connection), new OpenNotebooks(documents), () => assert.fail('nobody waits for a trace'));
    const place = document.positionAt(TEXT.indexOf('rows0 = '));
    const shown = (file: OpenFile | null): string => (hover(file!, place, false)!.contents as MarkupContent).value;
    assert.match(shown(await workspace.tracedAt(URI, place)), /rows0: \(4, 49, 64\)/);

    // So much is edited that one place does not do.
    const edited = (factor: number): Promise<OpenFile | null> => {
      document = TextDocument.create(URI, 'python', document.version + 1, TEXT.replaceAll('dim * 4', `dim * ${factor}`).replaceAll('zeros(4, 49', `zeros(${factor}, 49`));
      return workspace.tracedAt(URI, place);
    };
    const [overtaken, last] = await Promise.all([edited(5), edited(6)]);
    assert.equal(overtaken, null);
    assert.match(shown(last), /rows0: \(6, 49, 64\)/);
    assert.deepEqual(failed, []);
  });
});
