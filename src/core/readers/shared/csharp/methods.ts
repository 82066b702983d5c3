/** Methods of classes, found by what calls them. */
import type { MethodDeclaration } from './declarations.ts';
import { methodsOf } from './project.ts';
import type { ClassInfo, CsProject } from './project.ts';

export interface Found {
  readonly owner: ClassInfo;
  readonly method: MethodDeclaration;
}

/** The method that the classes, or those they extend, declare first, best one with as many parameters. */
export function findMethod(
  project: CsProject,
  owners: readonly ClassInfo[],
  name: string,
  count: number,
): Found | null {
  for (const { info } of owners.flatMap((owner) => project.chain(owner))) {
    const methods = methodsOf(info).filter((each) => each.name === name && each.body !== null);
    const method = methods.find(({ parameters }) => parameters.length === count) ?? methods[0];
    if (method) return { owner: info, method };
  }
  return null;
}
