/** Changes of the editor's theme, which come as another class of the body and other variables of the page. */

/** @param changed called once for each change, when the new colours hold */
export function onThemeChange(changed: () => void): void {
  let frame = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(changed);
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}
