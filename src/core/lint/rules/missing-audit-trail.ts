import { assess } from '../../compliance/evidence.ts';
import { findRegime } from '../../compliance/regimes.ts';
import type { ProfileRule, RuleExample } from '../rule.ts';

const example = (note: string, extra: string): RuleExample => ({
  files: {
    'copilot.instructions.md': '# Clinic\n\n## Compliance\n\n- HIPAA\n',
    'entities.ts': `import { Column, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

@Entity('patients')
export class Patient {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ select: false, transformer: encrypted })
  diagnosis: string;

  @UpdateDateColumn()
  updatedAt: Date;
}
${extra}`,
  },
  dialect: 'postgresql',
  note,
});

export const missingAuditTrail: ProfileRule = {
  id: 'missing-audit-trail',
  code: 'DOM002',
  severity: 'warning',
  on: 'profile',
  docs: {
    what: 'Reports a project that declares HIPAA, PCI DSS or SOX and keeps no trail of who changed what.',
    why: 'These regimes ask for records of changes that can be examined (45 CFR 164.312(b), PCI DSS 10.2, SOX 404); a column with the time of the last change says neither who nor what.',
    fix: 'Write changes into a table that the application can only add to, by triggers, a subscriber or a library for it. Where another system keeps the trail, suppress the finding with its name.',
    bad: [example('Nobody can say who changed a diagnosis.', '')],
    good: [
      example(
        'Every change is on record.',
        `
@Entity('audit_entries')
export class AuditEntry {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  change: string;
}
`,
      ),
    ],
    references: [
      { title: 'OWASP: logging', url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html' },
    ],
  },
  check(profile, { schema }, report) {
    if (schema.tables.length === 0) return;
    for (const { value, at } of profile.facts.compliance) {
      const regime = asking.has(value) ? findRegime(value) : undefined;
      if (!regime || assess('write-audit', { schema, regime }).evidence.length > 0) continue;
      report({
        message: `${regime.name} is declared, and nothing in the project keeps a trail of changes`,
        at,
        table: null,
        evidence: [{ message: 'No table and no code is named like one: audit, history, log, revision.', at: null }],
        fixes: [],
      });
      return;
    }
  },
};

const asking: ReadonlySet<string> = new Set(['hipaa', 'pci-dss', 'sox']);
