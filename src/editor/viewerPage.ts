/** The HTML around the viewer's page, and what its content policy allows: our own script and style, nothing else. */

export interface PageAssets {
  /** Where styles, pictures and fonts may come from: the webview's `cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** A fresh random text; the script that carries it may run. */
  readonly nonce: string;
}

export function viewerPage(assets: PageAssets): string {
  return htmlPage(assets, { title: 'Tensor', styles: [assets.style], scripts: [assets.script], body: '<body>\n<main id="viewer"></main>' });
}

export function contentPolicy({ cspSource, nonce }: Pick<PageAssets, 'cspSource' | 'nonce'>): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src ${cspSource} data: blob:; font-src ${cspSource};`;
}

/** @param parts `body` begins with its tag; scripts run behind it, in that order */
export function htmlPage(assets: Pick<PageAssets, 'cspSource' | 'nonce'>, parts: { readonly title: string; readonly styles: readonly string[]; readonly scripts: readonly string[]; readonly body: string }): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
${parts.styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n')}
<title>${parts.title}</title>
</head>
${parts.body}
${parts.scripts.map((script) => `<script nonce="${assets.nonce}" src="${script}"></script>`).join('\n')}
</body>
</html>`;
}

export function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
