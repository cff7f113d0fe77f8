// @ts-check
// Lint rules: typescript-eslint's recommended ones, a file's size, and the borders between the folders of ARCHITECTURE.md.
import { builtinModules } from 'node:module';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** What src uses from outside the project, each for some folders only. Regular expressions: a bare pattern would match `./module` too. */
const packages = {
  vscode: { regex: '^vscode$', message: 'Only src/extension.ts and src/editor know VS Code.' },
  node: { regex: `^(node:.*|(${builtinModules.join('|')})(/.*)?)$`, message: 'This folder is pure or runs in the browser: no Node.' },
  tensorflow: { regex: '^@tensorflow/', message: 'TensorFlow runs in the worker: src/evaluation only.' },
  treeSitter: { regex: '^(web-tree-sitter|tree-sitter-python)(/|$)', message: 'Only src/shapes/python knows the parser; use the nodes of src/shapes/python/ast.ts.' },
  server: { regex: '^vscode-languageserver(-|/|$)', message: 'Only src/server speaks the language server protocol.' },
  client: { regex: '^vscode-languageclient(/|$)', message: 'Only src/extension.ts and src/editor start the language server.' },
};

/** @param {string[]} files @param {(keyof typeof packages)[]} banned @returns {import('eslint').Linter.Config} */
const withoutPackages = (files, ...banned) => ({
  files,
  // `src/shapes/**` includes src/shapes/python, whose own entry comes later and wins.
  rules: { 'no-restricted-imports': ['error', { patterns: banned.map((name) => packages[name]) }] },
});

/** The parts of src, the innermost folder first: the first pattern that fits a file names its part. */
const parts = [
  { type: 'extension', pattern: 'src/extension.ts', mode: 'full' },
  { type: 'cli', pattern: ['src/cli.ts', 'src/commands/**/*'], mode: 'full' },
  { type: 'documents', pattern: 'src/documents/**/*', mode: 'full' },
  { type: 'python', pattern: 'src/shapes/python/**/*', mode: 'full' },
  { type: 'symint', pattern: 'src/shapes/symint/**/*', mode: 'full' },
  { type: 'graph', pattern: 'src/shapes/graph/**/*', mode: 'full' },
  { type: 'signal', pattern: 'src/shapes/signal.ts', mode: 'full' },
  { type: 'values', pattern: 'src/shapes/values/**/*', mode: 'full' },
  { type: 'torch', pattern: 'src/shapes/torch/**/*', mode: 'full' },
  { type: 'shapes', pattern: 'src/shapes/**/*', mode: 'full' },
  { type: 'project', pattern: 'src/project/**/*', mode: 'full' },
  { type: 'node', pattern: 'src/node/**/*', mode: 'full' },
  { type: 'server', pattern: 'src/server/**/*', mode: 'full' },
  { type: 'editor', pattern: 'src/editor/**/*', mode: 'full' },
  { type: 'tensorfiles', pattern: 'src/tensorfiles/**/*', mode: 'full' },
  { type: 'evaluation', pattern: 'src/evaluation/**/*', mode: 'full' },
  { type: 'protocol', pattern: ['src/webview/protocol.ts', 'src/webview/fileProtocol.ts'], mode: 'full' },
  { type: 'webview', pattern: 'src/webview/**/*', mode: 'full' },
];
const engine = ['shapes', 'python', 'symint', 'graph', 'signal', 'values', 'torch'];
/** @type {Record<string, string[]>} part → what it may import besides itself */
const mayImport = {
  extension: parts.map(({ type }) => type),
  cli: [...engine, 'documents', 'project', 'node', 'server', 'evaluation', 'tensorfiles'],
  documents: ['python'],
  python: [],
  symint: [],
  signal: [],
  values: ['python', 'symint', 'graph'],
  // An operator is added without opening the interpreter.
  torch: ['python', 'symint', 'signal', 'values'],
  graph: engine,
  shapes: engine,
  project: [...engine, 'documents'],
  node: [...engine, 'documents', 'project'],
  server: [...engine, 'documents', 'project', 'node'],
  editor: [...engine, 'documents', 'server', 'evaluation', 'tensorfiles', 'protocol'],
  tensorfiles: [],
  evaluation: ['graph', 'tensorfiles'],
  protocol: [],
  webview: ['protocol'],
};
/** Beyond that only types, which leave nothing in the bundle. @type {Record<string, string[]>} */
const mayImportTypes = { tensorfiles: engine, evaluation: engine, documents: ['shapes'], project: ['evaluation'], server: ['evaluation'], protocol: ['evaluation', ...engine] };

/** @param {'value' | 'type'} kind @param {Record<string, string[]>} table */
const allowed = (kind, table) => Object.entries(table).map(([from, allow]) => ({ from: [from], allow, importKind: kind === 'type' ? 'type' : '*' }));

export default tseslint.config(
  { ignores: ['dist/', 'artifacts/', 'node_modules/', '.vscode-test/', 'test/fixtures/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      'max-lines': ['error', { max: 400 }],
      // Walking up a chain starts at `this`.
      '@typescript-eslint/no-this-alias': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'xxx', 'hack'], location: 'start' }],
    },
  },
  // A promise that nobody awaits swallows its error: the one thing here that needs types.
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // The reporter is loaded with require by mocha.
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': parts,
      'boundaries/include': ['src/**/*.ts'],
      'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/element-types': ['error', {
        default: 'disallow',
        message: '${file.type} may not import ${dependency.type}: see the table of folders in ARCHITECTURE.md.',
        rules: [
          ...parts.map(({ type }) => ({ from: [type], allow: [type] })),
          ...allowed('value', mayImport),
          ...allowed('type', mayImportTypes),
        ],
      }],
    },
  },
  withoutPackages(['src/**/*.ts'], 'vscode', 'tensorflow', 'treeSitter', 'server', 'client'),
  withoutPackages(['src/extension.ts', 'src/editor/**/*.ts'], 'tensorflow', 'treeSitter', 'server'),
  withoutPackages(['src/server/**/*.ts'], 'vscode', 'tensorflow', 'treeSitter', 'client'),
  withoutPackages(['src/evaluation/**/*.ts'], 'vscode', 'treeSitter', 'server', 'client'),
  withoutPackages(['src/tensorfiles/**/*.ts'], 'vscode', 'node', 'tensorflow', 'treeSitter', 'server', 'client'),
  // What touches the disk and the archives; all else of the folder turns bytes into values.
  withoutPackages(['src/tensorfiles/{fileBytes,zip}.ts'], 'vscode', 'tensorflow', 'treeSitter', 'server', 'client'),
  withoutPackages(['src/webview/**/*.ts', 'src/shapes/**/*.ts', 'src/project/**/*.ts'], 'vscode', 'node', 'tensorflow', 'treeSitter', 'server', 'client'),
  withoutPackages(['src/shapes/python/**/*.ts'], 'vscode', 'node', 'tensorflow', 'server', 'client'),
  {
    files: ['src/shapes/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...['window', 'document', 'navigator', 'localStorage', 'fetch', 'process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate', 'global']
        .map((name) => ({ name, message: 'src/shapes is pure: nothing of the DOM or of Node.' }))],
    },
  },
);
