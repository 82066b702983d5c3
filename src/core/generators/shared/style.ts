/** How the project writes its code: what its formatter and editor settings say, and where they are silent what its files show. */
import { styleOf } from '../../writers/shared/style.ts';
import type { ProjectFiles } from '../generator.ts';

export interface CodeStyle {
  readonly singleQuote: boolean;
  readonly semicolons: boolean;
  readonly useTabs: boolean;
  /** Columns of one level of indentation. */
  readonly tabWidth: number;
  readonly printWidth: number;
  readonly trailingComma: 'all' | 'es5' | 'none';
  readonly bracketSpacing: boolean;
  readonly arrowParens: 'always' | 'avoid';
  readonly quoteProps: 'as-needed' | 'consistent' | 'preserve';
  readonly lineEnd: '\n' | '\r\n';
  /** `constructor(private readonly orders: OrderService)`; false = fields are declared and assigned. */
  readonly parameterProperties: boolean;
  /** `import type { … }` for what is a type only. */
  readonly typeImports: boolean;
}

/** Neighbours looked at: enough to tell a habit from a slip. */
const sampleSize = 40;

export function detectStyle(files: ProjectFiles): CodeStyle {
  const sample = sampleOf(files);
  const shown = fromNeighbours(sample);
  const stated = { ...fromEditorconfig(files), ...fromPrettier(files) };
  return {
    ...shown,
    ...stated,
    parameterProperties: usesParameterProperties(files, sample),
    typeImports: usesTypeImports(files, sample),
  };
}

type Layout = Omit<CodeStyle, 'parameterProperties' | 'typeImports'>;

/** Application code first: services and the like show more of the habits than entities do. */
function sampleOf(files: ProjectFiles): string[] {
  const sources = files.paths.filter(
    (path) => /\.[cm]?ts$/.test(path) && !/\.d\.[cm]?ts$|(?:^|\/)migrations?\//.test(path),
  );
  const rank = (path: string): number => (/service|repositor|controller|router?s?\b|dto/i.test(path) ? 0 : 1);
  return sources
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, sampleSize)
    .flatMap((path) => files.read(path) ?? []);
}

function fromNeighbours(texts: readonly string[]): Layout {
  const styles = texts.map((text) => ({ ...styleOf(text), text }));
  const most = <T>(values: readonly T[], otherwise: T): T => mostCommon(values) ?? otherwise;
  const indents = styles.filter(({ text }) => /^[ \t]+\S/m.test(text)).map(({ indent }) => indent);
  const indent = most(indents, '  ');
  const longest = Math.max(0, ...texts.flatMap((text) => text.split(/\r?\n/).map(widthOfCode)));
  return {
    singleQuote: most(texts.flatMap(quoteOfImports), "'") === "'",
    semicolons: most(
      styles.map(({ semicolons }) => semicolons),
      true,
    ),
    useTabs: indent.startsWith('\t'),
    tabWidth: indent.startsWith('\t') ? 4 : indent.length,
    printWidth: [80, 100, 120, 140].find((width) => longest <= width) ?? (texts.length === 0 ? 80 : 120),
    trailingComma: trailingCommaOf(texts),
    bracketSpacing:
      most(
        texts.flatMap((text) => /^import \{( ?)\w/m.exec(text)?.[1] ?? []),
        ' ',
      ) !== '',
    arrowParens: count(texts, /[(,=] ?\(\w+\) =>/g) < count(texts, /[(,=] ?\w+ =>/g) ? 'avoid' : 'always',
    quoteProps: 'as-needed',
    lineEnd: most(
      styles.map(({ eol }) => eol),
      '\n',
    ),
  };
}

function quoteOfImports(text: string): string[] {
  return [...text.matchAll(/\bfrom (["'])/g)].map(([, quote = "'"]) => quote);
}

/** Comments, imports and strings go over the edge in every style. */
function widthOfCode(line: string): number {
  return /^\s*(?:\*|\/\/|\/\*|import\b)|["'`].*["'`]/.test(line) ? 0 : line.length;
}

function trailingCommaOf(texts: readonly string[]): Layout['trailingComma'] {
  const inCalls = count(texts, /,\r?\n[ \t]*\)/g);
  const inLists = count(texts, /,\r?\n[ \t]*[}\]]/g);
  const without = count(texts, /[\w'"`)\]}]\r?\n[ \t]*[}\]][,;)]/g);
  if (inCalls > 0) return 'all';
  if (inLists > 0) return 'es5';
  return without > 0 ? 'none' : 'all';
}

function usesParameterProperties(files: ProjectFiles, texts: readonly string[]): boolean {
  if (tsconfigTexts(files).some((text) => /"erasableSyntaxOnly"\s*:\s*true/.test(text))) return false;
  const modifier = /constructor\(\s*(?:@[^)]*\)\s*)?(?:private|protected|public|readonly)\b/g;
  const assigned = /constructor\([^)]+\)\s*\{\s*(?:super\([^)]*\);?\s*)?this\.\w+ = /g;
  return count(texts, modifier) >= count(texts, assigned);
}

function usesTypeImports(files: ProjectFiles, texts: readonly string[]): boolean {
  // With isolated modules, types in decorated signatures have to be imported as such (TS1272).
  if (tsconfigTexts(files).some((text) => /"(?:verbatimModuleSyntax|isolatedModules)"\s*:\s*true/.test(text)))
    return true;
  return texts.filter((text) => /^import type\b/m.test(text)).length * 4 > texts.length;
}

function tsconfigTexts(files: ProjectFiles): string[] {
  return files.paths
    .filter((path) => /(?:^|\/)tsconfig[^/]*\.json$/.test(path))
    .flatMap((path) => files.read(path) ?? []);
}

/** `.prettierrc` as JSON or YAML, `prettier` of package.json, the literals of a JavaScript configuration, or ESLint's `prettier/prettier`. */
function fromPrettier(files: ProjectFiles): Partial<Layout> {
  const text = prettierText(files);
  if (text === null) return {};
  const option = (name: string): string | null =>
    new RegExp(`(?:^|[\\s{,"'])${name}["']?\\s*:\\s*["']?([\\w-]+)`, 'm').exec(text)?.[1] ?? null;
  const [useTabs, tabWidth, printWidth, comma, quoteProps, lineEnd] = [
    ...[option('useTabs'), option('tabWidth'), option('printWidth')],
    ...[option('trailingComma'), option('quoteProps'), option('endOfLine')],
  ];
  return {
    singleQuote: option('singleQuote') === 'true',
    semicolons: option('semi') !== 'false',
    bracketSpacing: option('bracketSpacing') !== 'false',
    arrowParens: option('arrowParens') === 'avoid' ? 'avoid' : 'always',
    trailingComma: comma === 'es5' || comma === 'none' ? comma : 'all',
    quoteProps: quoteProps === 'consistent' || quoteProps === 'preserve' ? quoteProps : 'as-needed',
    // What Prettier's own options leave open, it takes from .editorconfig.
    ...{ useTabs: false, tabWidth: 2, printWidth: 80 },
    ...fromEditorconfig(files),
    ...(useTabs == null ? {} : { useTabs: useTabs === 'true' }),
    ...(tabWidth == null ? {} : { tabWidth: Number(tabWidth) }),
    ...(printWidth == null ? {} : { printWidth: Number(printWidth) }),
    ...(lineEnd == null || lineEnd === 'auto' ? {} : { lineEnd: lineEnd === 'crlf' ? '\r\n' : '\n' }),
  };
}

function prettierText(files: ProjectFiles): string | null {
  const configuration = /^(?:\.prettierrc(?:\.(?:json5?|ya?ml|[cm]?[jt]s))?|prettier\.config\.[cm]?[jt]s)$/;
  const own = files.paths.find((path) => configuration.test(path)) ?? '.prettierrc';
  const text = files.read(own) ?? /"prettier"\s*:\s*(\{[^}]*\})/.exec(files.read('package.json') ?? '')?.[1];
  if (text !== undefined) return text;
  const eslint =
    files.paths.find((path) => /^(?:\.eslintrc[^/]*|eslint\.config\.[cm]?[jt]s)$/.test(path)) ?? '.eslintrc.json';
  return /['"]prettier\/prettier['"]\s*:\s*\[[^{\]]*(\{[^}]*\})/.exec(files.read(eslint) ?? '')?.[1] ?? null;
}

/** The sections that hold for TypeScript files; https://spec.editorconfig.org. */
function fromEditorconfig(files: ProjectFiles): Partial<Layout> {
  const text = files.read('.editorconfig');
  if (text === null) return {};
  const values = new Map<string, string>();
  let applies = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) applies = section === '*' || /(?:^|[{,.*])ts(?:$|[},])/.test(section);
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (applies && key !== undefined && value !== undefined) values.set(key.toLowerCase(), value.toLowerCase());
  }
  const found: { -readonly [Key in keyof Layout]?: Layout[Key] } = {};
  const style = values.get('indent_style');
  if (style !== undefined) found.useTabs = style === 'tab';
  const width = Number(values.get('indent_size') ?? values.get('tab_width'));
  if (Number.isInteger(width) && width > 0) found.tabWidth = width;
  const longest = Number(values.get('max_line_length'));
  if (Number.isInteger(longest) && longest > 0) found.printWidth = longest;
  const end = values.get('end_of_line');
  if (end !== undefined) found.lineEnd = end === 'crlf' ? '\r\n' : '\n';
  return found;
}

function count(texts: readonly string[], pattern: RegExp): number {
  return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
