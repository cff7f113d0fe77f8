/** What a key does in the viewer, where the control that has the keyboard leaves it alone. */
const ACTIONS = { '?': 'help', '[': 'step', ']': 'step', ' ': 'play', 't': 'transpose', 'r': 'range', 's': 'scale', 'c': 'map', 'e': 'exact', 'Enter': 'reveal' } as const;
const ZOOM = ['+', '=', '-', '0'];

export interface Action { readonly type: (typeof ACTIONS)[keyof typeof ACTIONS] | 'move' | 'zoom' | 'facet' | 'copy' }

/** What a key does; null: what it does in the control that has the keyboard, or nothing. */
export function actionOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent, target: EventTarget | null): Action | null {
  const control = target instanceof HTMLElement ? target : null;
  const isArrow = key.startsWith('Arrow');
  const isMove = isArrow || ['Home', 'End', 'PageUp', 'PageDown'].includes(key);
  if (altKey || control instanceof HTMLSelectElement) return null;
  if (control instanceof HTMLInputElement && (control.type !== 'range' || isMove)) return null;
  // A button is pressed with these.
  if (control instanceof HTMLButtonElement && (key === ' ' || key === 'Enter')) return null;
  if (ctrlKey || metaKey) return isMove ? { type: 'move' } : key === 'c' ? { type: 'copy' } : null;
  if ((isArrow && shiftKey) || ZOOM.includes(key)) return { type: 'zoom' };
  if (isMove) return { type: 'move' };
  if (/^[1-9]$/.test(key)) return { type: 'facet' };
  return key in ACTIONS ? { type: ACTIONS[key as keyof typeof ACTIONS] } : null;
}
