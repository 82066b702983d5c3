/** Files of a commit, as git keeps them: nothing is checked out, nothing in the working tree is touched. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface GitFile {
  /** Relative to the directory asked for. */
  readonly path: string;
  readonly text: string;
}

/** Rejects with a sentence for the user where there is no repository or no such commit. Paths are chosen before anything is read. */
export async function filesAt(
  directory: string,
  ref: string,
  wanted: (path: string) => boolean,
  maxBytes: number,
): Promise<readonly GitFile[]> {
  refuseOptions(ref);
  let listing: string;
  try {
    // In a sub-folder of the repository, names are relative to it.
    const { stdout } = await run('git', ['ls-tree', '-r', '-l', '-z', ref, '--', '.'], {
      cwd: directory,
      maxBuffer: 256 * 1024 * 1024,
    });
    listing = stdout;
  } catch (error) {
    throw gitError(`git could not read "${ref}"`, error);
  }
  const found = listing.split('\0').flatMap((line) => {
    const match = /^\d+ blob ([0-9a-f]+)\s+(\d+)\t(.*)$/s.exec(line);
    const [, object = '', size = '0', path = ''] = match ?? [];
    return match && Number(size) <= maxBytes && wanted(path) ? [{ object, path }] : [];
  });
  const contents = await readObjects(
    directory,
    found.map(({ object }) => object),
  );
  return found.map(({ path }, place) => ({ path, text: contents[place] ?? '' }));
}

export interface NamedCommit {
  /** What git takes: `main`, `v1.2`, `a1b2c3d`. */
  readonly ref: string;
  readonly kind: 'branch' | 'tag' | 'commit';
  /** Subject of the commit. */
  readonly description: string;
}

/** Branches and tags by their last commit, newest first, then the latest commits; empty where there is no repository. */
export async function namedCommits(directory: string, most = 30): Promise<readonly NamedCommit[]> {
  const lines = async (...args: string[]): Promise<string[]> => {
    try {
      const { stdout } = await run('git', args, { cwd: directory, maxBuffer: 16 * 1024 * 1024 });
      return stdout.split('\n').filter((line) => line !== '');
    } catch {
      return [];
    }
  };
  const refs = await lines(
    ...['for-each-ref', '--sort=-committerdate', `--count=${most}`],
    ...['--format=%(refname)%09%(contents:subject)', 'refs/heads', 'refs/remotes', 'refs/tags'],
  );
  const commits = await lines('log', `-n${most}`, '--format=%h%x09%s');
  return [
    ...refs.flatMap((line): NamedCommit[] => {
      const [name = '', description = ''] = line.split('\t');
      const [, kind = '', ref = ''] = /^refs\/(heads|remotes|tags)\/(.+)$/.exec(name) ?? [];
      if (ref === '' || ref.endsWith('/HEAD')) return [];
      return [{ ref, kind: kind === 'tags' ? 'tag' : 'branch', description }];
    }),
    ...commits.map((line): NamedCommit => {
      const [ref = '', description = ''] = line.split('\t');
      return { ref, kind: 'commit', description };
    }),
  ];
}

/** Id of a commit by any of its names; rejects with a sentence where there is none. */
export async function commitOf(directory: string, ref: string): Promise<string> {
  refuseOptions(ref);
  try {
    const { stdout } = await run('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { cwd: directory });
    return stdout.trim();
  } catch (error) {
    throw new Error(`git knows no commit "${ref}" here.`, { cause: error });
  }
}

/** A name that git would take for an option. */
export function refuseOptions(ref: string): void {
  if (ref.startsWith('-')) throw new Error(`"${ref}" is no name of a commit.`, { cause: 'ref' });
}

/** What was tried, and the first line of what git said of it. */
export function gitError(what: string, error: unknown): Error {
  const said = error instanceof Error && 'stderr' in error ? (String(error.stderr).trim().split('\n', 1)[0] ?? '') : '';
  return new Error(`${what}${said === '' ? '' : `: ${said}`}.`, { cause: error });
}

/** One `git cat-file --batch` for all of them. */
function readObjects(directory: string, objects: readonly string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['cat-file', '--batch'], { cwd: directory, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', () => {
      const all = Buffer.concat(chunks);
      const texts: string[] = [];
      let at = 0;
      while (at < all.length) {
        const line = all.indexOf(10, at);
        const size = Number(all.toString('latin1', at, line).split(' ')[2]);
        texts.push(all.toString('utf8', line + 1, line + 1 + size));
        at = line + 1 + size + 1;
      }
      resolve(texts);
    });
    child.stdin.end(objects.map((object) => `${object}\n`).join(''));
  });
}
