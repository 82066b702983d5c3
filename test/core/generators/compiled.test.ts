/** Generated code through the real compiler, strict, against the real types of TypeORM 0.3 and 1. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { bareShopFiles, generated, requestFor, written } from './shop.ts';
import type { Files } from './shop.ts';
import { generate } from '../../../src/core/generators/generate.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** What the example uses of packages that are not installed here. */
const packages = `
declare module '@nestjs/common' { export const Injectable: any, Module: any, Controller: any; export class Logger { log(text: string): void; } }
declare module '@nestjs/typeorm' { export const InjectRepository: any, TypeOrmModule: any; }
declare module 'class-transformer' {
  export function Type(type: () => unknown): PropertyDecorator;
  export function Transform(to: (parameters: { value: any }) => any): PropertyDecorator;
}
declare module 'class-validator' {
  type Each = { each?: boolean };
  export function ValidateIf(condition: (object: any, value: any) => boolean): PropertyDecorator;
  export const IsArray: () => PropertyDecorator, IsOptional: (each?: Each) => PropertyDecorator;
  export const IsDefined: typeof IsOptional, IsString: typeof IsOptional, IsInt: typeof IsOptional, IsDate: typeof IsOptional;
  export const IsBoolean: typeof IsOptional, IsObject: typeof IsOptional, ValidateNested: typeof IsOptional;
  export function IsUUID(version?: any, each?: Each): PropertyDecorator;
  export function IsIP(version?: any, each?: Each): PropertyDecorator;
  export function IsEmail(options?: object, each?: Each): PropertyDecorator;
  export function IsNumber(options?: { maxDecimalPlaces?: number }, each?: Each): PropertyDecorator;
  export function IsISO8601(options?: { strict?: boolean }, each?: Each): PropertyDecorator;
  export function IsEnum(values: object, each?: Each): PropertyDecorator;
  export function IsIn(values: readonly unknown[], each?: Each): PropertyDecorator;
  export function Length(min: number, max?: number, each?: Each): PropertyDecorator;
  export function MaxLength(max: number, each?: Each): PropertyDecorator;
  export function Min(min: number, each?: Each): PropertyDecorator;
  export function Max(max: number, each?: Each): PropertyDecorator;
  export function Matches(pattern: RegExp, each?: Each): PropertyDecorator;
}
`;

/** Messages of the compiler on files below \`src/\`, with where they are. */
function mistakes(files: Files, typeorm: string): string[] {
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(repository, 'generated', path), text]));
  texts.set(join(repository, 'generated/src/packages.d.ts'), packages);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts'],
    ...{ strict: true, noUncheckedIndexedAccess: true, noImplicitOverride: true, noImplicitReturns: true },
    ...{ noUnusedLocals: true, noUnusedParameters: true, noFallthroughCasesInSwitch: true },
    ...{ experimentalDecorators: true, emitDecoratorMetadata: true, skipLibCheck: true, noEmit: true },
    ...{ ignoreDeprecations: '6.0', types: ['node'], typeRoots: [join(repository, 'node_modules/@types')] },
    paths: {
      '@shop/*': [join(repository, 'generated/src/*')],
      typeorm: [join(repository, 'node_modules', typeorm)],
    },
  };
  const host = ts.createCompilerHost(options);
  const plain = ts.createCompilerHost(options);
  const folders = new Set([...texts.keys()].map(dirname));
  host.fileExists = (path) => texts.has(path) || plain.fileExists(path);
  host.readFile = (path) => texts.get(path) ?? plain.readFile(path);
  host.directoryExists = (path) => folders.has(path) || plain.directoryExists?.(path) === true;
  host.getSourceFile = (path, version, ...more) => {
    const text = texts.get(path);
    return text === undefined ? plain.getSourceFile(path, version, ...more) : ts.createSourceFile(path, text, version);
  };
  const roots = [...texts.keys()].filter(
    (path) => path.endsWith('.ts') && !/main\.ts$|data-source\.ts$|guards\//.test(path),
  );
  const program = ts.createProgram(roots, options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    const { file, start } = diagnostic;
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.slice(repository.length) ?? ''}:${line} ${message}`;
  });
}

describe('generated code in the compiler', function () {
  this.timeout(300_000);

  for (const typeorm of ['typeorm-03', 'typeorm'])
    it(`has no mistake beside ${typeorm}`, async () => {
      const shop = bareShopFiles();
      const result = await generated(shop);
      const own = new Set(result.files.map(({ path }) => `generated/${path}`));
      const found = mistakes(written(shop, result), typeorm);
      assert.deepEqual(
        found.filter((line) => own.has(line.split(':')[0] ?? '') || line.startsWith(':')),
        [],
      );
    });

  it('has none with fields, type imports and tabs', async () => {
    const shop: Files = {
      ...bareShopFiles(),
      '.prettierrc': '{ "useTabs": true, "singleQuote": false, "semi": false, "printWidth": 110 }',
    };
    const tsconfig = (shop['tsconfig.json'] ?? '').replace(
      '"strict": true,',
      '"strict": true, "isolatedModules": true,',
    );
    const styled = { ...shop, 'tsconfig.json': tsconfig };
    const request = await requestFor(styled, {
      profile: { ...(await requestFor(shop)).profile, framework: 'express' },
    });
    const result = await generate(request);
    assert.ok(result.ok);
    const service = result.files.find(({ path }) => /shipments?\.service\.ts$/.test(path));
    assert.ok(service);
    const { path, text } = service;
    assert.match(text, /^import type \{ DataSource \} from "typeorm"$/m);
    assert.match(text, /^\tinTransaction<T>/m);
    assert.doesNotMatch(text, /Injectable|;$/m);
    // A mistake that is put in shows that the compiler looks.
    const broken = {
      ...written(styled, result),
      [path]: text.replace('.getById(id, include)', '.getById(7, include)'),
    };
    const own = new Set(result.files.map((file) => `generated/${file.path}`));
    const found = mistakes(broken, 'typeorm-03').filter((line) => own.has(line.split(':')[0] ?? ''));
    assert.ok(found.some((line) => line.includes("Argument of type 'number' is not assignable")));
    assert.deepEqual(
      found.filter((line) => !line.startsWith(`generated/${path}:`)),
      [],
    );
  });
});
