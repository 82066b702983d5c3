import assert from 'node:assert/strict';
import { databaseType } from '../../../src/core/dialects/types.ts';

describe('types of the engines', () => {
  it('tells FLOAT of MySQL from DOUBLE by its precision in bits', () => {
    const spelled = (name: string, ...sizes: string[]): readonly (string | number | null)[] => {
      const { type, rawType, precision, scale } = databaseType(name, sizes, 'mysql');
      return [type, rawType, precision, scale];
    };
    assert.deepEqual(spelled('float'), ['float32', 'float', null, null]);
    assert.deepEqual(spelled('float', '24'), ['float32', 'float', null, null]);
    assert.deepEqual(spelled('float', '25'), ['float64', 'double', null, null]);
    assert.deepEqual(spelled('float unsigned', '53'), ['float64', 'double unsigned', null, null]);
    // With two numbers it says how many digits are shown.
    assert.deepEqual(spelled('float', '30', '4'), ['float32', 'float', 30, 4]);
  });
});
