import assert from 'node:assert/strict';
import { prismaReader } from '../../../../src/core/readers/prisma/reader.ts';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaFiles } from '../../../conformance/oracles/prisma.ts';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import { parsePrisma } from '../../../../src/core/syntax/prisma/parse.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import type { Random } from '../../../support/random.ts';
import { seeded } from '../../../support/random.ts';
import { loadSyntax, readPrisma } from './read.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const schemas = readdirSync(fixtures).flatMap((provider) =>
  readdirSync(join(fixtures, provider)).flatMap((name) => schemaFiles(join(fixtures, provider, name))),
);
const token = /[\w$]+|"[^"\n]*"|[^\s\w$]/g;

function tokens(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(token)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** Milliseconds that no file of this size may take, however broken. */
const limit = 5000;

function readBounded(path: string, text: string, syntax?: Syntax): LinkResult {
  const started = performance.now();
  const result = readPrisma([[path, text]], syntax ? { syntax } : {});
  assert.ok(performance.now() - started < limit, `${path} took too long:\n${text.slice(0, 400)}`);
  assert.ok(result.tables.every(({ name, at }) => name !== '' && at.line > 0));
  return result;
}

/** Deletes, doubles or swaps a few tokens. */
function mutate(text: string, random: Random): string {
  const found = tokens(text);
  const at = (): { readonly start: number; readonly end: number } => found[random.below(found.length)]!;
  const [a, b] = [at(), at()].sort((x, y) => x.start - y.start) as [ReturnType<typeof at>, ReturnType<typeof at>];
  const word = (span: typeof a): string => text.slice(span.start, span.end);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, a.start) + text.slice(a.end);
    case 1:
      return `${text.slice(0, a.end)} ${word(a)}${text.slice(a.end)}`;
    default:
      if (a.end > b.start) return text;
      return text.slice(0, a.start) + word(b) + text.slice(a.end, b.start) + word(a) + text.slice(b.end);
  }
}

const service = `
import { Prisma, PrismaClient } from '@prisma/client';
export class Service {
  constructor(private readonly prisma: PrismaService) {}
  async run(q: string, ids: number[]) {
    const where: Prisma.UserWhereInput = { email: { contains: q, mode: 'insensitive' }, OR: [{ name: null }, { name: 'x' }] };
    const [users, total] = await this.prisma.$transaction([
      this.prisma.user.findMany({ where, orderBy: [{ name: 'asc' }], include: { posts: { include: { tags: true } } }, take: 20, skip: 5 }),
      this.prisma.user.count({ where }),
    ]);
    for (const user of users) await this.prisma.post.findFirst({ where: { author: { id: user.id } }, select: { id: true } });
    await this.prisma.$transaction(async (tx) => {
      await tx.user.update({ where: { orgId_slug: { orgId: 1, slug: q } }, data: { name: { set: q } } });
      await tx.$executeRaw\`UPDATE users SET name = \${q} WHERE id IN (\${Prisma.join(ids)})\`;
    }, { isolationLevel: 'Serializable' });
    return this.prisma.$queryRawUnsafe(\`SELECT * FROM users WHERE name = '\${q}'\`);
  }
}
`;

describe('Prisma reader on broken input', function () {
  this.timeout(300_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  it('reads and links every fixture cut at every token', () => {
    let cuts = 0;
    let tables = 0;
    for (const [path, text] of schemas) {
      for (const { end } of tokens(text)) {
        tables += readBounded(path, text.slice(0, end)).tables.length;
        cuts++;
      }
    }
    assert.ok(cuts > 2500, `${cuts} cuts`);
    assert.ok(tables > cuts, `${tables} tables`);
    console.log(`      ${cuts} cuts of ${schemas.length} schemas`);
  });

  it('reads and links 10,000 seeded mutations', () => {
    const random = seeded(7);
    let broken = 0;
    let tables = 0;
    for (let count = 0; count < 10_000; count++) {
      const [path, text] = schemas[count % schemas.length]!;
      let mutated = text;
      for (let times = 1 + random.below(4); times > 0; times--) mutated = mutate(mutated, random);
      if (parsePrisma(mutated).problems.length > 0) broken++;
      tables += readBounded(path, mutated).tables.length;
    }
    assert.ok(broken > 2000 && tables > 20_000, `${broken} broken, ${tables} tables`);
    console.log(`      10000 mutations, ${broken} of them with a syntax error, ${tables} tables read`);
  });

  it('reads code cut at every token, and 500 mutations of it', () => {
    const random = seeded(11);
    const [path, text] = ['src/service.ts', service];
    let queries = 0;
    const read = (code: string): void => {
      queries += readBounded(path, code, syntax).files.flatMap((file) => file.queries).length;
    };
    const cuts = tokens(text);
    for (const { end } of cuts) read(text.slice(0, end));
    for (let count = 0; count < 500; count++) read(mutate(mutate(text, random), random));
    assert.ok(queries > 1000, `${queries} queries`);
    console.log(`      ${cuts.length} cuts and 500 mutations of code, ${queries} queries read`);
  });

  it('keeps what stands before the cut, and what stands after a line half typed', () => {
    const text = schemas.find(([, each]) => each.includes('model Profile'))![1];
    const half = readPrisma([['schema.prisma', text.slice(0, text.indexOf('profile     Profile?'))]]);
    assert.deepEqual(
      half.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
      [['User', ['id', 'email']]],
    );
    for (const typed of ['model', 'model X', 'model X {', 'enum {', '@@', 'x', '@@index([', '"', '}', '/* '])
      assert.ok(
        readPrisma([['schema.prisma', `${typed}\n${text}`]]).tables.length >= (typed === '/* ' ? 0 : 10),
        typed,
      );
    for (const line of [
      'n',
      'n Int @',
      'n Int @default(',
      'n User @relation(fields: [',
      '@@index([a',
      '@@',
      'n String @db.',
      '"',
    ])
      assert.deepEqual(
        readPrisma([
          ['schema.prisma', text.replace('profile     Profile?', `${line}\n  profile     Profile?`)],
        ]).tables.map(({ name }) => name),
        readPrisma([['schema.prisma', text]]).tables.map(({ name }) => name),
        line,
      );
  });

  it('is bounded on deep nesting and long lines', () => {
    const deep = `model A {\n  id Int @default(${'['.repeat(5000)}${']'.repeat(5000)})\n  x ${'f('.repeat(5000)}\n}\n`;
    assert.deepEqual(
      readBounded('schema.prisma', deep).tables.map(({ name }) => name),
      ['A'],
    );
    const long = `model A {\n${'  f Int @id @unique @map("x")\n'.repeat(20_000)}}`;
    assert.equal(readBounded('schema.prisma', long).tables[0]?.columns.length, 1);
    assert.ok(readBounded('schema.prisma', '@@index([a(sort:\n'.repeat(10_000)).tables.length === 0);
    assert.ok(readBounded('schema.prisma', `model A {\n${'@@index([a(sort: (\n'.repeat(10_000)}`).tables.length === 1);
  });

  it('survives models that refer to themselves, to each other and to nothing', () => {
    const { tables, problems } = readPrisma([
      [
        'schema.prisma',
        `model A {\n  a A @relation(fields: [a], references: [a])\n  as A[]\n  b B[]\n}\nmodel B {\n  a A[]\n  n Nothing\n}\n` +
          `model B {\n  id Int\n}\ntype T {\n  t T\n}\nmodel C {\n  t T\n  e E @default(X)\n}\nenum E {\n}\n`,
      ],
    ]);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['A', 'B', 'C', '_AToB'],
    );
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [['unresolved-entity', 8]],
    );
  });

  it('yields the same tables whatever the order of the files', () => {
    const files = schemaFiles(join(fixtures, 'postgresql', 'parts'));
    assert.deepEqual(readPrisma(files.toReversed()).tables, readPrisma(files).tables);
    assert.deepEqual(readPrisma(files.toReversed()).enums, readPrisma(files).enums);
  });

  it('takes the schema that was kept beside an old migration for no model of the project', () => {
    const models = ['schema.prisma', 'prisma/schema/user.prisma', 'prisma/migrations/schema.prisma'];
    assert.deepEqual(
      [...models, 'prisma/migrations/20210114-add-index/schema.prisma'].filter((path) => prismaReader.detect(path, '')),
      models,
    );
  });
});
