/** Where the shared files lie. */
import { plainFileName } from '../../shared/layout.ts';
import type { ProjectPlan } from '../../shared/project.ts';

const words = {
  errors: ['errors', 'domain errors'],
  pagination: ['persistence', 'pagination'],
  relations: ['persistence', 'relations'],
  writes: ['persistence', 'writes'],
  driverErrors: ['persistence', 'driver errors'],
  transaction: ['persistence', 'transaction'],
} as const;

export type SupportFile = keyof typeof words;

export function supportPath(project: ProjectPlan, file: SupportFile): string {
  const [folder, name] = words[file];
  return `${project.sharedFolder}/${folder}/${plainFileName(project.layout, name.split(' '))}.ts`;
}
