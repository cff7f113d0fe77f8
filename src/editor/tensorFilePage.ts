/** The HTML of a tensor file's editor: the list of its tensors, and the viewer beside it. */
import { htmlPage } from './viewerPage';
import type { PageAssets } from './viewerPage';

export interface TensorFileAssets extends PageAssets {
  readonly listScript: string;
  readonly listStyle: string;
}

export function tensorFilePage(assets: TensorFileAssets): string {
  return htmlPage(assets, {
    title: 'Tensors',
    styles: [assets.style, assets.listStyle],
    scripts: [assets.listScript, assets.script],
    body: `<body class="tensor-file">
<aside id="tensors"></aside>
<div id="content"><div id="overview"></div><main id="viewer"></main></div>`,
  });
}
