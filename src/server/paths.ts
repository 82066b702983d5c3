/**
 * `file:` URIs ↔ paths of one platform, as text. Node's own `fileURLToPath` follows the machine it runs on, so Windows
 * could not be tested elsewhere; and editors write drive letters in three ways (`c%3A`, `C:`, `c:`).
 */

export type Platform = 'posix' | 'win32';

export const currentPlatform: Platform = process.platform === 'win32' ? 'win32' : 'posix';

/**
 * Path of a `file:` URI, with `/` as separator on every platform and a lower-case drive letter, as VS Code writes it;
 * null for every other scheme and for text that is no URI.
 */
export function uriToPath(uri: string, platform: Platform = currentPlatform): string | null {
  const match = /^file:\/\/([^/?#]*)([^?#]*)/i.exec(uri);
  if (!match) return null;
  let path: string;
  let share: string;
  try {
    share = decodeURIComponent(match[1] ?? '');
    path = decodeURIComponent(match[2] ?? '');
  } catch {
    return null;
  }
  if (platform === 'posix') return path === '' ? '/' : path;
  path = path.replaceAll('\\', '/');
  if (share !== '' && share.toLowerCase() !== 'localhost') return `//${share}${path}`;
  return normalizeDrive(path.replace(/^\/(?=[A-Za-z]:)/, ''));
}

/** The URI as VS Code prints it: lower-case drive letter with an encoded colon, everything but unreserved characters escaped. */
export function pathToUri(path: string, platform: Platform = currentPlatform): string {
  if (platform === 'posix') return `file://${encodePath(path)}`;
  const slashed = normalizeDrive(path.replaceAll('\\', '/'));
  const share = /^\/\/([^/]+)(\/.*)?$/.exec(slashed);
  if (share) return `file://${encodeSegment(share[1] ?? '')}${encodePath(share[2] ?? '/')}`;
  return `file:///${encodePath(slashed.replace(/^\//, ''))}`;
}

/**
 * `path` relative to `directory`, `/`-separated, as the engine names files; '' = the directory itself, null = outside it.
 * Windows compares without regard to case.
 */
export function relativePath(directory: string, path: string, platform: Platform = currentPlatform): string | null {
  const base = trimEnd(slashes(directory, platform));
  const target = trimEnd(slashes(path, platform));
  const same = platform === 'win32' ? (text: string) => text.toLowerCase() : (text: string) => text;
  if (same(target) === same(base)) return '';
  return same(target).startsWith(`${same(base)}/`) ? target.slice(base.length + 1) : null;
}

/** Path of the engine's file name in `directory`. */
export function absolutePath(directory: string, file: string, platform: Platform = currentPlatform): string {
  const base = trimEnd(slashes(directory, platform));
  return file === '' ? base || '/' : `${base}/${file}`;
}

function slashes(path: string, platform: Platform): string {
  return platform === 'win32' ? normalizeDrive(path.replaceAll('\\', '/')) : path;
}

function trimEnd(path: string): string {
  return path.replace(/\/+$/, '');
}

function normalizeDrive(path: string): string {
  return path.replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}

function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** `encodeURIComponent` leaves `!'()*` alone, VS Code does not. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
