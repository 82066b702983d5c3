/** Shows of an analysis what was asked for, with paths relative to what was asked for. */
import type { Finding } from '../../core/lint/rule.ts';
import type { Project, Snapshot } from '../../core/workspace/snapshot.ts';
import type { Scope } from './scope.ts';

export interface View {
  /** Path of the analysed directory → path as shown, and back. */
  shown(path: string): string;
  analysed(path: string): string;
  includes(path: string): boolean;
  snapshot(snapshot: Snapshot): Snapshot;
  findings(findings: readonly Finding[]): readonly Finding[];
  /** Is the finding, as shown, one of this project? */
  isOf(finding: Pick<Finding, 'file' | 'project'>, project: Project): boolean;
}

export function createView({ within, base }: Scope): View {
  if (within === '') return everything;
  const includes = (path: string): boolean => path === within || path.startsWith(`${within}/`);
  const shown = (path: string): string => relativePath(base, path);
  const moved = <T>(value: T): T => withPaths(value, shown) as T;

  function rootAsShown(root: string): string | null {
    if (root === '' || within === root || within.startsWith(`${root}/`)) return '';
    return includes(root) ? shown(root) : null;
  }

  const rootOf = ({ root }: Project): string | null => rootAsShown(root);

  const projects = new WeakMap<Project, Project>();
  function projectOf(project: Project, root: string): Project {
    let seen = projects.get(project);
    if (!seen) {
      const { schema } = project;
      seen = moved({
        ...project,
        root,
        schema: {
          tables: schema.tables.filter(({ at }) => includes(at.file)),
          enums: schema.enums.filter(({ at }) => includes(at.file)),
          code: { files: schema.code.files.filter(({ file }) => includes(file)) },
          problems: schema.problems.filter(({ at }) => at === null || includes(at.file)),
        },
      });
      projects.set(project, seen);
    }
    return seen;
  }

  return {
    shown,
    analysed: (path) => joinPath(base, path),
    includes,
    isOf: (finding, project) => {
      const root = rootAsShown(project.root);
      const file = joinPath(base, finding.file);
      return root === finding.project && project.schema.code.files.some((each) => each.file === file);
    },
    snapshot: ({ projects: all, problems }) => ({
      projects: nearest(all, rootOf).map(({ project, root }) => projectOf(project, root)),
      problems: moved(problems.filter(({ at }) => at === null || includes(at.file))),
    }),
    findings: (findings) =>
      moved(findings.filter(({ file }) => includes(file))).map((finding) => ({
        ...finding,
        project: rootAsShown(finding.project) ?? '',
      })),
  };
}

const everything: View = {
  shown: (path) => path,
  analysed: (path) => path,
  includes: () => true,
  snapshot: (snapshot) => snapshot,
  findings: (findings) => findings,
  isOf: (finding, { root }) => finding.project === root,
};

/** Of the projects around the scope only the innermost holds its files. */
function nearest(
  all: readonly Project[],
  rootOf: (project: Project) => string | null,
): readonly { readonly project: Project; readonly root: string }[] {
  const seen = all.flatMap((project) => {
    const root = rootOf(project);
    return root === null ? [] : [{ project, root }];
  });
  const around = seen
    .filter(({ root }) => root === '')
    .sort((a, b) => b.project.root.length - a.project.root.length)[0];
  return seen.filter((each) => each.root !== '' || each === around);
}

/** A copy in which every `file` is renamed: all positions of the model carry their path under that name. */
function withPaths(value: unknown, rename: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withPaths(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'file' && typeof item === 'string' ? rename(item) : withPaths(item, rename),
    ]),
  );
}

function relativePath(base: string, path: string): string {
  const from = base === '' ? [] : base.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function joinPath(base: string, path: string): string {
  const parts = base === '' ? [] : base.split('/');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
