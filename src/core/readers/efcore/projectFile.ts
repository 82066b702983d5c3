/** .csproj and Directory.Build.props: nullable reference types and packages. */
import { directoryOf } from '../shared/paths.ts';
import type { ProjectFile } from './mappings.ts';

export function projectFileOf(path: string, text: string): ProjectFile {
  const nullable = /<Nullable>\s*(\w+)\s*<\/Nullable>/iu.exec(text)?.[1]?.toLowerCase();
  return {
    folder: directoryOf(path),
    nullable: nullable === undefined ? null : nullable === 'enable' || nullable === 'annotations',
    packages: Array.from(
      text.matchAll(/<PackageReference\s+[^>]*(?:Include|Update)\s*=\s*"([^"]+)"/giu),
      (match) => match[1] ?? '',
    ),
    assembly: /\.csproj$/iu.test(path),
  };
}
