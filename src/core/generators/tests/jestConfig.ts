/** A configuration for Jest, where the project has Jest but none: without one it can neither read TypeScript nor follow path aliases. */
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import type { TestPlan } from './testPlan.ts';
import { quoted } from './values.ts';

export function jestConfig(project: ProjectPlan, { framework, root, suffix }: TestPlan): Draft[] {
  const { files } = project.request;
  const configured =
    files.paths.some((path) => /(?:^|\/)jest\.config\.[cm]?(?:[jt]s|json)$/u.test(path)) ||
    /^\s*"jest"\s*:\s*\{/mu.test(files.read('package.json') ?? '');
  if (framework !== 'jest' || configured) return [];
  const config = files.read('tsconfig.json') ?? '';
  // ts-jest advises `isolatedModules` for these module kinds, which would leave types unchecked.
  const hybrid = /"module"\s*:\s*"node(?:16|18|20|next)"/iu.test(config);
  const transform = hybrid ? `['ts-jest', { diagnostics: { ignoreCodes: [151002] } }]` : `'ts-jest'`;
  const mapping = aliases(project);
  const text = `/** @type {import('jest').Config} */
export default {
  roots: ['<rootDir>/${root ?? 'src'}'],
  testEnvironment: 'node',
  testRegex: '\\\\${suffix}\\\\.ts$',
  transform: { '^.+\\\\.ts$': ${transform} },
${mapping.length === 0 ? '' : `  moduleNameMapper: {\n${mapping.join('\n')}\n  },\n`}};
`;
  return [{ path: 'jest.config.mjs', text }];
}

/** The longest alias first: `@shop/common/*` before `@shop/*`. */
function aliases({ tsconfigs }: ProjectPlan): string[] {
  const paths = tsconfigs.flatMap((each) => each.paths).toSorted((a, b) => b.pattern.length - a.pattern.length);
  const known = new Set<string>();
  return paths.flatMap(({ pattern, targets }) => {
    const [target] = targets;
    if (target === undefined || known.has(pattern)) return [];
    known.add(pattern);
    const key = `^${pattern
      .replace(/[.\\/+?^$()[\]{}|]/gu, '\\$&')
      .replace(/\\\//gu, '/')
      .replace('*', '(.*)')}$`;
    return [`    ${quoted(key)}: ${quoted(`<rootDir>/${target.replace(/^\.\//u, '').replace('*', '$1')}`)},`];
  });
}
