/** How a project writes its migrations, read from one of them, so that a new one looks like the others. */

export interface MigrationStyle {
  readonly quote: "'" | '"';
  /** One level of indentation. */
  readonly indent: string;
  readonly semicolons: boolean;
  readonly lineEnd: '\n' | '\r\n';
  /** `name = 'AddOrders1712345678901'` stands in the class, as TypeORM's own generator writes it. */
  readonly nameProperty: boolean;
  /** `public async up(…)` */
  readonly publicMethods: boolean;
  /** `import type { … }`: interfaces only, so it is right in every project; others of the project may do without. */
  readonly typeImport: boolean;
  /** Name of the parameter of `up`. */
  readonly runner: string;
  /** Plain JavaScript, with the way it exports; null = TypeScript. */
  readonly javascript: 'commonjs' | 'module' | null;
}

export const defaultStyle: MigrationStyle = {
  quote: "'",
  indent: '  ',
  semicolons: true,
  lineEnd: '\n',
  nameProperty: true,
  publicMethods: true,
  typeImport: true,
  runner: 'queryRunner',
  javascript: null,
};

export function styleOf({ path, text }: { readonly path: string; readonly text: string }): MigrationStyle {
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  const isJavaScript = /\.[cm]?js$/.test(path);
  return {
    // SQL strings hold quotes of their own, so the import decides where there is one.
    quote:
      /from\s+(["'])typeorm\1/.exec(text)?.[1] === '"' || (singles < doubles && !/from\s+'/.test(text)) ? '"' : "'",
    // The first indented line of code: lines of comments begin with a star.
    indent: /\n([ \t]+)[^\s*]/.exec(text)?.[1] ?? defaultStyle.indent,
    semicolons: /;\s*$/m.test(text) || !/\bimport\b|\brequire\b/.test(text),
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    nameProperty: /^\s*(?:public\s+|readonly\s+)*name\s*=/m.test(text),
    publicMethods: !isJavaScript && /\bpublic\s+(?:async\s+)?up\s*\(/.test(text),
    typeImport: /\bimport\s+type\b|\{\s*type\s/.test(text),
    runner: /\bup\s*\(\s*([A-Za-z_$][\w$]*)/.exec(text)?.[1] ?? defaultStyle.runner,
    javascript: !isJavaScript ? null : /\bmodule\.exports\b/.test(text) ? 'commonjs' : 'module',
  };
}

/** `1712345678901-AddOrders.ts`, with the words and the ending as in the file names of the project's others. */
export function migrationFileName(
  { name, timestamp }: { readonly name: string; readonly timestamp: number },
  like: string | null = null,
): string {
  const [, separator = '-', words = '', ending = '.ts'] =
    /^\d{13}([-_.]?)(.*?)((?:\.migration)?\.[cm]?[jt]s)$/.exec(like ?? '') ?? [];
  return `${timestamp}${separator}${inCaseOf(words, name)}${ending}`;
}

function inCaseOf(like: string, name: string): string {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [name];
  const lower = words.map((word) => word.toLowerCase());
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(like)) return lower.join('-');
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/.test(like)) return lower.join('_');
  if (/^[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)+$/.test(like)) return name.charAt(0).toLowerCase() + name.slice(1);
  return name;
}
