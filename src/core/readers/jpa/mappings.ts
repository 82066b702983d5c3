/** What is kept of a file for linking. */
import type { Dialect } from '../../schema/model.ts';
import type { HbmFile } from '../shared/hbm/model.ts';
import type { JavaAnnotation, JavaFile, JavaType } from '../shared/java/model.ts';

export interface JpaMappings {
  readonly java: JavaFile | null;
  readonly orm: OrmFile | null;
  readonly hbm: HbmFile | null;
  readonly settings: Settings | null;
}

export const noMappings: JpaMappings = { java: null, orm: null, hbm: null, settings: null };

/** What configuration files, manifests and imports say of how names and types are made. */
export interface Settings {
  /** Spring Boot configures Hibernate. */
  readonly springBoot: boolean;
  /** Class of the physical naming strategy, as stated. */
  readonly physicalStrategy: string | null;
  readonly implicitStrategy: string | null;
  readonly defaultSchema: string | null;
  readonly quoted: boolean;
  readonly dialect: Dialect | null;
  /** It is a test's or a profile's own, so others count first. */
  readonly secondary: boolean;
  /** A naming strategy that the file declares, as far as its text shows what it does. */
  readonly strategy?: OwnStrategy | null;
  /** Major version of Hibernate, where a manifest states it. */
  readonly hibernate: number | null;
}

export interface OwnStrategy {
  /** Simple name of the class. */
  readonly name: string;
  readonly snake: boolean;
  readonly letters: 'lower' | 'upper' | null;
  /** Underscores are taken out of the names of columns. */
  readonly stripsColumns: boolean;
}

/** `orm.xml`, as the annotations that it stands for. */
export interface OrmFile {
  readonly package: string;
  readonly schema: string | null;
  readonly access: 'FIELD' | 'PROPERTY' | null;
  readonly classes: readonly OrmClass[];
}

export interface OrmClass {
  readonly name: string;
  /** Annotations in the source are left out of account. */
  readonly complete: boolean;
  readonly access: 'FIELD' | 'PROPERTY' | null;
  readonly annotations: readonly JavaAnnotation[];
  readonly attributes: readonly OrmAttribute[];
  /** Members that it does not name are no attributes (`*.hbm.xml`). */
  readonly strict?: boolean;
}

export interface OrmAttribute {
  readonly name: string;
  readonly annotations: readonly JavaAnnotation[];
  /** Where the mapping states it; else the member's own. */
  readonly type?: JavaType | null;
  /** Attributes of a component, mapped for this use of its class. */
  readonly inline?: readonly OrmAttribute[];
}
