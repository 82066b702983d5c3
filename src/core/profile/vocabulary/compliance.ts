import type { Technology } from './technology.ts';

/** Regimes and standards that an application is held to. */
export const compliance: readonly Technology[] = [
  {
    id: 'gdpr',
    label: 'GDPR',
    names: ['gdpr', 'general data protection regulation', 'dsgvo', 'datenschutz-grundverordnung', 'rgpd'],
  },
  { id: 'hipaa', label: 'HIPAA', names: ['hipaa'] },
  { id: 'pci-dss', label: 'PCI DSS', names: ['pci-dss', 'pci dss', 'pci compliance', 'pci compliant', 'pci'] },
  { id: 'soc-2', label: 'SOC 2', names: ['soc 2', 'soc2'] },
  { id: 'iso-27001', label: 'ISO 27001', names: ['iso 27001', 'iso/iec 27001'] },
  { id: 'ccpa', label: 'CCPA', names: ['ccpa', 'cpra'] },
  {
    id: 'sox',
    label: 'SOX',
    names: ['sox compliance', 'sox compliant', 'sox', 'sarbanes-oxley', 'sarbanes-oxley act'],
  },
  { id: 'ferpa', label: 'FERPA', names: ['ferpa'] },
  { id: 'coppa', label: 'COPPA', names: ['coppa'] },
  { id: 'psd2', label: 'PSD2', names: ['psd2', 'psd 2'] },
  { id: 'fedramp', label: 'FedRAMP', names: ['fedramp'] },
  { id: 'lgpd', label: 'LGPD', names: ['lgpd'] },
  { id: 'hl7-fhir', label: 'HL7 FHIR', names: ['hl7', 'fhir'] },
  { id: 'nis2', label: 'NIS2', names: ['nis2', 'nis 2'] },
  { id: 'dora', label: 'DORA', names: ['digital operational resilience act'] },
];
