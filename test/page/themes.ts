// Stand-ins for VS Code's themes: the variables that the viewer reads, in values of their kind.
export type ThemeName = 'light' | 'dark' | 'high-contrast';

interface Theme { readonly className: string; readonly variables: Readonly<Record<string, string>> }

const fonts = { 'font-family': 'system-ui, "Noto Sans", "DejaVu Sans", sans-serif', 'font-size': '13px', 'editor-font-family': '"DejaVu Sans Mono", monospace' };

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    className: 'vscode-light',
    variables: {
      ...fonts, 'foreground': '#3b3b3b', 'editor-foreground': '#3b3b3b', 'editor-background': '#ffffff', 'editorWidget-background': '#f8f8f8', 'descriptionForeground': '#5f5f5f',
      'panel-border': '#e5e5e5', 'focusBorder': '#005fb8', 'textLink-foreground': '#005fb8', 'textLink-activeForeground': '#003f7d', 'editorWarning-foreground': '#9a5a00',
      'dropdown-background': '#ffffff', 'dropdown-foreground': '#3b3b3b', 'dropdown-border': '#cecece', 'button-background': '#005fb8', 'button-foreground': '#ffffff', 'button-hoverBackground': '#0258a8',
      'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc',
      'list-hoverBackground': '#f0f0f0', 'list-inactiveSelectionBackground': '#dcebf7', 'inputValidation-errorBackground': '#fdeeee', 'inputValidation-errorBorder': '#be1100',
    },
  },
  dark: {
    className: 'vscode-dark',
    variables: {
      ...fonts, 'foreground': '#cccccc', 'editor-foreground': '#cccccc', 'editor-background': '#1f1f1f', 'editorWidget-background': '#252526', 'descriptionForeground': '#9d9d9d',
      'panel-border': '#3a3a3a', 'focusBorder': '#0078d4', 'textLink-foreground': '#4daafc', 'textLink-activeForeground': '#7cc0fd', 'editorWarning-foreground': '#e2b340',
      'dropdown-background': '#313131', 'dropdown-foreground': '#cccccc', 'dropdown-border': '#3c3c3c', 'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1',
      'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
      'list-hoverBackground': '#2a2d2e', 'list-inactiveSelectionBackground': '#37373d', 'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100',
    },
  },
  'high-contrast': {
    className: 'vscode-high-contrast',
    variables: {
      ...fonts, 'foreground': '#ffffff', 'editor-foreground': '#ffffff', 'editor-background': '#000000', 'editorWidget-background': '#0c141f', 'descriptionForeground': '#dddddd',
      'contrastBorder': '#6fc3df', 'contrastActiveBorder': '#f38518', 'focusBorder': '#f38518', 'textLink-foreground': '#21a6ff', 'textLink-activeForeground': '#21a6ff', 'editorWarning-foreground': '#ffd370',
      'dropdown-background': '#000000', 'dropdown-foreground': '#ffffff', 'dropdown-border': '#6fc3df', 'button-background': '#000000', 'button-foreground': '#ffffff', 'button-border': '#6fc3df',
      'button-secondaryForeground': '#ffffff', 'inputValidation-errorBackground': '#5a1d1d', 'inputValidation-errorBorder': '#be1100',
    },
  },
};
