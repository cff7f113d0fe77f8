/** The extension's settings as the server takes them. */
import * as vscode from 'vscode';
import type { ServerSettings } from '../server/messages';
import { DEFAULT_SETTINGS } from '../server/messages';

export const SECTION = 'shapelens';

export function serverSettings(): ServerSettings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return {
    inlayHints: configuration.get('inlayHints', DEFAULT_SETTINGS.inlayHints),
    codeLens: configuration.get('codeLens', DEFAULT_SETTINGS.codeLens),
    environment: configuration.get('environment', '') || null,
  };
}

export function backendPreference(): 'auto' | 'tensorflow' | 'wasm' | 'cpu' {
  return vscode.workspace.getConfiguration(SECTION).get('backend', 'auto');
}
