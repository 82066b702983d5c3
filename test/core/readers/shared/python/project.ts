/** Python files as the readers see them, without a workspace. */
import { readFileSync } from 'node:fs';
import type { PyModule } from '../../../../../src/core/readers/shared/python/declarations.ts';
import { createEvaluator } from '../../../../../src/core/readers/shared/python/evaluate.ts';
import type { Evaluator } from '../../../../../src/core/readers/shared/python/evaluate.ts';
import { createModuleGraph } from '../../../../../src/core/readers/shared/python/moduleGraph.ts';
import { readModule } from '../../../../../src/core/readers/shared/python/readModule.ts';
import { createPythonResolver } from '../../../../../src/core/readers/shared/python/resolution.ts';
import { createSyntax } from '../../../../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../../../../src/core/syntax/syntax.ts';
import { sourceFile } from '../../../../support/sourceFile.ts';

const wasm = new URL('../../../../../node_modules/@vscode/tree-sitter-wasm/wasm/', import.meta.url);

export async function loadPython(): Promise<Syntax> {
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(new URL(file, wasm))));
  await syntax.ensure(['python']);
  return syntax;
}

export async function moduleOf(text: string, syntax: Syntax, path = 'app/models.py'): Promise<PyModule> {
  const file = await sourceFile(path, text, syntax);
  const module = readModule(file);
  file.parsed().dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(module)) as PyModule;
}

export async function evaluatorOf(files: Readonly<Record<string, string>>, syntax: Syntax): Promise<Evaluator> {
  const modules = [];
  for (const [file, text] of Object.entries(files)) modules.push({ file, module: await moduleOf(text, syntax, file) });
  return createEvaluator(createModuleGraph(modules, createPythonResolver(new Set(Object.keys(files)))));
}
