/** The public JSON of the command line, the tools and MCP. Version 1 is stable: fields may be added, never renamed or removed. */
import type { Column, EnumType, ForeignKey, Index, Relation, Table, Unique } from '../schema/model.ts';
import type { Problem, SourceRange } from '../schema/source.ts';
import type { Project, Snapshot } from '../workspace/snapshot.ts';

/** Pretty-printed, with a line end. The same snapshot gives the same bytes. */
export function renderSchemaJson(snapshot: Snapshot): string {
  return `${JSON.stringify(schemaJson(snapshot), null, 2)}\n`;
}

export function schemaJson(snapshot: Snapshot) {
  return {
    version: 1,
    projects: snapshot.projects.map(projectJson),
    // Of files that belong to no project shown.
    problems: snapshot.problems.map(problemJson),
  };
}

export function projectJson({ root, dialect, profile, schema }: Project) {
  return {
    root,
    dialect,
    profile: {
      language: profile.language,
      framework: profile.framework,
      orms: profile.orms,
      databases: profile.databases,
      domains: profile.domains,
      compliance: profile.compliance,
    },
    tables: schema.tables.map(tableJson),
    enums: schema.enums.map(enumJson),
    problems: schema.problems.map(problemJson),
  };
}

export function tableJson(table: Table) {
  return {
    name: table.name,
    namespace: table.namespace,
    entity: table.entity,
    reader: table.reader,
    kind: table.kind,
    columns: table.columns.map(columnJson),
    primaryKey: table.primaryKey,
    uniques: table.uniques.map(uniqueJson),
    indexes: table.indexes.map(indexJson),
    foreignKeys: table.foreignKeys.map(foreignKeyJson),
    relations: table.relations.map(relationJson),
    at: placeJson(table.at),
  };
}

function columnJson(column: Column) {
  return {
    name: column.name,
    property: column.property,
    type: column.type,
    rawType: column.rawType,
    nullable: column.nullable,
    default: column.default,
    generated: column.generated?.kind ?? null,
    at: placeJson(column.at),
  };
}

function uniqueJson({ name, columns }: Unique) {
  return { name, columns };
}

function indexJson({ name, columns, unique, origin }: Index) {
  return { name, columns, unique, origin };
}

function foreignKeyJson({ name, columns, references, onDelete, enforced }: ForeignKey) {
  return {
    name,
    columns,
    references: { table: references.table, columns: references.columns },
    onDelete,
    enforced,
  };
}

function relationJson({ property, kind, target, fetch }: Relation) {
  return { property, kind, target, fetch };
}

export function enumJson({ name, values, at }: EnumType) {
  return { name, values, at: placeJson(at) };
}

export function problemJson({ code, severity, message, at }: Problem) {
  return { code, severity, message, at: at && placeJson(at) };
}

function placeJson({ file, line, column }: SourceRange) {
  return { file, line, column };
}
