/** Labelled texts: what is to be reported stands in double brackets, and everything else is to be left alone. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lintProject } from '../../../src/core/lint/engine.ts';
import type { Finding } from '../../../src/core/lint/rule.ts';
import { readers } from '../../../src/core/readers/registry.ts';
import { noCache } from '../../../src/core/workspace/fragmentCache.ts';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import { realSyntax } from '../../support/analyze.ts';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the file of instructions says after all quick fixes; absent = as before, without the brackets. */
  readonly fixed?: string;
}

const node = (dependencies: readonly string[], development: readonly string[] = [], name = 'shop'): string => {
  const listed = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, '*']));
  return JSON.stringify({ name, dependencies: listed(dependencies), devDependencies: listed(development) }, null, 2);
};
const maven = (...artifacts: readonly string[]): string =>
  `<project><dependencies>${artifacts.map((name) => `<dependency><groupId>x</groupId><artifactId>${name}</artifactId></dependency>`).join('\n')}</dependencies></project>`;
const dotnet = (...packages: readonly string[]): string =>
  `<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup>${packages.map((name) => `<PackageReference Include="${name}" Version="8.0.0" />`).join('\n')}</ItemGroup></Project>`;

const typeorm = node(['@nestjs/core', 'typeorm', 'pg'], ['jest', 'typescript']);

const mistakes: readonly Case[] = [
  {
    title: 'another ORM, behind a bold label',
    files: {
      'copilot.instructions.md': '# Shop\n\n- **ORM**: [[Prisma]] 5.2 with migrations\n',
      'package.json': typeorm,
    },
    fixed: '# Shop\n\n- **ORM**: TypeORM with migrations\n',
  },
  {
    title: 'another database, in a row of a table',
    files: {
      '.github/copilot-instructions.md':
        '## Stack\r\n\r\n| Area | Choice |\r\n|---|---|\r\n| Database | [[MySQL]] 8 |\r\n| ORM | TypeORM |\r\n',
      'package.json': typeorm,
    },
    fixed: '## Stack\r\n\r\n| Area | Choice |\r\n|---|---|\r\n| Database | PostgreSQL |\r\n| ORM | TypeORM |\r\n',
  },
  {
    title: 'another framework, in a sentence',
    files: {
      'AGENTS.md': 'The backend is built with [[Express]] and TypeScript. ORM: TypeORM.\n',
      'package.json': node(['fastify', 'typeorm', 'pg']),
    },
    fixed: 'The backend is built with Fastify and TypeScript. ORM: TypeORM.\n',
  },
  {
    title: 'another test framework, in a nested list',
    files: {
      'copilot.instructions.md': '- Backend\n  - Tests\n    - Unit tests: [[Jest]]\n- ORM: TypeORM\n',
      'package.json': node(['typeorm', 'pg'], ['vitest']),
    },
    fixed: '- Backend\n  - Tests\n    - Unit tests: Vitest\n- ORM: TypeORM\n',
  },
  {
    title: 'another ORM of Python, twice',
    files: {
      'copilot.instructions.md': '# Stack\n\n- [[Django ORM]]\n\nModels are mapped with [[Django ORM]].\n',
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["fastapi", "sqlalchemy", "asyncpg"]\n',
    },
    fixed: '# Stack\n\n- SQLAlchemy\n\nModels are mapped with SQLAlchemy.\n',
  },
  {
    title: 'another framework of Java, under a German heading',
    files: {
      'copilot.instructions.md': '# Technologien\n\n- [[Quarkus]]\n- PostgreSQL\n',
      'pom.xml': maven('spring-boot-starter-web', 'spring-boot-starter-data-jpa', 'postgresql'),
    },
    fixed: '# Technologien\n\n- Spring Boot\n- PostgreSQL\n',
  },
  {
    title: 'another mapper of .NET, in a Spanish sentence',
    files: {
      'copilot.instructions.md': '# Tienda\n\nUsamos [[NHibernate]] y SQL Server.\n',
      'Shop.csproj': dotnet('Microsoft.EntityFrameworkCore.SqlServer'),
    },
    fixed: '# Tienda\n\nUsamos Entity Framework Core y SQL Server.\n',
  },
  {
    title: 'another ORM, with its use behind it, beside a package of the one that is there',
    files: {
      'copilot.instructions.md':
        '## Backend – technologies and tools\n\n- [[Prisma]] 5.1 as the ORM, repositories injected with `@InjectRepository`, snake case by typeorm-naming-strategies\n',
      'package.json': typeorm,
    },
    fixed:
      '## Backend – technologies and tools\n\n- TypeORM as the ORM, repositories injected with `@InjectRepository`, snake case by typeorm-naming-strategies\n',
  },
  {
    title: 'no fix where several things stand in its place',
    files: {
      'copilot.instructions.md': '# Shop\n\nORM: [[Sequelize]]\n',
      'package.json': node(['typeorm', 'prisma', '@prisma/client', 'pg']),
    },
  },
  {
    title: 'what all packages of a monorepo have instead',
    files: {
      'copilot.instructions.md': '# Shop\n\nORM: [[Prisma]]\n',
      'package.json': node([], ['typescript'], 'root'),
      'packages/api/package.json': node(['typeorm', 'pg'], [], 'api'),
      'packages/jobs/package.json': node(['typeorm', 'pg'], [], 'jobs'),
    },
    fixed: '# Shop\n\nORM: TypeORM\n',
  },
];

const traps: readonly Case[] = [
  {
    title: 'several databases, one of which another service has',
    files: {
      'copilot.instructions.md': '# Shop\n\n## Database\n\n- PostgreSQL for orders\n- MongoDB for the catalogue\n',
      'package.json': typeorm,
    },
  },
  {
    title: 'on the way from one to the other',
    files: {
      'copilot.instructions.md': '# Shop\n\nWe are moving from MySQL to PostgreSQL.\n',
      'package.json': node(['typeorm', 'mysql2']),
    },
  },
  {
    title: 'on the way, with the target first',
    files: {
      'copilot.instructions.md': '# Shop\n\n## Database\n\nMigrating to PostgreSQL from MySQL this quarter.\n',
      'package.json': node(['typeorm', 'mysql2']),
    },
  },
  {
    title: 'the other one is for development only',
    files: {
      'copilot.instructions.md': '# Shop\n\nORM: Prisma\n',
      'package.json': node(['pg'], ['sequelize']),
    },
  },
  {
    title: 'what is said stands in devDependencies',
    files: {
      'copilot.instructions.md': '# Shop\n\nORM: Prisma\n',
      'package.json': node(['typeorm', 'pg'], ['prisma']),
    },
  },
  {
    title: 'each package of a monorepo has its own ORM',
    files: {
      'copilot.instructions.md': '# Shop\n\nORM: Prisma\n',
      'package.json': node([], [], 'root'),
      'packages/api/package.json': node(['@prisma/client', 'pg'], [], 'api'),
      'packages/old/package.json': node(['typeorm', 'pg'], [], 'old'),
    },
  },
  {
    title: 'the package is listed further up',
    files: {
      'package.json': node(['@prisma/client', 'pg'], [], 'root'),
      'packages/api/copilot.instructions.md': '# API\n\nORM: Prisma\n',
      'packages/api/package.json': node(['typeorm'], [], 'api'),
    },
  },
  {
    title: 'denials',
    files: {
      'copilot.instructions.md':
        '# Shop\n\nNo Prisma. We do not use MySQL. Avoid Express.\n\n## Do not use\n\n- Sequelize\n- Mocha\n\nORM: TypeORM\n',
      'package.json': typeorm,
    },
  },
  {
    title: 'a system of somebody else',
    files: {
      'copilot.instructions.md':
        '# Shop\n\nORM: TypeORM\n\n## Integrations\n\n- Database: MySQL of the warehouse\n\n## Notes\n\nOrders are imported from MySQL. The partner uses Django.\n',
      'package.json': typeorm,
    },
  },
  {
    title: 'a driver that serves both',
    files: {
      'copilot.instructions.md': '# Shop\n\nDatabase: MariaDB 11\nFramework: Fastify\n',
      'package.json': node(['@nestjs/core', 'typeorm', 'mysql2']),
    },
  },
  {
    title: 'an engine that needs no package, and one for tests',
    files: {
      'copilot.instructions.md': '# Shop\n\n- Database: SQLite\n- Tests: in-memory MySQL\n- Tests run with node:test\n',
      'package.json': typeorm,
    },
  },
  {
    title: 'plans, comparisons, names of files and packages',
    files: {
      'copilot.instructions.md':
        '# Stack\n\nORM: TypeORM. We plan to use Prisma later. It works like Sequelize. See `docs/prisma.md` and prisma/schema.prisma.\n\n```sh\nnpx prisma migrate\n```\n',
      'package.json': typeorm,
    },
  },
  {
    title: 'instructions for a part of the workspace without the manifest in question',
    files: {
      '.github/instructions/reports.instructions.md': '---\napplyTo: "reports/**"\n---\n\n# Reports\n\nORM: Prisma\n',
      'copilot.instructions.md': '# Shop\n',
      'package.json': typeorm,
      'reports/package.json': node(['@prisma/client', 'pg'], [], 'reports'),
    },
  },
  {
    title: 'a manifest that cannot be read proves nothing',
    files: { 'copilot.instructions.md': '# Shop\n\nORM: Prisma\n', 'package.json': '{ "dependencies": { "typeorm": ' },
  },
  {
    title: 'a comment that switches the rule off',
    files: {
      'copilot.instructions.md':
        '# Shop\n\n<!-- data-engineer-disable-next-line instructions-contradict-manifest -- from autumn on -->\nORM: Prisma\n',
      'package.json': typeorm,
    },
  },
];

async function findings(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const workspace = createWorkspace({
    syntax: realSyntax,
    readers,
    cache: noCache,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const { projects } = await workspace.apply(Object.entries(files).map(([path, text]) => ({ path, text })));
  workspace.dispose();
  return projects.flatMap((project) =>
    lintProject(project).filter(({ rule }) => rule === 'instructions-contradict-manifest'),
  );
}

function unmarked(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(/\[\[|\]\]/gu, '')]));
}

/** What is marked, as `file:line:column`. */
function marked(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, at) =>
        [...line.matchAll(/\[\[/gu)].map((match, earlier) => `${file}:${at + 1}:${match.index - earlier * 4 + 1}`),
      ),
  );
}

describe('instructions that contradict manifests', () => {
  for (const [kind, cases] of [
    ['reports', mistakes],
    ['leaves alone', traps],
  ] as const)
    for (const { title, files, fixed } of cases)
      it(`${kind}: ${title}`, async () => {
        const plain = unmarked(files);
        const found = await findings(plain);
        assert.deepEqual(
          found.map(({ range }) => `${range.file}:${range.line}:${range.column}`),
          marked(files),
        );
        for (const { evidence } of found)
          for (const { at } of evidence) assert.ok(at && at.file in files && !at.file.endsWith('.md'));
        const edits = found.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
        if (fixed === undefined) {
          assert.deepEqual(edits, []);
          return;
        }
        const [{ file } = { file: '' }] = edits;
        const text = applyEdits(plain[file] ?? '', edits);
        assert.equal(text, fixed);
        assert.deepEqual(await findings({ ...plain, [file]: text }), []);
      });
});
