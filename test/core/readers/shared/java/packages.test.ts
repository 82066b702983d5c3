import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createJavaPackages } from '../../../../../src/core/readers/shared/java/packages.ts';

const packages = createJavaPackages([
  'domain/src/main/java/shop/Order.java',
  'domain/src/main/java/shop/Customer.java',
  'legacy/src/shop/Order.java',
  'app/src/main/java/shop/web/Api.java',
  'app/src/main/resources/shop/notes.txt',
]);

describe('Packages of Java', () => {
  it('finds the file of a class, of one nested in it, and of a static import', () => {
    const from = 'domain/src/main/java/shop/web/Other.java';
    assert.deepEqual(packages.find('shop.Customer', from), ['domain/src/main/java/shop/Customer.java']);
    assert.deepEqual(packages.find('shop.Customer.Kind', from), ['domain/src/main/java/shop/Customer.java']);
    assert.deepEqual(packages.find('shop.Customer.Kind.VALUE', from), ['domain/src/main/java/shop/Customer.java']);
    assert.deepEqual(packages.find('java.util.List', from), []);
  });

  it('prefers the sources nearest to the file that asks', () => {
    assert.deepEqual(packages.find('shop.Order', 'legacy/src/shop/web/A.java'), ['legacy/src/shop/Order.java']);
    assert.deepEqual(packages.find('shop.Order', 'domain/src/main/java/x/A.java'), [
      'domain/src/main/java/shop/Order.java',
    ]);
  });

  it('finds all classes of a package', () => {
    assert.deepEqual(packages.find('shop.*', 'domain/src/main/java/x/A.java'), [
      'domain/src/main/java/shop/Order.java',
      'domain/src/main/java/shop/Customer.java',
    ]);
    assert.deepEqual(packages.find('java.util.*', 'domain/src/main/java/x/A.java'), []);
  });
});
