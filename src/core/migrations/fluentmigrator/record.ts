/** Runs `Up` of a FluentMigrator migration and records its expressions: `Create.Table("Users").WithColumn("Id").AsInt32()` is one, call by call. */
import { createRunner } from '../../readers/shared/csharp/evaluate.ts';
import type { MethodDeclaration } from '../../readers/shared/csharp/declarations.ts';
import { methodsOf } from '../../readers/shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../../readers/shared/csharp/project.ts';
import { plainType } from '../../readers/shared/csharp/types.ts';
import type { Host, Value } from '../../readers/shared/csharp/values.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';

export interface FluentCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: SourceRange;
}

export interface FluentExpression {
  readonly verb: 'Create' | 'Alter' | 'Delete' | 'Rename' | 'Execute';
  readonly calls: FluentCall[];
}

const verbs = ['Create', 'Alter', 'Delete', 'Rename', 'Execute'] as const;

/** Methods that are run: its own `Up`, or what a base class of the project calls from there. Empty where the class is no migration. */
export function upOf(info: ClassInfo, project: CsProject): readonly MethodDeclaration[] {
  const isMigration = ['Migration', 'ForwardOnlyMigration', 'AutoReversingMigration', 'MigrationBase'].some((base) =>
    project.derivesFrom(info, base),
  );
  const isNumbered = info.parts.some(({ attributes }) => attributes.some(({ name }) => name.endsWith('Migration')));
  if (info.abstract || !isMigration || !isNumbered) return [];
  const own = methodsOf(info).filter(({ body, parameters }) => body !== null && parameters.length === 0);
  const up = own.filter(({ name }) => name === 'Up');
  return up.length > 0 ? up : own.filter(({ name }) => name !== 'Down' && name !== '.ctor');
}

export function record(
  info: ClassInfo,
  methods: readonly MethodDeclaration[],
  project: CsProject,
  dialect: Dialect,
): readonly FluentExpression[] {
  const expressions: FluentExpression[] = [];
  const rootOf = (verb: FluentExpression['verb'], isRun: boolean): Host => ({
    is: 'host',
    call(name, args, call) {
      const expression: FluentExpression = { verb, calls: [{ name, args, at: call.at }] };
      if (isRun) expressions.push(expression);
      const chain: Host = {
        is: 'host',
        call(next, given, inner) {
          expression.calls.push({ name: next, args: given, at: inner.at });
          return chain;
        },
        get: () => chain,
      };
      return chain;
    },
  });
  const roots = (isRun: boolean): Map<string, Value> => new Map(verbs.map((verb) => [verb, rootOf(verb, isRun)]));
  const runner = createRunner(project, {
    call(call, _frame, on) {
      if (call.n !== 'IfDatabase' || on !== undefined) return null;
      const named = call.a.flatMap((each) => (each.k === 'lit' && typeof each.v === 'string' ? [each.v] : []));
      const chosen = roots(named.length < call.a.length || named.some((name) => isEngine(name, dialect)));
      return { value: { is: 'host', get: (name) => chosen.get(name) } };
    },
  });
  const self: Value = { is: 'instance', type: plainType(info.key), info, fields: roots(true) };
  for (const method of methods) runner.runMethod(method, info, [], self);
  return expressions;
}

/** Names of processors: `SqlServer2016`, `Postgres15_0`, `SQLite`. */
function isEngine(name: string, dialect: Dialect): boolean {
  const marks: readonly (readonly [RegExp, Dialect])[] = [
    [/^sql ?server/iu, 'mssql'],
    [/^postgres/iu, 'postgresql'],
    [/^my ?sql/iu, 'mysql'],
    [/^maria/iu, 'mariadb'],
    [/^sqlite/iu, 'sqlite'],
    [/^oracle/iu, 'oracle'],
  ];
  return marks.some(
    ([mark, engine]) => mark.test(name) && (engine === dialect || (engine === 'mysql' && dialect === 'mariadb')),
  );
}
