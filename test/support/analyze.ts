/** Analyses a few files as the product does: real parser, real readers, real workspace; only the disk is left out. */
import type { Rule, Severity } from '../../src/core/lint/rule.ts';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { loadWasm } from './loadWasm.ts';
import { sourceFile } from './sourceFile.ts';
import { readers } from '../../src/core/readers/registry.ts';
import type { SourceFile } from '../../src/core/readers/reader.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import { createSyntax } from '../../src/core/syntax/syntax.ts';
import type { Syntax } from '../../src/core/syntax/syntax.ts';
import { noCache } from '../../src/core/workspace/fragmentCache.ts';
import type { Project } from '../../src/core/workspace/snapshot.ts';
import { createWorkspace } from '../../src/core/workspace/workspace.ts';

let syntax: Promise<Syntax> | undefined;

export function realSyntax(): Promise<Syntax> {
  return (syntax ??= createSyntax(loadWasm));
}

/** The one project that the files make, on the given engine (null = unknown). */
export async function analyzeFiles(files: Readonly<Record<string, string>>, dialect: Dialect | null): Promise<Project> {
  const settings = files['.data-engineer.json'];
  const workspace = createWorkspace({
    syntax: realSyntax,
    readers,
    cache: noCache,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const deltas = Object.entries({
    'package.json': '{}',
    ...files,
    ...(dialect === null || settings !== undefined ? {} : { '.data-engineer.json': JSON.stringify({ dialect }) }),
  });
  const { projects } = await workspace.apply(deltas.map(([path, text]) => ({ path, text })));
  workspace.dispose();
  const [project] = projects;
  assert.ok(project && projects.length === 1, `the files make ${projects.length} projects`);
  return project;
}

/** A file as readers and writers get it. */
export async function openFile(path: string, text: string): Promise<SourceFile> {
  return sourceFile(path, text, await realSyntax());
}

/** Settings that switch on a rule which is off by itself; none for all others, whose severities hang on what they report. */
export function switchedOn({ id, severity, optIn }: Rule): Readonly<Record<string, Severity>> {
  return optIn ? { [id]: severity } : {};
}
