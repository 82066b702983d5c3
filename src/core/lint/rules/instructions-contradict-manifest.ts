import type { Fix, ProfileRule, RuleExample } from '../rule.ts';

const example = (note: string, instructions: string, dependencies: Readonly<Record<string, string>>): RuleExample => ({
  files: {
    'copilot.instructions.md': instructions,
    'package.json': `${JSON.stringify({ name: 'shop', dependencies }, null, 2)}\n`,
  },
  dialect: 'postgresql',
  note,
});

const typeorm = { '@nestjs/core': '^11.0.0', typeorm: '^0.3.20', pg: '^8.0.0' };

export const instructionsContradictManifest: ProfileRule = {
  id: 'instructions-contradict-manifest',
  code: 'CFG006',
  severity: 'warning',
  on: 'profile',
  docs: {
    what: 'Reports instructions (`copilot.instructions.md`, `.github/copilot-instructions.md`, `AGENTS.md`) that name a framework, an ORM, a database or a test framework which the project does not have, while it has another in its place.',
    why: 'Assistants and new colleagues take instructions at their word: they write Prisma queries into a TypeORM project, or PostgreSQL syntax for MySQL, and it is found out when it fails.',
    fix: 'Put what the project has into the sentence; the quick fix does so and leaves the text around it alone. Where the instructions are ahead of the code, say so ("we are moving from TypeORM to Prisma"), and nothing is reported.',
    bad: [
      example('It is TypeORM that is installed.', '# Shop\n\n- **ORM**: Prisma 5\n- Database: PostgreSQL\n', typeorm),
      example(
        'The driver is that of PostgreSQL.',
        '# Shop\n\n## Tech stack\n\n| what | which |\n| --- | --- |\n| Framework | NestJS |\n| Database | MySQL 8 |\n',
        typeorm,
      ),
    ],
    good: [
      example('They agree.', '# Shop\n\n- **ORM**: TypeORM\n- Database: PostgreSQL 16\n', typeorm),
      example('On the way to another one.', '# Shop\n\nWe are moving from TypeORM to Prisma.\n', typeorm),
      example(
        'The other one is for tests.',
        '# Shop\n\nTests run on MySQL in memory. Data lives in PostgreSQL.\n',
        typeorm,
      ),
      example(
        'It is a system of somebody else.',
        '# Shop\n\n## Integrations\n\n- The ERP of our partner: MySQL, read every night\n',
        typeorm,
      ),
    ],
    references: [
      {
        title: 'Visual Studio Code: custom instructions',
        url: 'https://code.visualstudio.com/docs/copilot/customization/custom-instructions',
      },
    ],
  },
  check({ contradictions }, _context, report) {
    for (const { category, said, found, at, edit } of contradictions) {
      const labels = found.map(({ label }) => label);
      const [first] = labels;
      const fixes: readonly Fix[] =
        edit && first !== undefined
          ? [{ title: `Say ${first} instead of ${said}`, preferred: true, change: null, edits: [edit] }]
          : [];
      report({
        message: `The instructions say ${said}, and the project has ${listed(labels)} as its ${nouns[category]}`,
        at,
        table: null,
        evidence: found.map(({ label, at: place }) => ({ message: `${label} is stated here.`, at: place })),
        fixes,
      });
    }
  },
};

const nouns = {
  frameworks: 'framework',
  orms: 'data access',
  databases: 'database',
  testFrameworks: 'test framework',
} as const;

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
