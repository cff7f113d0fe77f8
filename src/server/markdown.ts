/** Markdown of hovers: what the author wrote is escaped, so that it is shown and never read as Markdown or as a link. */
import type { DocumentRange } from '../project/tracedFile';

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A code span, also in a table cell: no back tick, pipe or line break may end it. */
export function code(text: string): string {
  return `\`${oneLine(text).replace(/`/g, 'ˋ').replace(/\|/g, '\\|')}\``;
}

export function codeBlock(text: string): string {
  return `\`\`\`python\n${text.replace(/`{3,}/g, 'ˋˋˋ')}\n\`\`\``;
}

export function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~$&]/g, '\\$&');
}

/** A link to a place of a document, which any client can follow; the text is shown as it is. */
export function placeLink(text: string, uri: string, { start }: DocumentRange): string {
  return `[${escape(text)}](${target(`${uri}#L${start.line + 1},${start.character + 1}`)})`;
}

/** Only for a client that has the command, and trusts the hover with this one. */
export function commandLink(text: string, title: string, command: string, args: readonly unknown[]): string {
  return `[${escape(text)}](command:${command}?${target(encodeURIComponent(JSON.stringify(args)))} "${title.replace(/["\\]/g, '')}")`;
}

/** Brackets and spaces would end a link's target. */
function target(text: string): string {
  return text.replace(/[()<>\s"]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
