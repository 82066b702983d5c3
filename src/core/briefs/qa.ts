import type { Query } from '../schema/code.ts';
import type { Table } from '../schema/model.ts';
import type { BriefSource } from './brief.ts';
import { code, codes, introduced, list, place } from './markdown.ts';
import type { Section } from './markdown.ts';
import { entityTables, isGenerated, tableName, uniqueKeys } from './shared.ts';

export function qaSections({ schema, profile }: BriefSource): readonly Section[] {
  const tables = entityTables(schema);
  const files = schema.code.files.filter(({ purpose }) => purpose === 'application');
  const transactions = files.flatMap((file) => file.transactions);
  return [
    {
      title: 'Test frameworks',
      body: list(
        profile.testFrameworks.map((name) => {
          const told = profile.facts.testFrameworks.filter(({ value }) => value === name);
          return `${code(name)} (${told.map(({ at }) => place(at)).join(', ')})`;
        }),
      ),
    },
    {
      title: 'Scenarios',
      body: introduced(
        'Each follows from a constraint that the source states.',
        tables
          .map((each) => ({ each, cases: scenarios(each) }))
          .filter(({ cases }) => cases.length > 0)
          .map(({ each, cases }) => `### ${code(tableName(each))}\n\n${list(cases)}`)
          .join('\n\n'),
      ),
    },
    { title: 'Factories', body: factories(tables) },
    {
      title: 'Transactions to interrupt',
      body: list(
        transactions.map(
          ({ api, isolation, at }) =>
            `${code(api)}${isolation === null ? '' : `, isolation ${code(isolation)}`} (${place(at)})`,
        ),
      ),
    },
    {
      title: 'Performance expectations',
      body: introduced(
        'Queries that may yield many rows and state no limit: their time and memory grow with the data.',
        list(
          files
            .flatMap(({ queries }) => queries)
            .filter(isUnbounded)
            .map(({ api, table: name, entity, at }) => `${code(api)} on ${code(name ?? entity ?? '')} (${place(at)})`),
        ),
      ),
    },
  ];
}

function isUnbounded({ operation, rows, limit, table, entity, complete }: Query): boolean {
  return operation === 'select' && rows === 'many' && limit === null && complete && (table ?? entity) !== null;
}

function scenarios(each: Table): readonly string[] {
  const required = each.columns.filter(
    (column) =>
      !column.nullable && column.default === null && !isGenerated(column) && !each.primaryKey.includes(column.name),
  );
  const sized = each.columns.filter(
    (column) => column.length !== null && column.type === 'string' && !isGenerated(column),
  );
  const has = (role: string): boolean => each.columns.some((column) => column.role === role);
  return [
    ...(required.length === 0 ? [] : [`Refused without ${codes(required.map(({ name }) => name))}`]),
    ...uniqueKeys(each).map((columns) => `A second row with the same ${codes(columns)} is refused`),
    ...(sized.length === 0
      ? []
      : [
          `Longest text and one character more: ${sized.map(({ name, length }) => `${code(name)} ${length ?? ''}`).join(', ')}`,
        ]),
    ...each.foreignKeys
      .filter(({ enforced }) => enforced)
      .map(({ columns, references, onDelete }) => {
        const target = code(tableName({ name: references.table, namespace: references.namespace }));
        const by = codes(columns);
        if (onDelete === 'CASCADE') return `Goes with its ${target} (${by})`;
        if (onDelete === 'SET NULL') return `Stays when its ${target} goes, with ${by} empty`;
        if (onDelete === 'SET DEFAULT') return `Stays when its ${target} goes, with ${by} at the default`;
        return `Keeps its ${target} from being deleted (${by})`;
      }),
    ...each.checks.map(({ expression }) => `Refused unless ${code(expression)}`),
    ...(has('version') ? ['Two updates from the same copy: the second is refused'] : []),
    ...(has('deleted-at') ? ['A deleted row is in no list, and its unique values meet a new row'] : []),
  ];
}

/** An order in which every row finds the rows it must refer to; what goes round in a circle is named. */
function factories(tables: readonly Table[]): string {
  const names = new Set(tables.map(({ name }) => name));
  const needs = new Map(
    tables.map((each) => [
      each.name,
      new Set(
        each.foreignKeys
          .filter(({ columns }) =>
            columns.some((name) => each.columns.some((column) => column.name === name && !column.nullable)),
          )
          .map(({ references }) => references.table)
          .filter((target) => target !== each.name && names.has(target)),
      ),
    ]),
  );
  const steps: string[][] = [];
  const made = new Set<string>();
  for (;;) {
    const ready = [...needs].filter(
      ([name, targets]) => !made.has(name) && [...targets].every((target) => made.has(target)),
    );
    if (ready.length === 0) break;
    steps.push(ready.map(([name]) => name).sort());
    for (const [name] of ready) made.add(name);
  }
  const circle = [...needs.keys()].filter((name) => !made.has(name)).sort();
  if (tables.length === 0) return '';
  return [
    'Rows in this order find what they must refer to; tables of one step do not need each other.',
    steps.map((step, index) => `${index + 1}. ${codes(step)}`).join('\n'),
    ...(circle.length === 0 ? [] : [`These need each other in a circle: ${codes(circle)}`]),
  ].join('\n\n');
}
