/** What is kept of a file for linking. */
import type { Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { JavaFile } from '../shared/java/model.ts';

export interface MybatisMappings {
  readonly java: JavaFile | null;
  readonly mapper: MapperFile | null;
  readonly settings: MybatisSettings | null;
}

export const noMappings: MybatisMappings = { java: null, mapper: null, settings: null };

/** Settings of MyBatis-Plus that change names. */
export interface MybatisSettings {
  readonly tablePrefix: string | null;
  readonly tableUnderline: boolean | null;
  readonly columnUnderline: boolean | null;
}

/** A mapper XML, or the annotations of a mapper interface in the same form. */
export interface MapperFile {
  /** Full name of the interface. */
  readonly namespace: string;
  readonly resultMaps: readonly ResultMap[];
  readonly statements: readonly Statement[];
}

export interface ResultMap {
  readonly id: string;
  /** Class as written: full name or alias. */
  readonly type: string;
  readonly extends: string | null;
  readonly results: readonly Result[];
  /** It takes rows of other tables in. */
  readonly nested: boolean;
  readonly at: SourceRange;
}

export interface Result {
  readonly column: string;
  readonly property: string | null;
  readonly jdbcType: string | null;
  readonly javaType: string | null;
  readonly isId: boolean;
  readonly at: SourceRange;
}

export interface Statement {
  readonly id: string;
  /** As its SQL says; function and rows are filled by linking. */
  readonly query: Query;
  readonly resultMap: string | null;
  readonly parameterType: string | null;
  readonly resultType: string | null;
  /** The key is made by the database: `useGeneratedKeys`, or a `selectKey` of it. */
  readonly generatedKey: string | null;
  readonly joins: boolean;
}
