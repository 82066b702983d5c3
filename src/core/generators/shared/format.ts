/** Lays generated TypeScript out as the project does. Prettier is loaded on first use: it is larger than all generators together. */
import type { CodeStyle } from './style.ts';

/** Rejects where the text is no valid TypeScript, which only a mistake in a generator can bring about. */
export async function formatCode(text: string, style: CodeStyle): Promise<string> {
  const [prettier, estree, typescript] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ]);
  return prettier.format(text, {
    parser: 'typescript',
    plugins: [estree, typescript],
    singleQuote: style.singleQuote,
    semi: style.semicolons,
    useTabs: style.useTabs,
    tabWidth: style.tabWidth,
    printWidth: style.printWidth,
    trailingComma: style.trailingComma,
    bracketSpacing: style.bracketSpacing,
    arrowParens: style.arrowParens,
    quoteProps: style.quoteProps,
    endOfLine: style.lineEnd === '\n' ? 'lf' : 'crlf',
  });
}
