/** What kinds of documents there are. */

export type Language = 'python' | 'markdown' | 'notebook' | 'text';
