/** Evidence and gaps per regime, over small projects whose source shows them. */
import assert from 'node:assert/strict';
import { renderAnswer } from '../../../src/core/answers/answer.ts';
import { assess } from '../../../src/core/compliance/evidence.ts';
import { findRegime, regimes } from '../../../src/core/compliance/regimes.ts';
import type { Control } from '../../../src/core/compliance/regimes.ts';
import type { Project } from '../../../src/core/workspace/snapshot.ts';
import { analyzeFiles } from '../../support/analyze.ts';

const patient = (
  columns: string,
): string => `import { Column, Entity, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
@Entity('patients')
export class Patient {
  @PrimaryGeneratedColumn() id: number;
${columns}
}
`;

const bare = {
  'package.json': '{ "name": "clinic", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'copilot.instructions.md': '# Clinic\n\n## Compliance\n\n- HIPAA\n',
  'src/patient.ts': patient(
    "  @Column() diagnosis: string;\n  @Column({ name: 'medical_record_number' }) medicalRecordNumber: string;",
  ),
  'src/data-source.ts':
    "import { DataSource } from 'typeorm';\nexport default new DataSource({ type: 'postgres', ssl: false });\n",
};

const careful = {
  ...bare,
  'src/patient.ts': patient(
    "  @Column({ transformer: encrypted }) diagnosis: string;\n  @Column({ name: 'mrn_hash' }) medicalRecordNumberHash: string;\n  @Column('timestamptz') retainUntil: Date;\n  @UpdateDateColumn() updatedAt: Date;",
  ),
  'src/access.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('access_log')
export class AccessLog { @PrimaryGeneratedColumn() id: number; @Column() reader: string; }
@Entity('patient_history')
export class PatientHistory { @PrimaryGeneratedColumn() id: number; @Column() change: string; }
`,
  'src/data-source.ts':
    "import { DataSource } from 'typeorm';\nexport default new DataSource({ type: 'postgres', ssl: true });\n",
};

function assessed(project: Project, control: Control, regimeId = 'hipaa') {
  const regime = findRegime(regimeId);
  assert.ok(regime);
  const { evidence, gaps } = assess(control, { schema: project.schema, regime });
  return { evidence: evidence.map(({ text }) => text), gaps: gaps.map(({ text }) => text) };
}

describe('compliance review', () => {
  let open: Project;
  let kept: Project;
  before(async () => {
    open = await analyzeFiles(bare, 'postgresql');
    kept = await analyzeFiles(careful, 'postgresql');
  });

  it('finds what protects health data, and where nothing does', () => {
    assert.match(assessed(open, 'protection').gaps.join('\n'), /patients\.diagnosis is written as it is/);
    const { evidence, gaps } = assessed(kept, 'protection');
    assert.match(evidence.join('\n'), /patients\.diagnosis is transformed/);
    assert.doesNotMatch(gaps.join('\n'), /diagnosis/);
  });

  it('looks for trails of reading and writing', () => {
    assert.deepEqual(assessed(open, 'read-audit').evidence, []);
    assert.match(assessed(open, 'write-audit').gaps.join('\n'), /keeps a trail[\s\S]*patients does not say when/);
    assert.deepEqual(assessed(kept, 'read-audit'), { evidence: ['Table access_log'], gaps: [] });
    const trail = assessed(kept, 'write-audit');
    assert.ok(trail.evidence.includes('Table patient_history'));
    assert.deepEqual(trail.gaps, []);
  });

  it('looks at retention and at the connection', () => {
    assert.equal(assessed(open, 'retention').evidence.length, 0);
    assert.deepEqual(assessed(kept, 'retention').evidence, ['patients.retainUntil']);
    assert.match(assessed(open, 'transport').gaps.join(), /does not use TLS/);
    assert.deepEqual(assessed(kept, 'transport').gaps, []);
  });

  it('tells verification codes of cards from other numbers', async () => {
    const project = await analyzeFiles(
      {
        'src/card.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('payment_cards')
export class PaymentCard {
  @PrimaryGeneratedColumn() id: number;
  @Column() cvv: string;
  @Column() spinCount: number;
}
`,
      },
      'postgresql',
    );
    assert.deepEqual(assessed(project, 'never-stored', 'pci-dss').gaps, [
      'payment_cards.cvv looks like data that must not be kept',
    ]);
  });

  it('is written for the regimes that are declared, with every requirement', () => {
    const { profile, schema, dialect } = open;
    const text = renderAnswer('compliance', { title: 'clinic', profile, schema, dialect, findings: [], linkTo: null });
    assert.match(text, /^## HIPAA$/m);
    assert.doesNotMatch(text, /^## GDPR$/m);
    for (const { text: requirement, reference } of findRegime('hipaa')?.requirements ?? [])
      assert.ok(text.includes(`${requirement} (${reference})`), requirement);
    const none = renderAnswer('compliance', {
      ...{ title: 'clinic', schema, dialect, findings: [], linkTo: null },
      profile: { ...profile, compliance: [] },
    });
    assert.match(none, /Name the regimes that apply/);
  });

  it('asks nothing twice of a regime', () => {
    for (const { id, requirements } of regimes) {
      const controls = requirements.map(({ control }) => control);
      assert.equal(new Set(controls).size, controls.length, id);
    }
  });
});
