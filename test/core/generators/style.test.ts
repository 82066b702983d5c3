import assert from 'node:assert/strict';
import { detectStyle } from '../../../src/core/generators/shared/style.ts';
import type { CodeStyle } from '../../../src/core/generators/shared/style.ts';
import { formatCode } from '../../../src/core/generators/shared/format.ts';

function styleOf(files: Readonly<Record<string, string>>): CodeStyle {
  return detectStyle({ paths: Object.keys(files).sort(), read: (path) => files[path] ?? null });
}

const service = `import { Injectable } from "@nestjs/common"

@Injectable()
export class Orders {
\tprivate readonly rows: Rows

\tconstructor(rows: Rows) {
\t\tthis.rows = rows
\t}

\tall() {
\t\treturn this.rows.find({
\t\t\twhere: 1,
\t\t\torder: 2
\t\t})
\t}
}
`;

describe('the style of a project', () => {
  it('is what its formatter is told', () => {
    const style = styleOf({
      '.prettierrc':
        '{ "singleQuote": true, "semi": false, "printWidth": 120, "trailingComma": "none", "arrowParens": "avoid" }',
      'src/order.service.ts': service,
    });
    assert.deepEqual(
      [style.singleQuote, style.semicolons, style.printWidth, style.trailingComma, style.arrowParens, style.tabWidth],
      [true, false, 120, 'none', 'avoid', 2],
    );
  });

  it('is read from YAML, package.json and ESLint as well', () => {
    assert.equal(styleOf({ '.prettierrc': 'singleQuote: true\ntabWidth: 4\n' }).tabWidth, 4);
    assert.equal(styleOf({ 'package.json': '{ "prettier": { "printWidth": 100 } }' }).printWidth, 100);
    const eslint = "rules: { 'prettier/prettier': ['error', { singleQuote: true, endOfLine: 'auto' }] }";
    assert.deepEqual(
      [styleOf({ 'eslint.config.mjs': eslint }).singleQuote, styleOf({ 'eslint.config.mjs': eslint }).lineEnd],
      [true, '\n'],
    );
  });

  it('follows .editorconfig where the formatter is silent', () => {
    const editorconfig =
      '[*]\nindent_style = tab\nend_of_line = crlf\nmax_line_length = 90\n[*.md]\nindent_style = space\n';
    const style = styleOf({ '.prettierrc': '{}', '.editorconfig': editorconfig });
    assert.deepEqual([style.useTabs, style.lineEnd, style.printWidth], [true, '\r\n', 90]);
  });

  it('is seen in the files where nothing is told', () => {
    const style = styleOf({ 'src/order.service.ts': service });
    assert.deepEqual(
      [style.singleQuote, style.semicolons, style.useTabs, style.trailingComma, style.parameterProperties],
      [false, false, true, 'none', false],
    );
  });

  it('keeps parameter properties out of projects that only strip types', () => {
    const tsconfig = '{ "compilerOptions": { "erasableSyntaxOnly": true } }';
    assert.equal(styleOf({ 'tsconfig.json': tsconfig }).parameterProperties, false);
    assert.equal(styleOf({}).parameterProperties, true);
  });

  it('imports types as such where the compiler wants it', () => {
    assert.equal(styleOf({ 'tsconfig.json': '{ "compilerOptions": { "isolatedModules": true } }' }).typeImports, true);
    assert.equal(styleOf({ 'src/a.ts': "import type { A } from './b';\n" }).typeImports, true);
    assert.equal(styleOf({ 'src/a.ts': "import { A } from './b';\n" }).typeImports, false);
  });

  it('is what code is laid out in', async () => {
    const style = { ...styleOf({}), semicolons: false, useTabs: true, lineEnd: '\r\n' as const, singleQuote: false };
    assert.equal(
      await formatCode("export class A {\n  all(): string {\n    return 'x';\n  }\n}\n", style),
      'export class A {\r\n\tall(): string {\r\n\t\treturn "x"\r\n\t}\r\n}\r\n',
    );
  });
});
