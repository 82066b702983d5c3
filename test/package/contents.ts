/** What a VSIX holds, and what takes its room. A VSIX is a ZIP; its central directory is all that is read here. */
import { readFileSync } from 'node:fs';

export interface VsixEntry {
  readonly path: string;
  /** Bytes within the archive. */
  readonly packed: number;
  /** Bytes once unpacked. */
  readonly size: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const entryLength = 46;

/**
 * The entries by the central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
 * @throws Error when the file is no ZIP
 */
export function vsixEntries(file: string): readonly VsixEntry[] {
  const bytes = readFileSync(file);
  let end = bytes.length - endLength;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < 0) throw new Error(`${file} is no ZIP archive.`);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: VsixEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error(`${file} is damaged at byte ${at}.`);
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      path: bytes.toString('utf8', at + entryLength, at + entryLength + nameLength),
    });
    at += entryLength + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Packed megabytes by what they are for, largest first. */
export function sizeByPart(entries: readonly VsixEntry[]): readonly (readonly [part: string, megabytes: number])[] {
  const sums = new Map<string, number>();
  for (const { path, packed } of entries) {
    const part =
      /^extension\/(node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
      /^extension\/(dist\/(?:[^/]+))/.exec(path)?.[1] ??
      'everything else';
    sums.set(part, (sums.get(part) ?? 0) + packed);
  }
  return [...sums].map(([part, bytes]) => [part, bytes / 1e6] as const).sort((a, b) => b[1] - a[1]);
}

const unwanted: readonly (readonly [RegExp, string])[] = [
  [
    /^extension\/(?:src|test|webview|\.ci|\.github|docs|dist-test|test-results|\.vscode-test|\.cache)\//,
    'sources, tests or caches',
  ],
  [/\.map$/, 'source maps'],
  [/^extension\/(?!node_modules\/).*\.tsx?$/, 'TypeScript sources'],
  [/\.(?:c|cc|cpp|h|hpp|gyp|gypi)$/, 'C sources'],
  [
    /^extension\/(?:package-lock\.json|tsconfig|eslint\.config|\.mocharc|\.prettierrc|\.editorconfig|\.gitignore)/,
    "the repository's tooling",
  ],
];

const needed = [
  'extension/package.json',
  'extension/package.nls.json',
  'extension/dist/extension.js',
  'extension/dist/server.js',
  'extension/dist/programs.js',
  'extension/dist/readWorker.js',
  'extension/dist/cli.js',
  'extension/dist/elk.js',
  'extension/dist/proofWorker.js',
  'extension/dist/pglite/index.cjs',
  'extension/dist/pglite/pglite.wasm',
  'extension/dist/pglite/pglite.data',
  'extension/dist/prettier/standalone.mjs',
  'extension/dist/webview/first.js',
  'extension/dist/webview/first.css',
  'extension/dist/webview/main.js',
  'extension/dist/webview/main.css',
  'extension/dist/webview/layoutWorker.js',
  'extension/dist/webview/elkWorker.js',
  'extension/dist/wasm/tree-sitter.wasm',
  'extension/dist/wasm/tree-sitter-typescript.wasm',
  'extension/dist/wasm/tree-sitter-kotlin.wasm',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/THIRD_PARTY_NOTICES',
];

/** What should not be in the package, or is missing from it; empty = all is well. */
export function contentProblems(entries: readonly VsixEntry[]): readonly string[] {
  const paths = new Set(entries.map(({ path }) => path.toLowerCase()));
  return [
    ...needed.filter((path) => !paths.has(path.toLowerCase())).map((path) => `missing: ${path}`),
    ...entries.flatMap(({ path }) => {
      const reason = unwanted.find(([pattern]) => pattern.test(path))?.[1];
      return reason ? [`${reason}: ${path}`] : [];
    }),
  ];
}
