/** Reads Prisma schemas, and the queries of Prisma's client in TypeScript and JavaScript. */
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import type { Problem } from '../../schema/source.ts';
import { parsePrisma } from '../../syntax/prisma/parse.ts';
import { ancestorsOf, directoryOf } from '../shared/paths.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { readFacts } from '../shared/typescript/facts.ts';
import { dataSourcesOf } from './dataSource.ts';
import { declarationsOf } from './declarations.ts';
import type { PrismaMappings } from './declarations.ts';
import { detect, isSchema, part } from './detect.ts';
import { link } from './link.ts';
import { readQueries } from './queries.ts';

export const prismaReader: Reader<PrismaMappings> = { id: 'prisma', version: 5, detect, part, read, link, modules };

function read(file: SourceFile): ReadResult<PrismaMappings> {
  return isSchema(file.path) ? readSchema(file) : readCode(file);
}

function readSchema(file: SourceFile): ReadResult<PrismaMappings> {
  const document = parsePrisma(file.text);
  const [first] = document.problems;
  const problems: Problem[] = [];
  if (first) {
    const at = file.lines.range(first.start, first.end);
    const message = `${file.path} has a syntax error at line ${at.line}: ${first.message} What could be made out around it was read.`;
    problems.push({ code: 'syntax-error', message, severity: 'information', at });
  }
  return {
    fragment: {
      reader: 'prisma',
      file: file.path,
      mappings: { schema: declarationsOf(document, file.lines), modules: [] },
      facts: { ...emptyFacts(file.path), dataSources: dataSourcesOf(document, file.lines) },
    },
    problems,
  };
}

function readCode(file: SourceFile): ReadResult<PrismaMappings> {
  const fragment = {
    reader: 'prisma',
    file: file.path,
    mappings: { schema: null, modules: modulesOf(file.path, file.text) },
    facts: file.language === null ? emptyFacts(file.path) : readQueries(file, readFacts(file, true)),
  };
  return { fragment, problems: [] };
}

/** Nothing imports the schema that a client was generated from, but it lies in a folder above or in its `prisma`. */
function modulesOf(path: string, text: string): readonly string[] {
  if (!/\bnew\s+PrismaClient\b|\bextends\s+PrismaClient\b|@prisma\/client/.test(text)) return [];
  return ancestorsOf(directoryOf(path)).flatMap((_, height) =>
    ['schema.prisma', 'prisma/schema.prisma', 'prisma/schema/schema.prisma'].map(
      (name) => (height === 0 ? './' : '../'.repeat(height)) + name,
    ),
  );
}

function modules({ mappings, facts }: Fragment<PrismaMappings>): readonly string[] {
  return [...facts.imports.map(({ module }) => module), ...mappings.modules];
}
