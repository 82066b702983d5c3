/** Files that repositories and services of all entities share; written once, and kept where they are there already. */
import { Imports } from '../../shared/imports.ts';
import type { Draft } from '../../shared/layer.ts';
import type { ProjectPlan } from '../../shared/project.ts';
import { driverErrorsText } from './driverErrors.ts';
import { errorsText } from './errors.ts';
import { paginationText } from './pagination.ts';
import { supportPath } from './paths.ts';
import type { SupportFile } from './paths.ts';
import { relationsText } from './relations.ts';
import { transactionText } from './transaction.ts';
import { writesText } from './writes.ts';

const texts: Readonly<Record<SupportFile, (project: ProjectPlan, imports: Imports) => string>> = {
  errors: () => errorsText,
  pagination: paginationText,
  relations: relationsText,
  writes: writesText,
  driverErrors(project, imports) {
    imports.use('typeorm', 'QueryFailedError');
    imports.useType('typeorm', 'EntityMetadata');
    imports.useFile(supportPath(project, 'errors'), 'ConflictError', 'InvalidValueError');
    return driverErrorsText;
  },
  transaction: transactionText,
};

/** The file and all that it imports. */
const needs: Readonly<Record<SupportFile, readonly SupportFile[]>> = {
  errors: [],
  pagination: ['relations', 'errors', 'driverErrors'],
  relations: ['driverErrors'],
  writes: ['errors', 'driverErrors'],
  driverErrors: ['errors'],
  transaction: [],
};

export function supportDrafts(project: ProjectPlan, files: readonly SupportFile[]): Draft[] {
  const all = new Set<SupportFile>();
  const add = (file: SupportFile): void => {
    all.add(file);
    for (const other of needs[file]) if (!all.has(other)) add(other);
  };
  files.forEach(add);
  return [...all].map((file) => {
    const path = supportPath(project, file);
    const imports = new Imports(project, path);
    const text = texts[file](project, imports);
    return { path, text: imports.toString() + text };
  });
}
