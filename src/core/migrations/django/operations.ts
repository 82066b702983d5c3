/** Operations of migrations by the names of Django's constructors (django/db/migrations/operations, django.contrib.postgres.operations). */
import type { Evaluator } from '../../readers/shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import { externalPath, isCall, isClass, sourceText } from '../../readers/shared/python/values.ts';
import type { SourceRange } from '../../schema/source.ts';

/** Arguments by place. */
const parameters = {
  CreateModel: ['name', 'fields', 'options', 'bases', 'managers'],
  DeleteModel: ['name'],
  RenameModel: ['old_name', 'new_name'],
  AlterModelTable: ['name', 'table'],
  AlterModelTableComment: ['name', 'table_comment'],
  AlterUniqueTogether: ['name', 'unique_together'],
  AlterIndexTogether: ['name', 'index_together'],
  AlterOrderWithRespectTo: ['name', 'order_with_respect_to'],
  AlterModelOptions: ['name', 'options'],
  AddField: ['model_name', 'name', 'field', 'preserve_default'],
  RemoveField: ['model_name', 'name', 'field'],
  AlterField: ['model_name', 'name', 'field', 'preserve_default'],
  RenameField: ['model_name', 'old_name', 'new_name'],
  AddIndex: ['model_name', 'index'],
  RemoveIndex: ['model_name', 'name'],
  RenameIndex: ['model_name', 'new_name', 'old_name', 'old_fields'],
  AddConstraint: ['model_name', 'constraint'],
  RemoveConstraint: ['model_name', 'name'],
  AlterConstraint: ['model_name', 'name', 'constraint'],
  RunSQL: ['sql', 'reverse_sql', 'state_operations', 'hints', 'elidable'],
  RunPython: ['code', 'reverse_code', 'atomic', 'hints', 'elidable'],
  SeparateDatabaseAndState: ['database_operations', 'state_operations'],
} as const;

export type OperationKind = keyof typeof parameters;

export interface Operation {
  readonly kind: OperationKind;
  /** Without blocking or checking what is there: `AddIndexConcurrently`, `AddConstraintNotValid`. */
  readonly online: boolean;
  /** By the name of the parameter. */
  readonly argument: (name: string) => PyValue | undefined;
  readonly at: SourceRange;
}

/** Change no structure that is modelled. */
const harmless =
  /(?:Extension|Collation|Trigger|AlterModelManagers|ValidateConstraint|AddAuditing|CreateFTSIndex)$|^django\.db\.migrations\.operations\.base\.Operation$/;
const variants: Readonly<Record<string, OperationKind>> = {
  AddIndexConcurrently: 'AddIndex',
  RemoveIndexConcurrently: 'RemoveIndex',
  AddConstraintNotValid: 'AddConstraint',
};

/** Null = it changes no structure; a text = why it is not understood. */
export function readOperation(value: PyValue, evaluator: Evaluator): Operation | string | null {
  if (!isCall(value)) return `${sourceText(value)} is put together when it runs, so what it does is not known`;
  const path = pathOf(value, evaluator);
  const name = path?.slice(path.lastIndexOf('.') + 1) ?? '';
  const kind = Object.hasOwn(variants, name) ? variants[name] : Object.hasOwn(parameters, name) ? name : null;
  if (kind != null) return operationOf(kind as OperationKind, name, value);
  if (path !== null && harmless.test(path)) return null;
  return `${sourceText(value.callee)} is none of Django's own operations, so what it does to the database is not known`;
}

function operationOf(kind: OperationKind, name: string, call: PyCall): Operation {
  const names: readonly string[] = parameters[kind];
  return {
    kind,
    online: name !== kind,
    argument: (parameter) => {
      const place = names.indexOf(parameter);
      return call.keywords.get(parameter) ?? (place === -1 ? undefined : call.arguments[place]);
    },
    at: call.at,
  };
}

/** An operation of the project's own counts as the one that it extends. */
function pathOf({ callee }: PyCall, evaluator: Evaluator): string | null {
  if (!isClass(callee)) return externalPath(callee);
  for (const base of evaluator.lineage(callee).foreign) {
    const path = externalPath(base);
    const name = path?.slice(path.lastIndexOf('.') + 1) ?? '';
    if (path !== null && (Object.hasOwn(parameters, name) || Object.hasOwn(variants, name))) return path;
  }
  return null;
}

export function textArgument(operation: Operation, name: string): string | null {
  const value = operation.argument(name);
  return typeof value === 'string' ? value : null;
}
