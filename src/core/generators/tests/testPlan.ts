/** How the project tests: framework, where test files lie and how they are called, as its own tests show. */
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { roleFileName, sharedPath } from '../endpoints/sharedFiles.ts';

export const frameworks = ['jest', 'vitest', 'mocha'] as const;

export type TestFramework = (typeof frameworks)[number];

export interface TestPlan {
  readonly framework: TestFramework;
  /** Folder that mirrors the sources; null = tests lie beside what they test. */
  readonly root: string | null;
  readonly suffix: '.spec' | '.test';
  /** Titles of tests begin with "should". */
  readonly should: boolean;
}

const testFile = /\.(spec|test)\.[cm]?tsx?$/u;

export function planTests(project: ProjectPlan): TestPlan {
  const { files, profile } = project.request;
  const known =
    frameworks.find((each) => profile.testFrameworks.includes(each)) ??
    frameworks.find((each) => project.manifest.has(each));
  const existing = files.paths.filter((path) => testFile.test(path));
  const rooted = existing.filter((path) => /^tests?\//u.test(path));
  const beside = existing.length - rooted.length;
  const root = rooted.length > beside ? (rooted[0]?.split('/')[0] ?? 'test') : null;
  const specs = existing.filter((path) => /\.spec\.[cm]?tsx?$/u.test(path)).length;
  const titled = files.paths.filter((path) => /[.-](?:spec|test)\.[cm]?tsx?$/u.test(path));
  const titles = titled.flatMap((path) =>
    [...(files.read(path) ?? '').matchAll(/\bit\(\s*['"`](\w+)/gu)].map(([, word]) => word),
  );
  return {
    framework: known ?? 'jest',
    root: existing.length === 0 && project.framework === 'express' ? 'test' : root,
    suffix:
      existing.length === 0
        ? project.framework === 'nestjs'
          ? '.spec'
          : '.test'
        : specs * 2 >= existing.length
          ? '.spec'
          : '.test',
    should: titles.length > 0 && titles.filter((word) => word === 'should').length * 2 > titles.length,
  };
}

/** `src/catalog/brands.service.spec.ts`, `test/services/SiteService.test.ts`. */
export function testPathOf({ root, suffix }: TestPlan, source: string): string {
  const named = source.replace(/(\.[cm]?ts)$/u, `${suffix}$1`);
  return root === null ? named : `${root}/${named.replace(/^src\//u, '')}`;
}

/** File that tests share: `src/common/test/test-database.ts`, `test/support/testDatabase.ts`. */
export function testSupportPath(project: ProjectPlan, { root }: TestPlan, words: readonly string[]): string {
  return root === null ? sharedPath(project, 'test', words) : `${root}/support/${roleFileName(project, words)}`;
}

export function factoryPath(project: ProjectPlan, { root }: TestPlan, entity: EntityPlan): string {
  const name = roleFileName(project, entity.names.kebab.split('-'), 'factory');
  return root === null ? `${entity.folder}/test/${name}` : `${root}/factories/${name}`;
}

/** The words of the framework: hooks and assertions as statements without their semicolon. */
export interface TestWords {
  readonly beforeAll: string;
  readonly afterAll: string;
  /** Imports what is not global. */
  import(imports: Imports): void;
  equal(actual: string, expected: string): string;
  /** Both are numbers. */
  atMost(actual: string, most: string): string;
  rejects(promise: string, error: string): string;
  /** Title of a test: `it('finds what it has created'`; verbs are given in both forms. */
  it(verb: readonly [third: string, base: string], rest: string): string;
}

export function testWords(project: ProjectPlan, { framework, should }: TestPlan): TestWords {
  const it: TestWords['it'] = ([third, base], rest) => `it('${should ? `should ${base}` : third} ${rest}'`;
  if (framework === 'mocha')
    return {
      beforeAll: 'before',
      afterAll: 'after',
      import: (imports) => imports.useDefault('node:assert/strict', 'assert'),
      equal: (actual, expected) =>
        `assert.${/^(?:true|false|null|[\d'"])/u.test(expected) ? 'equal' : 'deepEqual'}(${actual}, ${expected})`,
      atMost: (actual, most) => `assert.ok(${actual} <= ${most})`,
      rejects: (promise, error) => `await assert.rejects(${promise}, ${error})`,
      it,
    };
  return {
    beforeAll: 'beforeAll',
    afterAll: 'afterAll',
    import(imports) {
      const words = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it'];
      if (framework === 'vitest') imports.use('vitest', ...words);
      else if (!project.manifest.has('@types/jest')) imports.use('@jest/globals', ...words);
    },
    equal(actual, expected) {
      if (expected === 'null') return `expect(${actual}).toBeNull()`;
      return `expect(${actual}).${/^(?:true|false|[\d'"])/u.test(expected) ? 'toBe' : 'toEqual'}(${expected})`;
    },
    atMost: (actual, most) => `expect(${actual}).toBeLessThanOrEqual(${most})`,
    rejects: (promise, error) => `await expect(${promise}).rejects.toThrow(${error})`,
    it,
  };
}
