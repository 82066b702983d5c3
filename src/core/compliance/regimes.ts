/**
 * What each regime asks of a database and the code around it, as far as source can show it. Data, so that reviews, briefs and rules say the
 * same. Texts name the paragraph they come from: GDPR (EU 2016/679), HIPAA Security Rule (45 CFR 164), PCI DSS 4.0.1, SOX section 404 with COBIT.
 */
import type { Classification } from '../schema/model.ts';

/** What is looked for. `evidence.ts` has one function for each. */
export type Control =
  | 'classification'
  | 'protection'
  | 'never-stored'
  | 'access-control'
  | 'write-audit'
  | 'read-audit'
  | 'retention'
  | 'erasure'
  | 'export'
  | 'transport'
  | 'change-control'
  | 'exact-amounts';

export interface Requirement {
  readonly control: Control;
  readonly text: string;
  /** Where the regime says so. */
  readonly reference: string;
}

export interface Regime {
  /** As in the profile: `gdpr`. */
  readonly id: string;
  readonly name: string;
  /** Kinds of data it protects; [] = it is not about kinds of data. */
  readonly protects: readonly Classification['kind'][];
  readonly requirements: readonly Requirement[];
}

export const regimes: readonly Regime[] = [
  {
    id: 'gdpr',
    name: 'GDPR',
    protects: ['pii', 'phi'],
    requirements: [
      { control: 'classification', text: 'It is known where personal data is kept', reference: 'Art. 30' },
      {
        control: 'protection',
        text: 'Personal data is encrypted or pseudonymised where that is appropriate',
        reference: 'Art. 32(1)(a)',
      },
      { control: 'access-control', text: 'Only those who need it reach it', reference: 'Art. 25(2), 32(1)(b)' },
      { control: 'write-audit', text: 'It can be shown who changed what', reference: 'Art. 5(2)' },
      { control: 'retention', text: 'Data is kept no longer than necessary', reference: 'Art. 5(1)(e)' },
      { control: 'erasure', text: 'A person’s data can be erased', reference: 'Art. 17' },
      { control: 'export', text: 'A person gets their data in a machine-readable form', reference: 'Art. 15, 20' },
      { control: 'transport', text: 'Data is encrypted on its way', reference: 'Art. 32(1)(a)' },
    ],
  },
  {
    id: 'hipaa',
    name: 'HIPAA',
    protects: ['phi'],
    requirements: [
      { control: 'classification', text: 'It is known where health data is kept', reference: '§164.308(a)(1)(ii)(A)' },
      { control: 'protection', text: 'Health data is encrypted at rest', reference: '§164.312(a)(2)(iv)' },
      {
        control: 'access-control',
        text: 'Access is limited to those who have been granted it',
        reference: '§164.312(a)(1)',
      },
      { control: 'write-audit', text: 'Changes are recorded and can be examined', reference: '§164.312(b), (c)(1)' },
      { control: 'read-audit', text: 'Access to health data is recorded', reference: '§164.312(b)' },
      { control: 'retention', text: 'Records of what was done are kept for six years', reference: '§164.316(b)(2)(i)' },
      { control: 'transport', text: 'Health data is encrypted on its way', reference: '§164.312(e)(1)' },
    ],
  },
  {
    id: 'pci-dss',
    name: 'PCI DSS',
    protects: ['pan'],
    requirements: [
      { control: 'classification', text: 'It is known where cardholder data is kept', reference: '12.5.2' },
      {
        control: 'never-stored',
        text: 'Verification codes and PINs are not kept after authorisation',
        reference: '3.3.1',
      },
      { control: 'protection', text: 'Card numbers are unreadable wherever they are stored', reference: '3.5.1' },
      { control: 'retention', text: 'Cardholder data is deleted when it is no longer needed', reference: '3.2.1' },
      { control: 'access-control', text: 'Access is limited by need to know', reference: '7.2.1' },
      { control: 'write-audit', text: 'All access to cardholder data is recorded', reference: '10.2.1' },
      { control: 'read-audit', text: 'Reading cardholder data is recorded as well', reference: '10.2.1.1' },
      { control: 'transport', text: 'Card numbers are encrypted on their way', reference: '4.2.1' },
    ],
  },
  {
    id: 'sox',
    name: 'SOX',
    protects: [],
    requirements: [
      { control: 'exact-amounts', text: 'Amounts are exact', reference: '§404, completeness and accuracy' },
      {
        control: 'write-audit',
        text: 'Who changed financial records, when and how, is on record',
        reference: '§404, §802',
      },
      {
        control: 'access-control',
        text: 'Duties are separated: not everyone may change everything',
        reference: '§404, access to programs and data',
      },
      {
        control: 'change-control',
        text: 'Changes of the schema are reviewed, and on record',
        reference: '§404, program changes',
      },
      { control: 'retention', text: 'Financial records are kept for seven years', reference: '§802' },
    ],
  },
];

export function findRegime(id: string): Regime | undefined {
  return regimes.find((regime) => regime.id === id);
}
