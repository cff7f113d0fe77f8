/** The documents that are damaged: the samples, the files that are held against torch, and posts that the project does not own. */
import fs from 'node:fs';
import path from 'node:path';
import type { Language } from '../../src/documents/language';

export interface CorpusDocument {
  readonly name: string;
  readonly language: Language;
  readonly text: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = { '.py': 'python', '.md': 'markdown', '.txt': 'text' };
/** Not part of the project: there on some machines only. */
export const POSTS = '../shared/seeds';

/** The samples, and what is held against torch. */
export function ownDocuments(): CorpusDocument[] {
  return ['samples', 'samples/systems', 'test/oracle/python'].flatMap(documentsIn);
}

/** Posts that the project does not own; none where they are not here. */
export function posts(): CorpusDocument[] {
  return documentsIn(POSTS);
}

function documentsIn(folder: string): CorpusDocument[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).sort().flatMap((file) => {
    const language = LANGUAGES[path.extname(file)];
    return language ? [{ name: `${folder}/${file}`, language, text: fs.readFileSync(path.join(folder, file), 'utf8') }] : [];
  });
}
