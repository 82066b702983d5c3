/** What the user is asked before entities are edited. Undefined everywhere = they changed their mind. */
import * as vscode from 'vscode';
import type { EditableColumn, EditAsk, EditKind, EditOptions } from '../../../protocol/editing.ts';
import { namePattern } from '../../../core/editing/change.ts';
import type { Element } from './element.ts';
import { askSize, patient } from './sizes.ts';

type Asked = Promise<EditAsk | undefined>;

/** The class gets another name, by whatever extension renames in its language. */
export interface EntityRename {
  readonly kind: 'renameEntity';
  readonly to: string;
}

/** Why this cannot be had of the table, in a sentence. */
export function refusalFor({ refusals }: EditOptions, kind: EditKind): string | null {
  return refusals[kind] ?? null;
}

/** Before anyone is asked anything. */
function possible(options: EditOptions, kind: EditKind): void {
  const refusal = refusalFor(options, kind);
  if (refusal !== null) throw new Error(refusal);
}

export async function askTable(options: EditOptions, { table }: Element): Asked {
  possible(options, 'addTable');
  const name = await askName({
    title: vscode.l10n.t('Add Table'),
    prompt: vscode.l10n.t('Name of the entity (WishList) or of its table (wish_lists)'),
    taken: options.tables.flatMap(({ id, entity }) => [id, entity]),
  });
  return name === undefined ? undefined : { kind: 'addTable', like: table, name };
}

export async function askColumn(options: EditOptions, { table }: Element): Asked {
  possible(options, 'addColumn');
  const title = vscode.l10n.t('Add Column to {0}', options.entity ?? table ?? '');
  const name = await askName({ title, prompt: vscode.l10n.t('Name of the column'), taken: namesOf(options) });
  if (name === undefined) return undefined;
  const type = await pickType(options, title);
  if (type === undefined) return undefined;
  const nullable = await askWhetherNullable(title);
  return nullable === undefined || table === null ? undefined : { kind: 'addColumn', table, name, type, nullable };
}

async function askWhetherNullable(title: string): Promise<boolean | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        nullable: true,
        label: vscode.l10n.t('Nullable'),
        detail: vscode.l10n.t('Rows that are there stay as they are'),
      },
      {
        nullable: false,
        label: vscode.l10n.t('Required'),
        detail: vscode.l10n.t('Rows that are there need a value when it is migrated'),
      },
    ],
    { title, ...patient, placeHolder: vscode.l10n.t('May it be empty?') },
  );
  return picked?.nullable;
}

export async function askType(options: EditOptions, element: Element): Asked {
  possible(options, 'changeType');
  const title = vscode.l10n.t('Change Type');
  const column = await chooseColumn(options, element, title, ({ relation }) => relation === null);
  if (column === undefined || element.table === null) return undefined;
  const type = await pickType(options, `${title}: ${column.name} (${column.type})`);
  return type === undefined ? undefined : { kind: 'changeType', table: element.table, column: column.name, type };
}

async function pickType(options: EditOptions, title: string) {
  const picked = await vscode.window.showQuickPick(
    options.types.map(({ spec, spelled }) => ({ spec, label: spelled, description: spec.type })),
    { title, ...patient, placeHolder: vscode.l10n.t('Type, as {0} has it', options.orm), matchOnDescription: true },
  );
  return picked === undefined ? undefined : askSize(picked.spec, title);
}

export async function askNullable(options: EditOptions, element: Element): Asked {
  possible(options, 'setNullable');
  const title = vscode.l10n.t('Make Nullable or Required');
  const column = await chooseColumn(options, element, title, ({ isKey }) => !isKey);
  if (column === undefined || element.table === null) return undefined;
  return { kind: 'setNullable', table: element.table, column: column.name, nullable: !column.nullable };
}

export async function askIndex(options: EditOptions, { table, columns, kind }: Element): Asked {
  possible(options, 'addIndex');
  const title = vscode.l10n.t('Add Index to {0}', options.entity ?? table ?? '');
  const items = options.columns.map(({ name, type }) => ({
    name,
    label: name,
    description: type,
    picked: kind !== 'table' && columns.includes(name),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    ...patient,
    placeHolder: vscode.l10n.t('Columns of the index, in their order'),
    canPickMany: true,
  });
  if (picked === undefined || picked.length === 0 || table === null) return undefined;
  const unique = await vscode.window.showQuickPick(
    [
      { unique: false, label: vscode.l10n.t('Index') },
      {
        unique: true,
        label: vscode.l10n.t('Unique index'),
        detail: vscode.l10n.t('No two rows may have the same values'),
      },
    ],
    { title, ...patient, placeHolder: vscode.l10n.t('Which kind?') },
  );
  return unique === undefined
    ? undefined
    : { kind: 'addIndex', table, columns: picked.map(({ name }) => name), unique: unique.unique };
}

export async function askDeleteIndex(options: EditOptions, { table, columns: [column] }: Element): Asked {
  possible(options, 'deleteIndex');
  if (table === null) return undefined;
  const own = options.indexes.filter(({ columns }) => column !== undefined && columns.includes(column));
  const indexes = own.length > 0 ? own : options.indexes;
  if (indexes.length === 0)
    throw new Error(vscode.l10n.t('{0} declares no index that could be deleted.', options.entity ?? table));
  const picked = await vscode.window.showQuickPick(
    indexes.map(({ name, columns, unique }) => ({
      name,
      columns,
      label: columns.join(', '),
      description: unique ? vscode.l10n.t('unique') : '',
      detail: name ?? '',
    })),
    {
      title: vscode.l10n.t('Delete Index of {0}', options.entity ?? table),
      ...patient,
      placeHolder: vscode.l10n.t('Which index?'),
    },
  );
  return picked && { kind: 'deleteIndex', table, columns: picked.columns, name: picked.name };
}

export async function askRelation(options: EditOptions, { table }: Element): Asked {
  possible(options, 'addRelation');
  const title = vscode.l10n.t('Add Relation to {0}', options.entity ?? table ?? '');
  const target = await vscode.window.showQuickPick(
    options.tables.map(({ id, entity }) => ({ id, label: entity, description: id })),
    { title, ...patient, placeHolder: vscode.l10n.t('Which table does it refer to?'), matchOnDescription: true },
  );
  if (target === undefined || table === null) return undefined;
  const self = options.entity ?? table;
  const cardinality = await vscode.window.showQuickPick(
    [
      {
        id: 'many-to-one' as const,
        label: vscode.l10n.t('Many to one'),
        detail: vscode.l10n.t('Several {0} may refer to one {1}', self, target.label),
      },
      {
        id: 'one-to-one' as const,
        label: vscode.l10n.t('One to one'),
        detail: vscode.l10n.t('At most one {0} refers to one {1}', self, target.label),
      },
    ],
    { title, ...patient, placeHolder: vscode.l10n.t('How many?') },
  );
  if (cardinality === undefined) return undefined;
  const [suggested = '', opposite = ''] = options.suggestions[target.id] ?? [];
  const prompt = vscode.l10n.t('Name of the relation in {0}', self);
  const name = await askName({ title, prompt, value: suggested, taken: namesOf(options) });
  if (name === undefined) return undefined;
  const inverse = await askName({
    title,
    prompt: vscode.l10n.t('Name of the other side in {0}; empty = it does not know', target.label),
    value: cardinality.id === 'many-to-one' ? opposite : '',
    taken: [],
    mayBeEmpty: true,
  });
  if (inverse === undefined) return undefined;
  const nullable = await askWhetherNullable(title);
  if (nullable === undefined) return undefined;
  return {
    ...{ kind: 'addRelation', table, target: target.id, name, nullable, cardinality: cardinality.id },
    inverse: inverse === '' ? null : inverse,
  };
}

export async function askRename(options: EditOptions, element: Element): Promise<EditAsk | EntityRename | undefined> {
  const { table, columns, kind } = element;
  if (table === null) return undefined;
  if (kind === 'table') return askRenameTable(options, table);
  possible(options, 'renameColumn');
  const column = options.columns.find(({ name }) => name === columns[0]);
  if (column === undefined) throw new Error(vscode.l10n.t('There is no column here that could be renamed.'));
  const title = vscode.l10n.t('Rename {0}', column.name);
  const where = await vscode.window.showQuickPick(
    [
      {
        id: 'code' as const,
        label: vscode.l10n.t('In the code only'),
        detail: vscode.l10n.t(
          'The property {0} gets another name, its column keeps its own',
          column.property ?? column.name,
        ),
      },
      {
        id: 'database' as const,
        label: vscode.l10n.t('In the database'),
        detail: vscode.l10n.t('The column gets another name, which is to be migrated; the property keeps its own'),
      },
    ],
    { title, ...patient, placeHolder: vscode.l10n.t('What is renamed?') },
  );
  if (where === undefined) return undefined;
  const to = await askName({
    title,
    prompt: vscode.l10n.t('New name'),
    value: where.id === 'code' ? (column.property ?? column.name) : column.name,
    taken: [],
  });
  return to === undefined ? undefined : { kind: 'renameColumn', table, column: column.name, to, where: where.id };
}

async function askRenameTable(options: EditOptions, table: string): Promise<EditAsk | EntityRename | undefined> {
  const { entity, at, tables } = options;
  const title = vscode.l10n.t('Rename Table {0}', table);
  const where =
    entity === null || at === null
      ? { id: 'database' as const }
      : await vscode.window.showQuickPick(
          [
            {
              id: 'code' as const,
              label: vscode.l10n.t('In the code only'),
              detail: vscode.l10n.t('{0} gets another name wherever it is used, its table keeps its own', entity),
            },
            {
              id: 'database' as const,
              label: vscode.l10n.t('In the database'),
              detail: vscode.l10n.t('The table gets another name, which is to be migrated; {0} keeps its own', entity),
            },
          ],
          { title, ...patient, placeHolder: vscode.l10n.t('What is renamed?') },
        );
  if (where === undefined) return undefined;
  if (where.id === 'code') {
    const to = await askName({
      title,
      prompt: vscode.l10n.t('New name of {0} in the code', entity ?? table),
      value: entity ?? table,
      taken: tables.map((each) => each.entity),
    });
    return to === undefined || to === entity ? undefined : { kind: 'renameEntity', to };
  }
  possible(options, 'renameTable');
  const to = await askName({
    title,
    prompt: vscode.l10n.t('Name in the database; {0} keeps its name in the code', entity ?? table),
    value: table.slice(table.lastIndexOf('.') + 1),
    taken: tables.map(({ id }) => id),
  });
  return to === undefined ? undefined : { kind: 'renameTable', table, to };
}

export function askDelete(options: EditOptions, { table, columns, kind }: Element): Asked {
  if (table === null) return Promise.resolve(undefined);
  const relation = options.relations.find(
    (each) => each.columns.length > 0 && each.columns.every((name) => columns.includes(name)),
  );
  if (kind === 'table') {
    possible(options, 'deleteTable');
    return Promise.resolve({ kind: 'deleteTable', table });
  }
  if (kind === 'relation' || relation !== undefined) {
    possible(options, 'deleteRelation');
    if (relation === undefined)
      throw new Error(
        vscode.l10n.t('No relation of {0} stands for this line; go to its source.', options.entity ?? table),
      );
    return Promise.resolve({ kind: 'deleteRelation', table, property: relation.property });
  }
  possible(options, 'deleteColumn');
  return Promise.resolve({ kind: 'deleteColumn', table, column: columns[0] ?? '' });
}

async function chooseColumn(
  options: EditOptions,
  { columns }: Element,
  title: string,
  fits: (column: EditableColumn) => boolean,
): Promise<EditableColumn | undefined> {
  const given = options.columns.find(({ name }) => name === columns[0]);
  if (given !== undefined) return given;
  const picked = await vscode.window.showQuickPick(
    options.columns.filter(fits).map((column) => ({
      column,
      label: column.name,
      description: column.nullable ? vscode.l10n.t('{0}, nullable', column.type) : column.type,
    })),
    { title, ...patient, placeHolder: vscode.l10n.t('Which column?') },
  );
  return picked?.column;
}

function namesOf({ columns, relations }: EditOptions): readonly string[] {
  return [
    ...columns.flatMap(({ name, property }) => (property === null ? [name] : [name, property])),
    ...relations.map(({ property }) => property),
  ];
}

function askName(question: {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly taken: readonly string[];
  readonly mayBeEmpty?: boolean;
}): Thenable<string | undefined> {
  const { title, prompt, value = '', taken, mayBeEmpty = false } = question;
  return vscode.window.showInputBox({
    ...{ title, prompt, value },
    ...patient,
    validateInput(entered) {
      if (entered === '' && mayBeEmpty) return null;
      if (!namePattern.test(entered)) return vscode.l10n.t('Letters, digits and underscores; no digit comes first.');
      if (entered !== value && taken.includes(entered)) return vscode.l10n.t('{0} is taken already.', entered);
      return null;
    },
  });
}
