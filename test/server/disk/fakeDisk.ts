/** The machine's own disk, with failures where a test wants them. */
import { diskFileSystem } from '../../../src/server/disk/fileSystem.ts';
import type { FileSystem } from '../../../src/server/disk/fileSystem.ts';

/** Every path that ends with a key fails with the code given: `{ 'src/secret.ts': 'EACCES' }`. Tests may run as root, whom no file mode stops. */
export function failingDisk(failures: Readonly<Record<string, string>>): FileSystem {
  const check = (path: string): void => {
    const normal = path.replaceAll('\\', '/');
    const code = Object.entries(failures).find(([end]) => normal.endsWith(`/${end}`))?.[1];
    if (code !== undefined) throw Object.assign(new Error(`${code}: made to fail, ${path}`), { code });
  };
  return {
    list: async (path) => {
      check(path);
      return diskFileSystem.list(path);
    },
    kindOf: (path) => diskFileSystem.kindOf(path),
    realPath: (path) => diskFileSystem.realPath(path),
    read: async (path, limit) => {
      check(path);
      return diskFileSystem.read(path, limit);
    },
  };
}
