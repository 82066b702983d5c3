/** The files of one project as generators see them: those of the disk, with the texts of open buffers in their place. */
import { join } from 'node:path';
import type { ProjectFiles } from '../core/generators/generator.ts';
import { byCodeUnit } from '../core/workspace/order.ts';
import { diskFileSystem } from './disk/fileSystem.ts';
import type { FileSystem } from './disk/fileSystem.ts';
import { readFile } from './disk/readFiles.ts';
import { walk } from './disk/walk.ts';

export interface ProjectFilesOptions {
  /** Absolute path of the project's root. */
  readonly directory: string;
  /** Globs (gitignore syntax) beside `.gitignore`. */
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  /** Open buffers by path relative to the root, `/`-separated. */
  readonly buffers: ReadonlyMap<string, string>;
  readonly disk?: FileSystem;
}

/** By their name alone: what is written by hand and small. Pictures, archives and lock files say nothing of style. */
const readable =
  /(?:\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|md|sql|graphql|prisma)|(?:^|\/)\.(?:editorconfig|prettierrc|eslintrc|mocharc|swcrc|npmrc))$/iu;
const unwanted = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml)$/u;

/**
 * Lists at once and reads when asked, so that a large project costs what is looked at. Every file is read at most once: all layers see the
 * same text. Rejects where the folder cannot be listed.
 */
export async function openProjectFiles(options: ProjectFilesOptions): Promise<ProjectFiles> {
  const { directory, buffers } = options;
  const disk = options.disk ?? diskFileSystem;
  const walked = await walk(disk, directory, {
    exclude: options.exclude,
    matters: (path) => readable.test(path) && !unwanted.test(path),
  });
  const paths = [...new Set([...walked.files, ...buffers.keys()])].sort(byCodeUnit);
  const texts = new Map<string, string | null>(buffers);
  const readNow = disk.readNow?.bind(disk);
  const limit = options.maxFileSizeKb * 1024;

  function readFromDisk(path: string): string | null {
    if (readNow === undefined) return null;
    try {
      const { size, bytes } = readNow(join(directory, ...path.split('/')), limit);
      return size > limit ? null : new TextDecoder().decode(bytes);
    } catch {
      return null;
    }
  }

  // A disk that cannot be read at once has to be read before the generators, which cannot wait, ask.
  if (readNow === undefined)
    for (const path of walked.files) {
      if (texts.has(path)) continue;
      const found = await readFile(disk, path, {
        directory,
        maxFileSizeKb: options.maxFileSizeKb,
        matters: () => false,
      });
      texts.set(path, found.text);
    }

  return {
    paths,
    read(path) {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = readFromDisk(path);
      texts.set(path, text);
      return text;
    },
  };
}
