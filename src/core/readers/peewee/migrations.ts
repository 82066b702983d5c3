/** Indexes that migrations of peewee_migrate (`migrate(migrator, …)`) make beside those of the models. */
import type { FileFacts, MigrationStep } from '../../schema/code.ts';
import { migrationStep, stepsOfSql } from '../shared/sql/migrationSteps.ts';
import { plainString } from '../shared/python/lookups.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import { unescape } from '../shared/python/strings.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';

const forward = /^def migrate\(migrator\b/m;

/** Kinds of steps that tell what a table can be searched by. */
const indexing: ReadonlySet<MigrationStep['kind']> = new Set(['create-index', 'add-unique', 'drop-index']);

/** Cheap look, without parsing. */
export function mayBeMigration(text: string): boolean {
  return forward.test(text) && text.includes('migrator.');
}

/** The facts with the indexes of `migrate`, in the order of the source; tables are named as SQL or the call names them. */
export function withMigratedIndexes(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = pythonOutline(file.parsed());
  const { text, lines } = file;
  const source = { text, lines };
  const own = outline.functions.findIndex(({ name }) => name === 'migrate');
  const indexed = outline.calls.flatMap((call): readonly MigrationStep[] => {
    if (call.function !== own) return [];
    const args = call.node.childForFieldName('arguments')?.namedChildren ?? [];
    const at = lines.range(call.node.startIndex, call.node.endIndex);
    const callee = textOf(call.callee, text) ?? '';
    const [model] = args;
    if (callee === 'migrator.sql') return stepsOfSql(model ? literalOf(model, text) : '', 'sqlite', () => at);
    const [, verb] = /^migrator\.(add|drop)_index$/.exec(callee) ?? [];
    if (verb === undefined || !model) return [];
    const values = args.map((arg) => plainString(arg, source));
    const columns = values.slice(1).flatMap((value) => value ?? []);
    const unique = args.some((arg) => /^unique\s*=\s*True$/.test(textOf(arg, text) ?? ''));
    return [
      migrationStep(
        verb === 'drop' ? 'drop-index' : unique ? 'add-unique' : 'create-index',
        values[0] ?? textOf(model, text),
        at,
        { columns },
      ),
    ];
  });
  const found = indexed.filter(({ kind }) => indexing.has(kind));
  return found.length === 0 ? facts : { ...facts, indexed: found };
}

/** A literal, or several beside each other; '' where a value is put into it. */
function literalOf(node: TreeNode, text: string): string {
  if (node.type === 'concatenated_string') return node.namedChildren.map((part) => literalOf(part, text)).join('');
  const [, body] = /^[ru]?("""|'''|["'])([\s\S]*)\1$/i.exec(textOf(node, text) ?? '')?.slice(1) ?? [];
  return node.type === 'string' && body !== undefined ? unescape(body) : '';
}
