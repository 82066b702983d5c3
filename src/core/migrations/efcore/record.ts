/** Runs `Up` of a migration class and records what it asks of its builder. */
import { createRunner } from '../../readers/shared/csharp/evaluate.ts';
import type { CallExpr } from '../../readers/shared/csharp/ast.ts';
import type { MethodDeclaration } from '../../readers/shared/csharp/declarations.ts';
import { methodsOf } from '../../readers/shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../../readers/shared/csharp/project.ts';
import { plainType } from '../../readers/shared/csharp/types.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { migrationBuilder } from './builder.ts';
import type { EfCall } from './builder.ts';

export interface Recorded {
  readonly calls: readonly EfCall[];
  readonly problems: readonly { readonly message: string; readonly at: SourceRange }[];
}

/** Null where the class is no migration of EF Core. */
export function upOf(info: ClassInfo, project: CsProject): MethodDeclaration | null {
  if (info.abstract || !project.derivesFrom(info, 'Migration')) return null;
  const isUp = ({ name, parameters, parameterTypes, body }: MethodDeclaration): boolean =>
    name === 'Up' &&
    parameters.length === 1 &&
    body !== null &&
    /\bMigrationBuilder$/u.test(parameterTypes[0]?.name ?? '');
  return methodsOf(info).find(isUp) ?? null;
}

export function record(info: ClassInfo, up: MethodDeclaration, project: CsProject, dialect: Dialect): Recorded {
  const calls: EfCall[] = [];
  const problems: { message: string; at: SourceRange }[] = [];
  const report = (method: string, at: SourceRange): void => {
    problems.push({ message: `what ${method} does with the migration builder is not followed.`, at });
  };
  const builder = migrationBuilder(dialect, calls, report);
  const runner = createRunner(project, {
    unknown(call: CallExpr, frame) {
      const passes = call.a.some((each) => {
        if (each.k !== 'name') return false;
        for (let at: typeof frame | null = frame; at; at = at.parent)
          if (at.variables.has(each.n)) return at.variables.get(each.n) === builder;
        return false;
      });
      if (passes) report(call.n, call.at);
    },
  });
  const type = plainType(info.key);
  runner.runMethod(up, info, [builder], { is: 'instance', type, info, fields: new Map() });
  return { calls, problems };
}
