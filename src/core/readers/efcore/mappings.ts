/** What the reader keeps of a file for linking. */
import type { Dialect } from '../../schema/model.ts';
import type { FileDeclarations } from '../shared/csharp/declarations.ts';

export interface EfCoreMappings {
  /** Null where the file declares nothing that may matter. */
  readonly declarations: FileDeclarations | null;
  /** Of a .csproj or Directory.Build.props. */
  readonly project: ProjectFile | null;
  readonly options: readonly ContextOptions[];
}

export interface ProjectFile {
  readonly folder: string;
  /** `<Nullable>`; null = not stated there. */
  readonly nullable: boolean | null;
  readonly packages: readonly string[];
  /** A project of its own, not properties for those below. */
  readonly assembly: boolean;
}

/** `options.UseNpgsql(…).UseSnakeCaseNamingConvention()` */
export interface ContextOptions {
  /** Class of the context where the call says it: `AddDbContext<ShopContext>(…)`; the class around `OnConfiguring`. */
  readonly context: string | null;
  readonly dialect: Dialect | null;
  readonly snakeCase: boolean;
  readonly lazyLoading: boolean;
}

export const noMappings: EfCoreMappings = { declarations: null, project: null, options: [] };
