import assert from 'node:assert/strict';
import { createResolver } from '../../../../src/core/readers/shared/moduleResolution.ts';
import type { ResolverInput } from '../../../../src/core/readers/shared/moduleResolution.ts';

function resolver(files: readonly string[], more: Partial<ResolverInput> = {}) {
  return createResolver({ files: new Set(files), tsconfigs: [], packages: [], ...more });
}

describe('module resolution', () => {
  it('resolves relative imports to files, output extensions and index files', () => {
    const resolve = resolver(['a/b.ts', 'a/c/index.ts', 'a/d.tsx', 'e.d.ts', 'index.ts']);
    assert.deepEqual(resolve('a/x.ts', './b'), ['a/b.ts']);
    assert.deepEqual(resolve('a/x.ts', './b.js'), ['a/b.ts']);
    assert.deepEqual(resolve('a/x.ts', './b.ts'), ['a/b.ts']);
    assert.deepEqual(resolve('a/x.ts', './c'), ['a/c/index.ts']);
    assert.deepEqual(resolve('a/c/y.ts', '.'), ['a/c/index.ts']);
    assert.deepEqual(resolve('a/x.ts', './d'), ['a/d.tsx']);
    assert.deepEqual(resolve('a/x.ts', '../e'), ['e.d.ts']);
    assert.deepEqual(resolve('a/x.ts', '..'), ['index.ts']);
    assert.deepEqual(resolve('x.ts', '../outside'), []);
    assert.deepEqual(resolve('a/x.ts', 'typeorm'), []);
  });

  it('follows paths through extends, with comments and trailing commas', () => {
    const resolve = resolver(['libs/orders/src/order.entity.ts', 'libs/orders/src/index.ts', 'apps/api/src/main.ts'], {
      tsconfigs: [
        {
          path: 'tsconfig.base.json',
          text: `\uFEFF{ // base
            "compilerOptions": { /* , } */ "paths": { "@shop/orders": ["libs/orders/src"], "@shop/orders/*": ["./libs/orders/src/*",], "@shop/*": ["nowhere/*"], } } }`,
        },
        { path: 'apps/api/tsconfig.json', text: '{ "extends": "../../tsconfig.base", "compilerOptions": {} }' },
      ],
    });
    assert.deepEqual(resolve('apps/api/src/main.ts', '@shop/orders'), ['libs/orders/src/index.ts']);
    assert.deepEqual(resolve('apps/api/src/main.ts', '@shop/orders/order.entity'), ['libs/orders/src/order.entity.ts']);
    assert.deepEqual(resolve('apps/api/src/main.ts', '@shop/other'), []);
  });

  it('resolves paths against an inherited baseUrl, and bare modules against it too', () => {
    const resolve = resolver(['packages/api/src/users/user.ts'], {
      tsconfigs: [
        { path: 'packages/api/base.json', text: '{ "compilerOptions": { "baseUrl": "./src" } }' },
        {
          path: 'packages/api/tsconfig.json',
          text: '{ "extends": ["./base.json"], "compilerOptions": { "paths": { "~/*": ["*"] } } }',
        },
      ],
    });
    assert.deepEqual(resolve('packages/api/src/app.ts', '~/users/user'), ['packages/api/src/users/user.ts']);
    assert.deepEqual(resolve('packages/api/src/app.ts', 'users/user'), ['packages/api/src/users/user.ts']);
  });

  it('takes the nearest configuration, and survives circular and broken ones', () => {
    const resolve = resolver(['a/one.ts', 'b/one.ts'], {
      tsconfigs: [
        { path: 'tsconfig.json', text: '{ "compilerOptions": { "paths": { "#one": ["a/one"] } } }' },
        {
          path: 'b/tsconfig.json',
          text: '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "#one": ["one"] } } }',
        },
        { path: 'c/tsconfig.json', text: '{ "compilerOptions": ' },
      ],
    });
    assert.deepEqual(resolve('a/x.ts', '#one'), ['a/one.ts']);
    assert.deepEqual(resolve('b/x.ts', '#one'), ['b/one.ts']);
    assert.deepEqual(resolve('c/x.ts', '#one'), ['a/one.ts']);
  });

  it('leads to the source of a workspace package where its main is build output', () => {
    const resolve = resolver(
      ['packages/core/src/index.ts', 'packages/core/src/entity/user.ts', 'packages/core-x/index.ts'],
      {
        packages: [
          { path: 'packages/core/package.json', name: '@shop/core', main: 'dist/index.js' },
          { path: 'packages/core-x', name: '@shop/core-x', main: null },
        ],
      },
    );
    assert.deepEqual(resolve('a.ts', '@shop/core'), ['packages/core/src/index.ts']);
    assert.deepEqual(resolve('a.ts', '@shop/core/dist/entity/user'), ['packages/core/src/entity/user.ts']);
    assert.deepEqual(resolve('a.ts', '@shop/core-x'), ['packages/core-x/index.ts']);
  });
});
