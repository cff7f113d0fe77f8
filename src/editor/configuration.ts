/** The extension's settings as the server takes them. */
import * as vscode from 'vscode';
import type { FolderEnvironment, ServerSettings } from '../server/messages';
import { DEFAULT_SETTINGS } from '../server/messages';

export const SECTION = 'shapelens';

/** @param environments what the Python extension has chosen */
export function serverSettings(environments: readonly FolderEnvironment[]): ServerSettings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  return {
    inlayHints: configuration.get('inlayHints', DEFAULT_SETTINGS.inlayHints),
    codeLens: configuration.get('codeLens', DEFAULT_SETTINGS.codeLens),
    environment: configuration.get('environment', '') || null,
    environments,
  };
}

export function backendPreference(): 'auto' | 'tensorflow' | 'wasm' | 'cpu' {
  return vscode.workspace.getConfiguration(SECTION).get('backend', 'auto');
}

/** In bytes; undefined: as the evaluation has it by itself. */
export function memoryLimit(): number | undefined {
  const gigabytes = vscode.workspace.getConfiguration(SECTION).get('memoryLimit', 0);
  return gigabytes > 0 ? gigabytes * 1e9 : undefined;
}
