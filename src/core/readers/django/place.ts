import { directoryOf } from '../shared/paths.ts';

/** Folder of an application: that of the file, `models` itself left out. */
export function moduleOf(file: string): string {
  return directoryOf(file).replace(/(?:^|\/)models(?:\/.*)?$/, '');
}
