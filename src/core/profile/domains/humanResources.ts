import type { Domain } from './domain.ts';

export const humanResources: Domain = {
  id: 'human-resources',
  label: 'human resources',
  names: ['human resources', 'hr platform', 'hr software', 'payroll', 'recruiting', 'applicant tracking'],
  words: ['employee', 'leave request', 'salary', 'onboarding', 'timesheet', 'candidate', 'vacancy', 'department'],
};
