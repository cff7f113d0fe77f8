/**
 * The list of a file's tensors, left of the viewer. It runs before the viewer's script on the same page, hands it a part of
 * the page's state, and shows it once a tensor is chosen.
 */
import './files.css';
import { make } from '../dom';
import type { FromFilePage, ToFilePage } from '../fileProtocol';
import { fault } from './fault';
import { TensorList } from './list';
import { overview } from './overview';

interface Api { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void }
interface Kept { readonly viewer?: unknown; readonly chosen?: readonly string[]; readonly query?: string }

const page = globalThis as unknown as { acquireVsCodeApi(): Api };
const api = page.acquireVsCodeApi();
let kept = (api.getState() ?? {}) as Kept;
const keep = (next: Kept): void => {
  kept = { ...kept, ...next };
  api.setState(kept);
};
// It can be asked for once only: the viewer's script gets its share.
page.acquireVsCodeApi = () => ({ postMessage: (message) => api.postMessage(message), getState: () => kept.viewer, setState: (viewer) => keep({ viewer }) });
const send = (message: FromFilePage): void => api.postMessage(message);

const aside = document.getElementById('tensors')!;
const front = document.getElementById('overview')!;
const viewer = document.getElementById('viewer')!;
const list = new TensorList({
  choose: (ids) => choose(ids),
  overview: () => choose([]),
  search: (query) => keep({ query }),
});

/** Nothing chosen: the file as a whole. */
function choose(ids: readonly string[]): void {
  keep({ chosen: list.namesOf(ids) });
  list.mark(ids);
  front.hidden = ids.length > 0;
  viewer.hidden = ids.length === 0;
  if (ids.length > 0) send({ type: 'choose', ids });
}

function show(file: Extract<ToFilePage, { type: 'tensorFile' }>): void {
  list.show(file, kept.query ?? '');
  front.replaceChildren(overview(file));
  // One tensor alone needs no list.
  const only = file.tensors.length === 1 && file.facts.length === 0 && file.tensors[0]!.unreadable === null ? [file.tensors[0]!.id] : null;
  aside.hidden = only !== null;
  choose(only ?? list.idsOf(kept.chosen ?? []));
}

window.addEventListener('message', ({ data }: MessageEvent<ToFilePage>) => {
  if (data.type === 'tensorFile') show(data);
  if (data.type === 'tensorFileFault') {
    aside.hidden = viewer.hidden = true;
    front.hidden = false;
    front.replaceChildren(fault(data, () => send({ type: 'reopenWith' })));
  }
});

viewer.hidden = true;
aside.append(list.element);
front.append(make('p', { class: 'muted' }, 'Reading the file …'));
send({ type: 'listReady' });
