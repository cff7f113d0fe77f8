/** The HTML of a tensor file's editor: the list of its tensors, and the viewer beside it. */
import { contentPolicy } from './viewerPage';
import type { PageAssets } from './viewerPage';

export interface TensorFileAssets extends PageAssets {
  readonly listScript: string;
  readonly listStyle: string;
}

export function tensorFilePage(assets: TensorFileAssets): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${assets.style}">
<link rel="stylesheet" href="${assets.listStyle}">
<title>Tensors</title>
</head>
<body class="tensor-file">
<aside id="tensors"></aside>
<div id="content"><div id="overview"></div><main id="viewer"></main></div>
<script nonce="${assets.nonce}" src="${assets.listScript}"></script>
<script nonce="${assets.nonce}" src="${assets.script}"></script>
</body>
</html>`;
}
