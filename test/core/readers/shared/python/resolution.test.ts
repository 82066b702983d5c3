import assert from 'node:assert/strict';
import { createPythonResolver, importedModules } from '../../../../../src/core/readers/shared/python/resolution.ts';

describe('resolution of Python modules', () => {
  it('finds relative modules, packages and their parents', () => {
    const resolve = createPythonResolver(
      new Set(['app/__init__.py', 'app/models/__init__.py', 'app/models/user.py', 'app/db.py']),
    );
    assert.deepEqual(resolve('app/models/user.py', '.'), ['app/models/__init__.py']);
    assert.deepEqual(resolve('app/models/__init__.py', '.user'), ['app/models/user.py']);
    assert.deepEqual(resolve('app/models/user.py', '..db'), ['app/db.py']);
    assert.deepEqual(resolve('app/models/user.py', '..'), ['app/__init__.py']);
    assert.deepEqual(resolve('app/models/user.py', '....db'), []);
  });

  it('tries the folders above that are no packages, source folders and packages elsewhere', () => {
    const resolve = createPythonResolver(
      new Set([
        'backend/src/shop/__init__.py',
        'backend/src/shop/models.py',
        'backend/src/shop/json.py',
        'backend/src/shop/api/__init__.py',
        'backend/src/shop/api/views.py',
        'backend/tests/test_shop.py',
        'other/shop/__init__.py',
        'other/shop/models.py',
        'scripts/run.py',
        'plain/core/settings.py',
        'plain/main.py',
      ]),
    );
    assert.deepEqual(resolve('backend/src/shop/api/views.py', 'shop.models'), ['backend/src/shop/models.py']);
    assert.deepEqual(resolve('backend/src/shop/api/views.py', 'json'), []);
    assert.deepEqual(resolve('backend/tests/test_shop.py', 'shop.models'), ['backend/src/shop/models.py']);
    assert.deepEqual(resolve('other/shop/models.py', 'shop'), ['other/shop/__init__.py']);
    assert.deepEqual(resolve('plain/main.py', 'core.settings'), ['plain/core/settings.py']);
    assert.deepEqual(resolve('scripts/run.py', 'sqlalchemy.orm'), []);
  });

  it('tells the modules of a text that is not parsed', () => {
    assert.deepEqual(
      importedModules(
        'from app import (\n  models, # all\n  db as d,\n)\nimport os.path, sqlalchemy as sa\nfrom . import x\nfrom .y import *\nx = "import z"\n',
      ),
      ['app', 'app.models', 'app.db', 'os.path', 'sqlalchemy', '.', '.x', '.y'],
    );
  });
});
