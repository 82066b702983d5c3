import type { Domain } from './domain.ts';

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
};
