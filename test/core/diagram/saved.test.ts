import assert from 'node:assert/strict';
import { collapsedId } from '../../../src/core/diagram/applyView.ts';
import {
  mergeSaved,
  nameProblem,
  nothingSaved,
  parseSaved,
  renderSaved,
  withBoxes,
} from '../../../src/core/diagram/saved.ts';
import type { SavedDiagram } from '../../../src/core/diagram/saved.ts';
import { plainView } from '../../../src/core/diagram/view.ts';

const saved: SavedDiagram = {
  view: { arrangement: 'down', focus: { table: 'orders', hops: 2 }, collapsed: ['billing', 'stock'], detail: 'all' },
  places: { users: [-40, 16], 'audit.log': [8, 0], orders: [120, 240], [collapsedId('billing')]: [400, 8] },
  other: {},
};

function parsed(text: string): SavedDiagram {
  const result = parseSaved(text);
  if ('problem' in result) throw new Error(result.problem);
  return result.saved;
}

function problem(text: string): string {
  const result = parseSaved(text);
  return 'problem' in result ? result.problem : '';
}

describe('saved views', () => {
  it('stand on one line per table, sorted, and come back as they were', () => {
    const text = renderSaved(saved);
    assert.equal(
      text,
      `{
  "version": 1,
  "view": {
    "arrangement": "down",
    "collapsed": ["billing", "stock"],
    "detail": "all",
    "focus": {"hops":2,"table":"orders"}
  },
  "modules": {
    "billing": [400, 8]
  },
  "tables": {
    "audit.log": [8, 0],
    "orders": [120, 240],
    "users": [-40, 16]
  }
}
`,
    );
    assert.deepEqual(parsed(text), saved);
    assert.equal(renderSaved(parsed(text)), text);
  });

  it('hold only what differs from the plain view, the level of detail excepted', () => {
    assert.equal(renderSaved({ ...nothingSaved, view: { ...plainView, foldJoins: true } }).includes('hidden'), false);
    assert.equal(renderSaved(nothingSaved), '{\n  "version": 1\n}\n');
    assert.deepEqual(parsed('{"version":1}'), nothingSaved);
  });

  it('keep fields of others, and tables with the names of properties of objects', () => {
    const text = '{"version": 1, "note": "by hand", "tables": {"__proto__": [8, 16], "constructor": [0, 0]}}';
    const again = renderSaved(parsed(text));
    assert.match(again, /"__proto__": \[8, 16\],\n {4}"constructor"/u);
    assert.match(again, /"note": "by hand"/u);
  });

  it('are refused with words where they cannot be read, instead of being taken for empty', () => {
    assert.match(problem('{'), /no valid JSON|not valid JSON/u);
    assert.match(problem('<<<<<<< HEAD\n{}\n>>>>>>> other\n'), /merge conflict/u);
    assert.match(problem('{"version": 2}'), /newer Data Engineer/u);
    assert.match(problem('{"tables": {}}'), /no "version"/u);
    assert.match(problem('[]'), /not a JSON object/u);
    assert.match(problem('{"version": 1, "tables": {"a": [1]}}'), /tables\.a/u);
    assert.match(problem('{"version": 1, "tables": {"a": [1, "2"]}}'), /tables\.a/u);
    assert.match(problem('{"version": 1, "tables": {"a": [1, 1e9]}}'), /tables\.a/u);
    assert.match(problem('{"version": 1, "view": []}'), /no object at "view"/u);
  });

  it('merge what was done here with what the file has become meanwhile', () => {
    const base: SavedDiagram = { view: { detail: 'keys' }, places: { a: [0, 0], b: [8, 8], c: [16, 16] }, other: {} };
    const here: SavedDiagram = { ...base, view: {}, places: { a: [80, 80], b: [8, 8] } };
    const there: SavedDiagram = {
      view: { detail: 'keys', foldJoins: true },
      places: { a: [1, 1], b: [88, 88], c: [16, 16], d: [24, 24] },
      other: { note: 'new' },
    };
    assert.deepEqual(mergeSaved(base, here, there), {
      view: { foldJoins: true },
      places: { a: [80, 80], b: [88, 88], d: [24, 24] },
      other: { note: 'new' },
    });
  });

  it('put the box of a collapsed module where its tables stood', () => {
    const model = { modules: [{ id: 'm', label: 'm', tables: ['a', 'b', 'new'] }] };
    const places = { a: [80, 16], b: [8, 40] } as const;
    assert.deepEqual(withBoxes(places, model, ['m'])[collapsedId('m')], [8, 16]);
    assert.equal(withBoxes(places, model, []), places);
    const moved = { ...places, [collapsedId('m')]: [0, 0] as const };
    assert.equal(withBoxes(moved, model, ['m']), moved);
  });

  it('have names that every file system takes', () => {
    assert.equal(nameProblem('Orders & billing (v2)', ['default']), null);
    assert.equal(nameProblem('Überblick', []), null);
    assert.equal(nameProblem('  ', []), 'empty');
    for (const name of ['a/b', '..', '.hidden', 'a\\b', 'con', 'NUL.x', 'a:b', 'end.', 'a\u0007'])
      assert.equal(nameProblem(name, []), 'characters', name);
    assert.equal(nameProblem('Default', ['default']), 'taken');
    assert.equal(nameProblem('x'.repeat(81), []), 'long');
  });
});
