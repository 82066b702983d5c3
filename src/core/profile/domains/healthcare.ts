import type { Domain } from './domain.ts';
import { trailOfAccess, trailOfChanges } from './structures.ts';

export const healthcare: Domain = {
  id: 'healthcare',
  label: 'healthcare',
  names: [
    'healthcare',
    'health care',
    'hospital',
    'clinic',
    'telemedicine',
    'electronic health record',
    'ehr',
    'emr',
    'medical practice',
  ],
  words: [
    'patient',
    'physician',
    'diagnosis',
    'prescription',
    'encounter',
    'appointment',
    'medication',
    'lab result',
    'insurance claim',
  ],
  expects: [
    {
      label: 'patients',
      table: /(?:^|_)patients?$/u,
      why: 'Findings, prescriptions and claims belong to a person, and are found by that person.',
    },
    {
      label: 'encounters',
      table: /(?:encounters?|visits?|appointments?|admissions?|consultations?|episodes?)$/u,
      why: 'What was found and done belongs to the contact at which it was.',
    },
    {
      label: 'consents',
      table: /consents?|authori[sz]ations?|permissions?_granted/u,
      why: 'Data on health may be passed on only with a consent that can be shown, and withdrawn.',
    },
    {
      label: 'a trail of who read what',
      table: trailOfAccess,
      why: 'HIPAA § 164.312(b) asks for a record of access, not only of changes.',
    },
    {
      label: 'a trail of changes',
      table: trailOfChanges,
      why: 'A record of treatment is corrected by an addition, and stays as it was.',
    },
  ],
};
