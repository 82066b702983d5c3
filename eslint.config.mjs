import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import node from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { importTable, packageOwners } from './src/build/importTable.mjs';

const zones = Object.entries(importTable).flatMap(([target, allowed]) =>
  ['src', 'webview'].map((from) => ({
    target: `./${target}`,
    from: `./${from}`,
    except: [target, ...allowed]
      .filter((path) => path === from || path.startsWith(`${from}/`))
      .map((path) => `./${path.slice(from.length + 1)}`),
    message: `${target} may only import: ${allowed.join(', ') || 'nothing'} (src/build/importTable.mjs).`,
  })),
);

/** One block per folder: a later block replaces an earlier one's options, so each states all that its folder may not import. */
const packageBlocks = [...Object.keys(importTable), 'webview/ui'].map((folder) => ({
  files: [`${folder}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...packageOwners
            .filter(({ owners }) => !owners.some((owner) => folder === owner || folder.startsWith(`${owner}/`)))
            .map(({ packages, owners }) => ({
              group: packages.flatMap((name) => [name, `${name}/**`]),
              message: `Only ${owners.join(', ')} may import it (src/build/importTable.mjs).`,
            })),
          ...(folder.startsWith('src/core') || folder.startsWith('webview')
            ? [{ group: ['node:*', ...builtinModules], message: 'No Node built-in is reachable from here.' }]
            : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'dist-test/**',
      'node_modules/**',
      '.cache/**',
      '.vscode-test/**',
      'test-results/**',
      'test/workspaces/**',
      'test/lint/corpus/**',
      'test/**/fixtures/**',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
    },
  },
  ...packageBlocks,
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'window',
        'document',
        'fetch',
        'setTimeout',
        'setInterval',
        'performance',
        'console',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    // The command line runs on the user's Node, which `engines` of package.json names; the rest on VS Code's or the pinned one.
    files: ['src/{cache,cli,proof,server}/**/*.ts'],
    plugins: { n: node },
    rules: { 'n/no-unsupported-features/node-builtins': ['error', { allowExperimental: true }] },
  },
  {
    files: ['webview/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.recommended.rules },
  },
  {
    files: ['test/**/*.ts', 'src/build/**', 'src/cli/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
  },
);
