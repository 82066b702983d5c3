/** Sources of a folder as CommonJS in a folder of their own, where the packages of this repository can be loaded from. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface CompiledFolder {
  /** Sorted, relative to the folder, with the extension of the output. */
  readonly files: readonly string[];
  load(name: string): unknown;
  dispose(): void;
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Texts of all TypeScript and JavaScript files below a folder, by their path in it, sorted. */
export function readTextsOf(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
      .sort()
      .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

/** Each file by itself, with decorators and their metadata; types are not checked. */
export function compileFolder(folder: string): CompiledFolder {
  const output = mkdtempSync(join(tmpdir(), 'oracle-'));
  symlinkSync(modules, join(output, 'node_modules'), 'junction');
  const files: string[] = [];
  for (const [name, text] of readTextsOf(folder)) {
    const target = name.replace(/\.tsx?$/, '.js');
    const { outputText } = ts.transpileModule(text, {
      fileName: name,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        useDefineForClassFields: false,
        esModuleInterop: true,
      },
    });
    mkdirSync(dirname(join(output, target)), { recursive: true });
    writeFileSync(join(output, target), outputText);
    files.push(target);
  }
  const load = createRequire(join(output, 'index.js'));
  return {
    files,
    load: (name): unknown => load(join(output, name)),
    dispose: () => rmSync(output, { recursive: true, force: true }),
  };
}
