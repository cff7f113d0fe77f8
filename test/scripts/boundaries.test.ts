// The lint rules hold the borders between folders: each forbidden import is an error, each allowed one is none.
// Snippets are linted as if they stood in a file of that name; the imported files need to exist, the snippet's does not.
import assert from 'node:assert/strict';
import path from 'node:path';
import { ESLint } from 'eslint';
import { root } from '../../scripts/lib/paths.mjs';

/** The rules that complain about a snippet that stood in `file`. */
async function complaints(eslint: ESLint, file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

describe('lint boundaries', function () {
  this.timeout(60_000);
  // Rules that need types want files of the project; the borders do not.
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ['no-restricted-imports', 'no-restricted-globals', 'boundaries/element-types', 'max-lines'].includes(ruleId),
  });

  const forbidden: [string, string, string][] = [
    ['src/shapes/probe.ts', `import 'vscode';`, 'no-restricted-imports'],
    ['src/shapes/torch/probe.ts', `import 'node:fs';`, 'no-restricted-imports'],
    ['src/shapes/torch/probe.ts', `import 'fs/promises';`, 'no-restricted-imports'],
    ['src/shapes/graph/probe.ts', `import '@tensorflow/tfjs-core';`, 'no-restricted-imports'],
    ['src/shapes/probe.ts', `import 'web-tree-sitter';`, 'no-restricted-imports'],
    ['src/documents/probe.ts', `import 'web-tree-sitter';`, 'no-restricted-imports'],
    ['src/server/probe.ts', `import 'vscode';`, 'no-restricted-imports'],
    ['src/webview/probe.ts', `import 'node:path';`, 'no-restricted-imports'],
    ['src/shapes/probe.ts', 'export const cwd = process.cwd();', 'no-restricted-globals'],
    ['src/shapes/probe.ts', 'export const title = document.title;', 'no-restricted-globals'],
    ['src/webview/probe.ts', `import '../shapes/graph/graph';`, 'boundaries/element-types'],
    ['src/documents/probe.ts', `import '../shapes/graph/graph';`, 'boundaries/element-types'],
    ['src/shapes/symint/probe.ts', `import '../torch/rule';`, 'boundaries/element-types'],
    ['src/evaluation/probe.ts', `import '../shapes/torch/rule';`, 'boundaries/element-types'],
    ['src/shapes/probe.ts', `import '../evaluation/messages';`, 'boundaries/element-types'],
    ['src/shapes/probe.ts', '//\n'.repeat(401), 'max-lines'],
  ];
  for (const [file, code, rule] of forbidden) {
    it(`${rule} forbids ${code.split('\n')[0]} in ${file}`, async () => {
      assert.deepEqual(await complaints(eslint, file, code), [rule]);
    });
  }

  const allowed: [string, string][] = [
    ['src/shapes/python/probe.ts', `import 'web-tree-sitter';`],
    ['src/shapes/interpreter/probe.ts', `import '../torch/rule';`],
    ['src/documents/probe.ts', `import '../shapes/python/ast';`],
    ['src/evaluation/probe.ts', `import '@tensorflow/tfjs-core';\nimport type { Graph } from '../shapes/graph/graph';\nexport type { Graph };`],
    ['src/editor/probe.ts', `import 'vscode';`],
  ];
  for (const [file, code] of allowed) {
    it(`allows ${code.split('\n')[0]} in ${file}`, async () => {
      assert.deepEqual(await complaints(eslint, file, code), []);
    });
  }
});
