/** What a trace asks of the files around the document. */

/** Where the source of an imported module is read; the engine itself has no files. */
export interface SourceResolver {
  /** The module's text by its dotted name, or null where there is none. */
  resolve(name: string): { readonly path: string; readonly text: string; readonly isPackage: boolean } | null;
  /** The version of an installed distribution (`huggingface-hub`), or null where that is not known. */
  version?(distribution: string): string | null;
  /** Whether all that was resolved would be again as it was; with `path`, what was read from that file. */
  isCurrent?(path?: string): boolean;
}
