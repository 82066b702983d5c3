/** What the source shows for and against each control. Nothing here proves that a regime is kept: it says where to look, and what is not to be found. */
import { trailOfAccess, trailOfChanges } from '../profile/domains/structures.ts';
import { namedFunction } from '../lint/code/calls.ts';
import type { Schema, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import { wordsOf } from '../schema/words.ts';
import type { Control, Regime } from './regimes.ts';

export interface Remark {
  readonly text: string;
  readonly at: SourceRange | null;
}

export interface Assessment {
  readonly evidence: readonly Remark[];
  readonly gaps: readonly Remark[];
}

export interface Scope {
  readonly schema: Schema;
  readonly regime: Regime;
}

/** Never throws; what the source says nothing of is a gap that says so. */
export function assess(control: Control, scope: Scope): Assessment {
  return controls[control](scope);
}

const controls: Readonly<Record<Control, (scope: Scope) => Assessment>> = {
  classification: (scope) => {
    const columns = protectedColumns(scope);
    if (columns.length === 0)
      return {
        evidence: [],
        gaps: [
          remark(
            'No column was recognised as such data. Name those that hold it under "classification" in .data-engineer.json.',
          ),
        ],
      };
    const tables = [...new Set(columns.map(({ table }) => table.name))];
    return {
      evidence: [
        remark(
          `${columns.length === 1 ? 'One column' : `${columns.length} columns`} in ${tables.join(', ')}`,
          columns[0]?.column.at,
        ),
      ],
      gaps: columns
        .filter(({ column }) => column.classification?.confidence === 'likely')
        .map(({ table, column }) =>
          remark(`${table.name}.${column.name} is such data only by its name: confirm or clear it`, column.at),
        ),
    };
  },
  protection: (scope) => {
    const columns = protectedColumns(scope);
    const isKept = ({ column }: (typeof columns)[number]): boolean =>
      column.transformer !== null || /hash|encrypted|cipher|token|digest|last_?4|masked/iu.test(column.name);
    return {
      evidence: columns
        .filter(isKept)
        .map(({ table, column }) =>
          remark(`${table.name}.${column.name} is transformed or kept in a protected form`, column.at),
        ),
      gaps: columns
        .filter((each) => !isKept(each))
        .map(({ table, column }) => remark(`${table.name}.${column.name} is written as it is`, column.at)),
    };
  },
  'never-stored': ({ schema }) => {
    const found = schema.tables.flatMap((table) =>
      table.columns
        .filter(({ name }) =>
          /(?:^|_)(?:cvv2?|cvc2?|cav2?|cid|security_code|pin|pin_block|track_?[12]?(?:_data)?)(?:$|_)/iu.test(
            wordsOf(name).join('_'),
          ),
        )
        .filter(({ type }) => type === 'string' || type === 'text' || type === 'char' || type.startsWith('int'))
        .filter(() => /card|payment|pay/iu.test(table.name))
        .map((column) => remark(`${table.name}.${column.name} looks like data that must not be kept`, column.at)),
    );
    return { evidence: found.length === 0 ? [remark('No column is named like one')] : [], gaps: found };
  },
  'access-control': ({ schema }) => {
    const endpoints = applicationFiles(schema).flatMap((file) => file.endpoints);
    const [guarded, open] = [
      endpoints.filter(({ guards }) => guards.length > 0),
      endpoints.filter(({ guards }) => guards.length === 0),
    ];
    if (endpoints.length === 0)
      return { evidence: [], gaps: [remark('No endpoint was found that could say who may call it')] };
    return {
      evidence:
        guarded.length === 0
          ? []
          : [remark(`${guarded.length} of ${endpoints.length} endpoints name a guard or role`, guarded[0]?.at)],
      gaps: open
        .slice(0, mostRemarks)
        .map(({ method, path, at }) =>
          remark(`${method} ${path || '/'} names none; one for the whole application may cover it`, at),
        ),
    };
  },
  'write-audit': (scope) => {
    const trail = auditTables(scope.schema);
    const writers = named(scope.schema, /audit/iu);
    const tables = inScope(scope);
    return {
      evidence: [...trail.map(({ name, at }) => remark(`Table ${name}`, at)), ...writers],
      gaps: [
        ...(trail.length === 0 && writers.length === 0
          ? [remark('No table or code of the project keeps a trail of changes')]
          : []),
        ...tables
          .filter((table) => !trail.includes(table))
          .filter(
            ({ columns }) =>
              !columns.some(({ role, name }) => role === 'updated-at' || /updated|modified/iu.test(name)),
          )
          .map(({ name, at }) => remark(`${name} does not say when a row was changed last`, at)),
      ],
    };
  },
  'read-audit': ({ schema }) => {
    const trail = schema.tables.filter(({ name }) => trailOfAccess.test(name));
    return {
      evidence: trail.map(({ name, at }) => remark(`Table ${name}`, at)),
      gaps: trail.length === 0 ? [remark('No table keeps who has read what')] : [],
    };
  },
  retention: (scope) => {
    const columns = inScope(scope).flatMap((table) =>
      table.columns
        .filter(({ name }) => /expires?|retention|retain|purge|delete_after|archived?_at|valid_until/iu.test(name))
        .map(({ name, at }) => remark(`${table.name}.${name}`, at)),
    );
    const jobs = named(scope.schema, /purge|retention|anonymi[sz]e|expire|cleanUp|archive/u);
    const found = [...columns, ...jobs];
    return {
      evidence: found,
      gaps: found.length === 0 ? [remark('Nothing says how long rows are kept, or removes them')] : [],
    };
  },
  erasure: (scope) => {
    const found = named(
      scope.schema,
      /erase|anonymi[sz]e|forget|gdpr|delete(?:Personal|Account|User|Customer|Member|Patient)|remove(?:Account|User|Customer|Member)/u,
    );
    const soft = inScope(scope).filter(({ columns }) => columns.some(({ role }) => role === 'deleted-at'));
    return {
      evidence: found,
      gaps: [
        ...(found.length === 0 ? [remark('No function is named like one that erases a person’s data')] : []),
        ...soft.map(({ name, at }) => remark(`${name} only marks rows as deleted: their data stays`, at)),
      ],
    };
  },
  export: ({ schema }) => {
    const found = named(schema, /export|takeout|portab|dataSubject|subjectAccess/u);
    return {
      evidence: found,
      gaps: found.length === 0 ? [remark('No function is named like one that hands out a person’s data')] : [],
    };
  },
  transport: ({ schema }) => {
    const sources = applicationFiles(schema)
      .flatMap((file) => file.dataSources)
      .filter(({ dialect }) => dialect !== 'sqlite');
    return {
      evidence: sources
        .filter(({ tls }) => tls === true)
        .map(({ at }) => remark('The connection to the database uses TLS', at)),
      gaps: sources
        .filter(({ tls }) => tls !== true)
        .map(({ tls, at }) =>
          remark(
            tls === false
              ? 'The connection to the database does not use TLS'
              : 'Nothing says that the connection to the database uses TLS',
            at,
          ),
        ),
    };
  },
  'change-control': ({ schema }) => {
    const { files } = schema.code;
    const migrations = files.filter(({ migration }) => migration !== undefined);
    const sources = applicationFiles(schema).flatMap((file) => file.dataSources);
    return {
      evidence: migrations.length === 0 ? [] : [remark(`${migrations.length} migrations are part of the source`)],
      gaps: [
        ...(migrations.length === 0 ? [remark('No migration was found')] : []),
        ...sources
          .filter(({ synchronize, dropSchema }) => synchronize === true || dropSchema === true)
          .map(({ at }) => remark('The schema is changed without a review when the program starts', at)),
      ],
    };
  },
  'exact-amounts': ({ schema }) => {
    const money = schema.tables.flatMap((table) =>
      table.columns.filter(({ name }) => isMoney(name)).map((column) => ({ table, column })),
    );
    const exact = money.filter(
      ({ column }) => column.type === 'decimal' || column.type === 'money' || column.type.startsWith('int'),
    );
    return {
      evidence:
        exact.length === 0
          ? []
          : [remark(`${exact.length} of ${money.length} columns of amounts are exact`, exact[0]?.column.at)],
      gaps: money
        .filter(({ column }) => column.type === 'float32' || column.type === 'float64')
        .map(({ table, column }) =>
          remark(`${table.name}.${column.name} is ${column.rawType}, which is not`, column.at),
        ),
    };
  },
};

const mostRemarks = 20;

function remark(text: string, at: SourceRange | null | undefined = null): Remark {
  return { text, at: at ?? null };
}

function protectedColumns({ schema, regime }: Scope) {
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.classification && regime.protects.includes(column.classification.kind) ? [{ table, column }] : [],
    ),
  );
}

/** Tables with data that the regime protects; of one that is about records as a whole, those with amounts. */
function inScope(scope: Scope): readonly Table[] {
  const { schema, regime } = scope;
  if (regime.protects.length > 0) return [...new Set(protectedColumns(scope).map(({ table }) => table))];
  return schema.tables.filter(({ kind, columns }) => kind === 'table' && columns.some(({ name }) => isMoney(name)));
}

function auditTables({ tables }: Schema): readonly Table[] {
  return tables.filter(({ name }) => trailOfChanges.test(name));
}

function applicationFiles({ code: { files } }: Schema) {
  return files.filter(({ purpose }) => purpose === 'application');
}

/** Functions and classes of the application whose name says it, each once. */
function named(schema: Schema, name: RegExp): readonly Remark[] {
  const found = applicationFiles(schema).flatMap((file) => [
    ...file.functions.flatMap((fact, id) =>
      fact.name !== null && name.test(fact.name) && namedFunction(file, id)?.id === id
        ? [remark(`${fact.owner === null ? '' : `${fact.owner}.`}${fact.name}`, fact.at)]
        : [],
    ),
    ...file.classes.filter((each) => name.test(each.name)).map((each) => remark(each.name, each.at)),
  ]);
  return [...new Map(found.map((each) => [each.text, each])).values()].slice(0, mostRemarks);
}

const money: ReadonlySet<string> = new Set(
  'amount price total subtotal balance fee cost payment refund tax salary revenue'.split(' '),
);
const notMoney: ReadonlySet<string> = new Set(
  'rate percent percentage count number id quantity status state method type at date'.split(' '),
);

function isMoney(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => money.has(word)) && !words.some((word) => notMoney.has(word));
}
