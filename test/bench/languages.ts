/** What the analysis costs in the languages beside TypeScript, against a bare parse of the same files. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../../src/core/syntax/syntax.ts';
import type { LanguageWorkspace } from '../support/generatedEntities.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { Measurement, Setup } from './measure.ts';
import {
  filesParsed,
  inFreshProcess,
  median,
  megabytes,
  ms,
  openEngine,
  quantile,
  ratio,
  rounds,
  typeInto,
  wasmDirectory,
} from './shared.ts';

export interface Row {
  readonly what: string;
  readonly value: string;
  readonly target: string;
}

export async function measureLanguage(
  { name, files, typing }: LanguageWorkspace,
  keystrokes: number,
): Promise<readonly Row[]> {
  const folder = temporaryFolder(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const scratch = temporaryFolder();
  try {
    const cacheDirectory = join(scratch.path, 'fragments');
    const parsed = await filesParsed(files);
    const setup: Setup = {
      directory: folder.path,
      wasmDirectory,
      cacheDirectory,
      parsed: parsed.map(({ path }) => path),
    };
    const [bare, read, cold]: [Measurement[], Measurement[], Measurement[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      bare.push(inFreshProcess('bare', setup, scratch.path));
      read.push(inFreshProcess('read', setup, scratch.path));
      rmSync(cacheDirectory, { recursive: true, force: true });
      cold.push(inFreshProcess('analyse', setup, scratch.path));
    }
    const file = files.find(({ path }) => path === typing.path);
    const at = file?.text.indexOf(typing.before) ?? -1;
    if (!file || at === -1) throw new Error(`${typing.path} has no place to type at.`);
    const engine = await openEngine(folder.path, cacheDirectory);
    await engine.analyze();
    const typed = await typeInto(engine, folder.path, {
      path: file.path,
      before: file.text.slice(0, at),
      after: file.text.slice(at),
      typed: typing.text.slice(0, keystrokes),
    });
    engine.dispose();
    const source = files.filter(({ path }) => languageOf(path) !== null);
    const times = typed.map(({ wall }) => wall);
    const against = (what: string, list: readonly Measurement[], target: string): readonly Row[] => [
      { what, value: `${ms(median(list, 'wall'))} wall, ${ms(median(list, 'cpu'))} CPU`, target: '' },
      {
        what: '  against the bare parse, wall',
        value: ratio(median(list, 'wall'), median(bare, 'wall')),
        target,
      },
      { what: '  against the bare parse, CPU', value: ratio(median(list, 'cpu'), median(bare, 'cpu')), target },
    ];
    return [
      {
        what: name,
        value: `${source.length} files of source (${megabytes(source)}), ${parsed.length} parsed; ${cold[0]?.tables} tables, ${cold[0]?.findings} findings`,
        target: '',
      },
      {
        what: 'bare tree-sitter parse of the files parsed',
        value: `${ms(median(bare, 'wall'))} wall, ${ms(median(bare, 'cpu'))} CPU`,
        target: '',
      },
      ...against('reading the same files on one thread', read, '≤ 1.5×'),
      ...against('whole cold analysis', cold, '≤ 1.5×'),
      { what: `keystroke to diagnostics, ${typed.length} edits, p50`, value: ms(quantile(times, 0.5)), target: '' },
      { what: '  p95', value: ms(quantile(times, 0.95)), target: '< 50 ms' },
    ];
  } finally {
    folder.remove();
    scratch.remove();
  }
}
