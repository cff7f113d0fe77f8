/** The viewer's page: a tab a tensor. */
import './viewer.css';
import { Channel } from './channel';
import type { Host } from './channel';
import type { Mapping } from './mapping';
import type { TensorMetadata, ToPage } from './protocol';
import { TensorView } from './view';

declare function acquireVsCodeApi(): Host;

interface State { readonly mappings: Record<string, Mapping> }

const host = acquireVsCodeApi();
const root = document.getElementById('viewer')!;
const channel = new Channel(host, receive);
let views: TensorView[] = [];

function savedMappings(): Record<string, Mapping> {
  return (host.getState() as State | undefined)?.mappings ?? {};
}

function receive(message: ToPage): void {
  if (message.type === 'open') open(message.tensors, message.active);
  else if (message.type === 'progress') say(message.message ?? '');
}

function say(text: string): void {
  root.replaceChildren(Object.assign(document.createElement('p'), { className: 'message', textContent: text, role: 'status' }));
}

/** Mappings are remembered by expression and rank. */
function keyOf(tensor: TensorMetadata): string {
  return `${tensor.name} ${tensor.shape.length}`;
}

function open(tensors: readonly TensorMetadata[], active: string): void {
  const mappings = savedMappings();
  views = tensors.map((tensor) => new TensorView(channel, tensor, mappings[keyOf(tensor)] ?? null, (mapping) => host.setState({ mappings: { ...savedMappings(), [keyOf(tensor)]: mapping } })));
  const tabs = document.createElement('div');
  tabs.className = 'tabs';
  tabs.setAttribute('role', 'tablist');
  const panel = document.createElement('div');
  panel.id = 'panel';
  panel.setAttribute('role', 'tabpanel');
  const buttons = views.map((view, i) => {
    const button = document.createElement('button');
    button.textContent = view.tensor.name;
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', 'panel');
    button.addEventListener('click', () => choose(i));
    button.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step !== 0) choose((i + step + views.length) % views.length, true);
    });
    return button;
  });
  const choose = (chosen: number, focus = false): void => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', String(i === chosen));
      button.tabIndex = i === chosen ? 0 : -1;
    });
    if (focus) buttons[chosen]!.focus();
    void display(panel, views[chosen]!);
  };
  tabs.append(...buttons);
  root.replaceChildren(...(views.length > 1 ? [tabs] : []), panel);
  choose(Math.max(0, tensors.findIndex((tensor) => tensor.id === active)));
}

async function display(panel: HTMLElement, view: TensorView): Promise<void> {
  panel.replaceChildren(view.element);
  try {
    await view.show();
  } catch (error) {
    const failed = document.createElement('div');
    failed.className = 'message';
    failed.setAttribute('role', 'alert');
    const retry = Object.assign(document.createElement('button'), { textContent: 'Try again' });
    retry.addEventListener('click', () => void display(panel, view));
    failed.append(`The values could not be shown: ${error instanceof Error ? error.message : String(error)}. `, retry);
    panel.replaceChildren(failed);
  }
}

channel.ready();
