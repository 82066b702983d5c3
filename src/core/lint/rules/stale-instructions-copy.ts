import type { ProfileRule, RuleExample } from '../rule.ts';

const example = (note: string, said: string): RuleExample => ({
  files: {
    'copilot.instructions.md': '# Shop\n\n- ORM: TypeORM\n- Database: PostgreSQL\n',
    '.github/copilot-instructions.md': `Answer in English.

<!-- data-engineer:begin Copied from copilot.instructions.md: change it there. -->

# Shop

- ORM: TypeORM
- Database: ${said}

<!-- data-engineer:end -->
`,
  },
  dialect: 'postgresql',
  note,
});

export const staleInstructionsCopy: ProfileRule = {
  id: 'stale-instructions-copy',
  code: 'CFG007',
  severity: 'warning',
  on: 'profile',
  docs: {
    what: 'Reports a copy of `copilot.instructions.md` in `.github/copilot-instructions.md` that says something else than the original. Only what stands between the marks of “Set Up Copilot Instructions” is compared.',
    why: 'VS Code reads `.github/copilot-instructions.md` and not `copilot.instructions.md`: what is changed in the original alone never reaches the assistant.',
    fix: 'Copy the original anew, by the quick fix. Where the copy was changed on purpose, move the change to the original, or out of the marks.',
    bad: [example('The original was changed since.', 'MySQL')],
    good: [example('Both say the same; what stands around the marks is nobody else’s.', 'PostgreSQL')],
    references: [
      {
        title: 'Visual Studio Code: custom instructions',
        url: 'https://code.visualstudio.com/docs/copilot/customization/custom-instructions',
      },
    ],
  },
  check({ staleCopies }, _context, report) {
    for (const { original, at, edit } of staleCopies)
      report({
        message: `This copy of ${original} says something else than the original`,
        at,
        table: null,
        evidence: [
          {
            message: `${original} is what people change.`,
            at: { file: original, line: 1, column: 1, endLine: 1, endColumn: 1 },
          },
        ],
        fixes: [{ title: `Copy ${original} anew`, preferred: true, change: null, edits: [edit] }],
      });
  },
};
