/** Pages by keyset or by offset. */
import type { Imports } from '../../shared/imports.ts';
import type { ProjectPlan } from '../../shared/project.ts';
import { supportPath } from './paths.ts';

export function paginationText(project: ProjectPlan, imports: Imports): string {
  imports.useType('typeorm', 'FindOptionsWhere', 'ObjectLiteral', 'Repository', 'SelectQueryBuilder');
  imports.useFile(supportPath(project, 'errors'), 'InvalidValueError');
  imports.useFile(supportPath(project, 'driverErrors'), 'inDomainTerms');
  imports.useFile(supportPath(project, 'relations'), 'loadCollections', 'selectWith');
  return `export interface PageQuery<Sort extends string = string> {
  /** Rows of a page; 20 if not given. */
  limit?: number;
  /** \`nextCursor\` of the page before. */
  cursor?: string;
  /** Counted from 1: skips the rows of earlier pages and counts all, instead of going on from a cursor. */
  page?: number;
  /** Ascending, or with a minus sign descending. */
  sort?: Sort | \`-\${Sort}\`;
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total?: number;
}

interface Order {
  /** The property sorted by, then the primary key, so that no two rows are equal. */
  readonly properties: readonly string[];
  readonly direction: 'ASC' | 'DESC';
}

/** Keyset pagination: later pages cost no more than the first, and rows that come in between shift nothing. */
export async function findPage<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  where: FindOptionsWhere<Row>,
  { limit = 20, cursor, page, sort, include = [] }: PageQuery & { include?: readonly string[] },
): Promise<Page<Row>> {
  if (page !== undefined && cursor !== undefined) {
    throw new InvalidValueError('Pages are read by number or by cursor, not by both', ['page', 'cursor']);
  }
  const order = orderOf(rows, sort);
  const builder = selectWith(rows, include);
  builder.where(Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined)));
  for (const property of order.properties) {
    builder.addOrderBy(\`row.\${property}\`, order.direction);
  }
  const found = await inDomainTerms(rows.metadata, () =>
    page === undefined ? readAfter(builder, order, limit, cursor) : readPage(builder, limit, page),
  );
  await loadCollections(rows, found.items, include);
  return found;
}

function orderOf<Row extends ObjectLiteral>({ metadata }: Repository<Row>, sort = ''): Order {
  const key = metadata.primaryColumns.map(({ propertyPath }) => propertyPath);
  const property = sort.replace('-', '');
  return {
    properties: property === '' ? key : [property, ...key.filter((part) => part !== property)],
    direction: sort.startsWith('-') ? 'DESC' : 'ASC',
  };
}

async function readPage<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  limit: number,
  page: number,
): Promise<Page<Row>> {
  const [items, total] = await builder
    .offset((page - 1) * limit)
    .limit(limit)
    .getManyAndCount();
  return { items, nextCursor: null, total };
}

async function readAfter<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  { properties, direction }: Order,
  limit: number,
  cursor: string | undefined,
): Promise<Page<Row>> {
  const columns = properties.map((property) => \`row.\${property}\`);
  if (cursor !== undefined) {
    const parameters = properties.map((property) => \`:after_\${property}\`);
    builder.andWhere(
      \`(\${columns.join(', ')}) \${direction === 'ASC' ? '>' : '<'} (\${parameters.join(', ')})\`,
      decodeCursor(cursor, properties),
    );
  }
  // As text: a Date would lose the microseconds that rows are ordered by.
  columns.forEach((column, at) => builder.addSelect(\`CAST(\${column} AS ${textType(project)})\`, \`cursor_\${at}\`));
  const { entities, raw } = await builder.limit(limit + 1).getRawAndEntities<Record<string, string>>();
  const last = entities.length > limit ? raw[limit - 1] : undefined;
  return {
    items: entities.slice(0, limit),
    nextCursor: last ? encodeCursor(last, properties) : null,
  };
}

function encodeCursor(row: Record<string, string>, properties: readonly string[]): string {
  const values = properties.map((property, at) => [property, row[\`cursor_\${at}\`]]);
  return Buffer.from(JSON.stringify(Object.fromEntries(values))).toString('base64url');
}

/** Parameters of the condition; a cursor of a list in another order is none of this one. */
function decodeCursor(cursor: string, properties: readonly string[]): Record<string, string> {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  const entries = properties.map((property) => [\`after_\${property}\`, values[property]] as const);
  if (entries.some(([, value]) => typeof value !== 'string')) {
    throw new InvalidValueError('The cursor does not belong to this list', ['cursor']);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function parse(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
`;
}

function textType({ dialect }: ProjectPlan): string {
  return dialect === 'mysql' || dialect === 'mariadb' ? 'CHAR' : 'TEXT';
}
