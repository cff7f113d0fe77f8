/** Where values come from, in few words: many parameters of one file are one line. */

/** As many of one file are named. */
const MAX_NAMED = 3;

/** @param lines as `StoredBinding.provenance` and others say it */
export function briefProvenance(lines: readonly string[]): string[] {
  const files = new Map<string, string[]>();
  for (const line of lines) {
    const file = FROM_FILE.exec(line)?.[1];
    if (file !== undefined) files.set(file, [...(files.get(file) ?? []), line]);
  }
  const brief = lines.flatMap((line) => {
    const file = FROM_FILE.exec(line)?.[1];
    const all = file === undefined ? [line] : files.get(file)!;
    if (all.length <= MAX_NAMED) return [line];
    return all[0] === line ? [`${all.length} parameters from ${file}`] : [];
  });
  return brief;
}

const FROM_FILE = /^(.+\.\w+): \S+$/;
