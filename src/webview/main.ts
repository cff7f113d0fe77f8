/** The viewer's page: a tab a tensor, or what there is to say instead. */
import './viewer.css';
import { Channel } from './channel';
import type { Host } from './channel';
import { make } from './dom';
import { message } from './message';
import { LinkGroup } from './linkGroup';
import type { Announcement, TensorLink, TensorMetadata, ToPage } from './protocol';
import { keyOf, readState, withView } from './state';
import type { PageState } from './state';
import { tabs } from './tabs';
import type { Tabs } from './tabs';
import { onThemeChange } from './theme';
import { TensorView } from './view';

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('viewer')!;
const progress = make('div', { class: 'progress' });
const content = make('div', { class: 'content' }, message('Waiting for values …'));
root.replaceChildren(progress, content);

let views: readonly TensorView[] = [];
onThemeChange(() => views.forEach((view) => view.repaint()));

let state: PageState = readState(host.getState());
const save = (next: PageState): void => {
  state = next;
  host.setState(next);
};

const channel = new Channel(host, receive);
window.addEventListener('message', (event: MessageEvent<ToPage>) => channel.receive(event.data));
window.addEventListener('error', (event) => {
  // Sizes that change while they are observed are told a frame later: a notice, and no error.
  if (!event.message.startsWith('ResizeObserver loop')) report(event.message);
});
window.addEventListener('unhandledrejection', (event) => report(event.reason instanceof Error ? event.reason.message : String(event.reason)));

function receive(received: Announcement): void {
  switch (received.type) {
    case 'open': return open(received.tensors, received.active, received.resumed, received.links ?? []);
    case 'progress': return progress.replaceChildren(...(received.message === null ? [] : [message(received.message)]));
    case 'gone': return gone(received.message);
  }
}

function open(tensors: readonly TensorMetadata[], active: string, resumed: boolean, links: readonly TensorLink[]): void {
  progress.replaceChildren();
  const remembered = resumed && state.active !== null ? tensors.findIndex((tensor) => keyOf(tensor) === state.active) : -1;
  save({ ...state, source: tensors.find((tensor) => tensor.id === active)?.source ?? null });
  const groups = links.flatMap((link) => LinkGroup.of(channel, link, tensors) ?? []);
  const items = tensors.map((tensor) => {
    const key = keyOf(tensor);
    const group = groups.find((each) => each.memberOf(tensor.id) !== null);
    const link = group ? { group, member: group.memberOf(tensor.id)!, open: (id: string) => shown?.choose(tensors.findIndex((each) => each.id === id)) } : null;
    const view = new TensorView(channel, tensor, state.views[key] ?? null, (next) => save(withView(state, key, next)), link, tensors);
    return {
      view, name: tensor.name, panel: view.element, opened: () => {
        save({ ...state, active: key });
        void view.show();
      },
    };
  });
  views = items.map(({ view }) => view);
  const asked = Math.max(0, tensors.findIndex((tensor) => tensor.id === active));
  let shown: Tabs | null = null;
  if (items.length > 0) shown = tabs(items, remembered >= 0 ? remembered : asked);
  content.replaceChildren(shown ? shown.element : message('There is no tensor to show.'));
}

function gone(text: string): void {
  const { source } = state;
  content.replaceChildren(message(text, source ? { action: 'Evaluate again', run: () => channel.reopen(source) } : {}));
}

/** Nothing on the page fails silently. */
function report(text: string): void {
  channel.problem(text);
  progress.replaceChildren(message(`The viewer has a problem: ${text}`, { kind: 'alert', action: 'Reload', run: () => channel.ready() }));
}

channel.ready();
