import type { Table } from '../schema/model.ts';
import type { BriefSource } from './brief.ts';
import { connections } from './connections.ts';
import { code, codes, introduced, list, place, table } from './markdown.ts';
import type { Section } from './markdown.ts';
import { endpointsOf, entityTables, tableName } from './shared.ts';

const kinds = { pan: 'payment card', phi: 'health', pii: 'personal', secret: 'credential' } as const;

export function securitySections({ schema, profile }: BriefSource): readonly Section[] {
  const tables = entityTables(schema);
  const endpoints = endpointsOf(schema);
  const files = schema.code.files.filter(({ purpose }) => purpose === 'application');
  const unguarded = endpoints.filter(({ guards }) => guards.length === 0);
  return [
    {
      title: 'Compliance',
      body: list(profile.facts.compliance.map(({ value, at }) => `${code(value)} (${place(at)})`)),
    },
    { title: 'Classified data', body: classified(schema.tables) },
    {
      title: 'Access control',
      body: [
        introduced(
          'Guards, roles and middleware that endpoints name:',
          list(
            endpoints
              .filter(({ guards }) => guards.length > 0)
              .map(({ method, path, guards, at }) => `${code(`${method} ${path}`)}: ${codes(guards)} (${place(at)})`),
          ),
        ),
        introduced(
          'Endpoints that name none (one set for the whole application or for a controller elsewhere may cover them):',
          list(unguarded.map(({ method, path, at }) => `${code(`${method} ${path}`)} (${place(at)})`)),
        ),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    {
      title: 'SQL with values put into its text',
      body: list(
        files
          .flatMap(({ queries }) => queries)
          .filter(({ sql }) => sql !== null && sql.interpolations.length > 0)
          .map(
            ({ api, at, sql }) =>
              `${code(api)}, ${[...new Set(sql?.interpolations.map(({ position }) => position))].join(' and ')} (${place(at)})`,
          ),
      ),
    },
    { title: 'Audit', body: audit(tables) },
    { title: 'Connections', body: connections(schema, ['encrypted', 'passwordInFile', 'synchronize', 'dropSchema']) },
  ];
}

function classified(tables: readonly Table[]): string {
  const rows = tables.flatMap((each) =>
    each.columns.flatMap((column) => {
      const { classification } = column;
      if (classification === null) return [];
      const kept = [
        column.selected ? '' : 'left out of plain selects',
        column.transformer === null ? '' : 'transformed when written',
      ];
      return [
        [
          code(`${tableName(each)}.${column.name}`),
          `${kinds[classification.kind]}${classification.confidence === 'likely' ? ' (likely)' : ''}`,
          code(classification.evidence),
          kept.filter((note) => note !== '').join('; '),
          place(column.at),
        ],
      ];
    }),
  );
  return table(['Column', 'Kind of data', 'Because', 'Protection in the source', 'Source'], rows);
}

/** Who can say when a row came, changed and went; tables with classified data first. */
function audit(tables: readonly Table[]): string {
  const roles = ['created-at', 'updated-at', 'deleted-at', 'version'] as const;
  const holdsClassified = (each: Table): boolean => each.columns.some(({ classification }) => classification !== null);
  const without = tables.filter(
    (each) => holdsClassified(each) && !each.columns.some(({ role }) => role === 'created-at' || role === 'updated-at'),
  );
  const withAll = roles
    .map((role) => ({
      role,
      count: tables.filter(({ columns }) => columns.some((column) => column.role === role)).length,
    }))
    .filter(({ count }) => count > 0);
  return [
    list(withAll.map(({ role, count }) => `${code(role)} column in ${count} of ${tables.length} tables`)),
    without.length === 0
      ? ''
      : `Classified data with neither time of creation nor of change: ${codes(without.map(tableName))}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
