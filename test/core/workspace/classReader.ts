/**
 * A reader small enough to see through: every class with a `@Table` comment is a table, its fields are columns, a base class
 * gives its columns, `dataSource('<dialect>', '<glob>'…)` is a data source. It goes through the real parser.
 */
import type { Fragment, Json, LinkContext, Reader } from '../../../src/core/readers/reader.ts';
import type { FileFacts } from '../../../src/core/schema/code.ts';
import type { Column, Dialect, Table } from '../../../src/core/schema/model.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';
import { aDataSource } from '../../support/dataSources.ts';
import { aColumn, aTable } from '../../support/tables.ts';

interface ClassMapping {
  readonly name: string;
  readonly base: string | null;
  readonly isTable: boolean;
  readonly fields: readonly { readonly name: string; readonly at: SourceRange }[];
  readonly at: SourceRange;
}

const classPattern = /(\/\/ @Table\n)?(?:export )?class (\w+)(?: extends (\w+))? \{([^}]*)\}/gu;

export interface ClassReader extends Reader {
  /** Paths given to `read`, in order. */
  readonly log: string[];
}

/** `waits`: files without a table or a data source are read only where those with one lead to them. */
export function classReader({ waits = false } = {}): ClassReader {
  const log: string[] = [];
  return {
    ...(waits ? { part: (_path, text) => (/@Table|dataSource/u.test(text) ? 'asks' : 'waits') } : {}),
    id: 'class',
    version: 1,
    log,
    detect: (path, text) => path.endsWith('.ts') && /class|dataSource|export \*/u.test(text),
    read(file) {
      log.push(file.path);
      if (file.text.includes('class Crash')) throw new Error('crashed on purpose');
      const { root } = file.parsed();
      const classes = [...file.text.matchAll(classPattern)].map((match): ClassMapping => {
        const body = match.index + match[0].indexOf('{') + 1;
        return {
          name: match[2] ?? '',
          base: match[3] ?? null,
          isTable: match[1] !== undefined,
          fields: [...(match[4] ?? '').matchAll(/(\w+): \w+;/gu)].map((field) => ({
            name: field[1] ?? '',
            at: file.lines.range(body + field.index, body + field.index + field[0].length),
          })),
          at: file.lines.range(match.index, match.index + match[0].length),
        };
      });
      const problems = root.hasError
        ? [
            {
              code: 'syntax-error',
              message: 'There is a syntax error.',
              severity: 'warning' as const,
              at: file.lines.range(0, 1),
            },
          ]
        : [];
      const mappings = classes as unknown as Json;
      return {
        fragment: { reader: 'class', file: file.path, mappings, facts: factsOf(file.path, file.text) },
        problems,
      };
    },
    link(fragments, context) {
      const all = fragments.flatMap((fragment) => classesOf(fragment).map((mapping) => ({ fragment, mapping })));
      if (all.some(({ mapping }) => mapping.name === 'BreakLink')) throw new Error('link broke on purpose');
      return {
        tables: all
          .filter(({ mapping }) => mapping.isTable)
          .map(({ fragment, mapping }) => tableOf(mapping, columnsOf(fragment, mapping, fragments, context))),
        enums: [],
        files: fragments.map(({ facts }) => facts),
        problems: [],
      };
    },
  };
}

function classesOf(fragment: Fragment): readonly ClassMapping[] {
  return fragment.mappings as unknown as readonly ClassMapping[];
}

function columnsOf(
  fragment: Fragment,
  mapping: ClassMapping,
  fragments: readonly Fragment[],
  context: LinkContext,
): readonly Column[] {
  const own = mapping.fields.map(({ name, at }) => columnOf(name, at, context.dialect));
  if (mapping.base === null) return own;
  const imported = fragment.facts.imports.find(({ local }) => local === mapping.base);
  const files = imported ? context.resolve(fragment.file, imported.module) : [fragment.file];
  const bases = fragments.filter(({ file }) => files.includes(file));
  const base = bases.flatMap((each) =>
    classesOf(each)
      .filter(({ name }) => name === mapping.base)
      .map((found) => ({ each, found })),
  )[0];
  return base ? [...columnsOf(base.each, base.found, fragments, context), ...own] : own;
}

/** The raw type tells which dialect linking was given. */
function columnOf(name: string, at: SourceRange, dialect: Dialect | null): Column {
  return aColumn(name, { type: 'string', rawType: dialect ?? 'unknown', at });
}

function tableOf({ name, at }: ClassMapping, columns: readonly Column[]): Table {
  return aTable(name.toLowerCase(), { entity: name, reader: 'class', columns, primaryKey: [], module: '', at });
}

function factsOf(file: string, text: string): FileFacts {
  return {
    file,
    purpose: 'application',
    queries: [],
    functions: [],
    loops: [],
    calls: [],
    accesses: [],
    transactions: [],
    endpoints: [],
    fields: [],
    classes: [],
    imports: [...text.matchAll(/(?:import \{ (\w+) \}|export \*) from '([^']+)'/gu)].map(
      ([, local = '', module = '']) => ({
        local,
        imported: local,
        module,
      }),
    ),
    dataSources: [...text.matchAll(/dataSource\('(\w+)'(?:, '([^']+)')?\)/gu)].map(([, dialect, entities]) =>
      aDataSource(file, { dialect: dialect as Dialect, entities: entities === undefined ? [] : [entities] }),
    ),
  };
}
