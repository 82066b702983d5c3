import assert from 'node:assert/strict';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import type { DiagramLayout } from '../../../src/core/layout/layout.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { nothingSaved } from '../../../src/core/diagram/saved.ts';
import type { SavedDiagram } from '../../../src/core/diagram/saved.ts';
import type { SavedView } from '../../../src/protocol/webview.ts';
import { initialState, reduce, savedOf } from '../../../webview/state/diagramState.ts';
import type { DiagramState, PlacedDiagram } from '../../../webview/state/diagramState.ts';
import { atDetail } from '../../../src/core/diagram/detail.ts';
import { heldModules } from '../../../webview/state/heldModules.ts';
import { structureKey } from '../../../webview/state/structure.ts';
import { parseWebviewState } from '../../../webview/state/persistence.ts';
import { modelMessage } from '../diagramPage.ts';
import { shopModel, smallModel } from '../models.ts';

function withModel(model: DiagramModel, state = initialState(null)): DiagramState {
  const message = modelMessage(model);
  assert.equal(message.type, 'model');
  return reduce(state, message);
}

function placed(state: DiagramState, quality: PlacedDiagram['quality'], layout?: DiagramLayout): DiagramState {
  const model = state.shown!;
  return reduce(state, {
    type: 'placed',
    placed: { model, structure: state.structure, layout: layout ?? placeQuickly(model), quality },
  });
}

function changed(model: DiagramModel, id: string, change: Partial<DiagramModel['tables'][number]>): DiagramModel {
  return { ...model, tables: model.tables.map((table) => (table.id === id ? { ...table, ...change } : table)) };
}

describe('webview/state/diagramState', () => {
  it('waits for a model, then is ready; a model without tables is empty', () => {
    assert.equal(initialState(null).status, 'loading');
    assert.equal(withModel(smallModel()).status, 'ready');
    assert.equal(withModel({ ...smallModel(), tables: [], edges: [], modules: [] }).status, 'empty');
  });

  it('leaves what a saved view was focused on behind when the default view is chosen, and takes it into a new one', () => {
    const project = modelMessage(smallModel());
    assert.equal(project.type, 'model');
    const told = (name: string, view: SavedDiagram['view']): SavedView => ({
      type: 'saved',
      project: project.project,
      name,
      names: ['default', 'money'],
      exists: true,
      saved: { ...nothingSaved, view },
      problem: null,
    });
    const focus = { table: 'order', hops: 1 };
    const start = reduce(withModel(smallModel()), told('default', {}));
    const focused = reduce(start, { type: 'view', change: { focus } });
    assert.equal(savedOf(focused).view.focus, null);
    const created = savedOf(focused, true);
    assert.deepEqual(created.view.focus, focus);
    const money = reduce(focused, told('money', created.view));
    assert.deepEqual(money.view.focus, focus);
    const back = reduce(money, told('default', {}));
    assert.equal(back.view.focus, null);
    assert.equal(back.shown?.tables.length, smallModel().tables.length);
  });

  it('never replaces a final layout by a quick one of the same structure', () => {
    const final = placed(withModel(smallModel()), 'final');
    assert.equal(placed(final, 'quick'), final);
  });

  it('drops a layout of a model that is no longer shown', () => {
    const state = withModel(smallModel());
    const stale = reduce(state, {
      type: 'placed',
      placed: { model: shopModel(), structure: 'other', layout: placeQuickly(shopModel()), quality: 'final' },
    });
    assert.equal(stale, state);
  });

  it('keeps positions, and shows the new words, when an edit changes words alone', () => {
    const before = placed(withModel(smallModel()), 'final');
    const after = withModel(changed(smallModel(), 'order', { comment: 'A purchase.', findings: [] }), before);
    assert.equal(after.layout?.layout, before.layout?.layout);
    assert.equal(after.layout?.model.tables.find(({ id }) => id === 'order')?.comment, 'A purchase.');
    assert.equal(after.layout.structure, after.structure);
  });

  it('keeps drawing the old positions until the layout of a changed structure is there', () => {
    const before = placed(withModel(smallModel()), 'final');
    const order = smallModel().tables.find(({ id }) => id === 'order')!;
    const after = withModel(changed(smallModel(), 'order', { columns: order.columns.slice(1) }), before);
    assert.notEqual(after.structure, before.structure);
    assert.equal(after.layout, before.layout);
  });

  it('drops the layout with another project, and the selection with its table', () => {
    const before = reduce(placed(withModel(smallModel()), 'final'), { type: 'select', table: 'order' });
    const elsewhere = reduce(before, { type: 'model', model: smallModel(), projects: [], project: 'other' });
    assert.equal(elsewhere.layout, null);
    const without = withModel(
      { ...smallModel(), tables: smallModel().tables.filter(({ id }) => id !== 'order') },
      before,
    );
    assert.equal(without.selected, null);
  });

  it('selects only tables that exist', () => {
    assert.equal(reduce(withModel(smallModel()), { type: 'select', table: 'nothing' }).selected, null);
  });

  it('opens small diagrams with all columns and larger ones with keys, unless the user has chosen', () => {
    const large = shopModel();
    const message = modelMessage(large);
    assert.equal(message.type, 'model');
    assert.equal(withModel(smallModel()).view.detail, 'all');
    assert.equal(withModel(large).view.detail, 'keys');
    assert.ok(
      withModel(large).shown!.tables.every(
        ({ columns }, index) => columns.length <= large.tables[index]!.columns.length,
      ),
    );
    const saved = { project: message.project, zoom: null, selected: null, detail: 'all' as const };
    assert.equal(withModel(large, initialState(saved)).view.detail, 'all');
    const chosen = reduce(withModel(large), { type: 'detail', detail: 'keys' });
    assert.equal(chosen.chosenDetail, 'keys');
    assert.equal(withModel(smallModel(), chosen).view.detail, 'keys');
  });

  it('keeps the level of detail when an edit adds a table too many', () => {
    const before = withModel(smallModel());
    assert.equal(withModel(shopModel(), before).view.detail, 'all');
    const message = modelMessage(shopModel());
    assert.equal(message.type, 'model');
    assert.equal(reduce(before, { ...message, project: 'other' }).view.detail, 'keys');
  });

  it('changes structure with the level of detail', () => {
    const state = withModel(smallModel());
    const names = reduce(state, { type: 'detail', detail: 'names' });
    assert.notEqual(names.structure, state.structure);
    assert.ok(names.shown?.tables.every(({ columns }) => columns.length === 0));
    assert.equal(names.model, state.model);
  });

  it('holds the modules where they are when one changes', () => {
    const model = shopModel();
    const before = placed(withModel(model), 'final');
    const next = withModel(changed(model, 'brand', { name: 'brand_of_the_shop' }), before);
    assert.notEqual(next.structure, before.structure);
    const frames = before.layout!.layout.modules;
    assert.ok(frames.length > 3);
    assert.deepEqual(heldModules(next, next.shown!), Object.fromEntries(frames.map(({ id, x, y }) => [id, [x, y]])));
    // What has only just been put somewhere may go anywhere.
    assert.deepEqual(heldModules(placed(withModel(model), 'quick'), model), {});
    const all = changed({ ...model, modules: [] }, 'brand', { module: 'other' });
    const others = { ...all, tables: all.tables.map((table) => ({ ...table, module: `${table.module} of another` })) };
    assert.deepEqual(heldModules(before, others), {});
  });
});

describe('what a view changes', () => {
  it('lays out anew what is left, without keeping old places', () => {
    const before = placed(withModel(shopModel()), 'final');
    const filtered = reduce(before, { type: 'view', change: { hiddenModules: ['catalogue', 'orders'] } });
    assert.equal(
      filtered.shown?.tables.some(({ module }) => module === 'orders'),
      false,
    );
    assert.notEqual(filtered.structure, before.structure);
    const fresh = placeQuickly(filtered.shown);
    assert.deepEqual(heldModules(filtered, filtered.shown), {});
    assert.deepEqual(placed(filtered, 'final', fresh).layout?.layout, fresh);
  });

  it('is another structure for another arrangement of the same tables', () => {
    const before = withModel(shopModel());
    const down = reduce(before, { type: 'view', change: { arrangement: 'down' } });
    assert.notEqual(down.structure, before.structure);
    assert.deepEqual(down.shown, before.shown);
  });

  it('stays with edits, and is gone with another project but for the folding', () => {
    const change = { hiddenModules: ['orders'], foldJoins: true };
    const filtered = reduce(withModel(shopModel()), { type: 'view', change });
    assert.deepEqual(withModel(shopModel(), filtered).view.hiddenModules, ['orders']);
    const message = modelMessage(shopModel());
    assert.equal(message.type, 'model');
    const other = reduce(filtered, { ...message, project: 'other' });
    assert.deepEqual([other.view.hiddenModules, other.view.foldJoins], [[], true]);
  });
});

describe('webview/state/structure', () => {
  it('depends on names, columns and edges, not on findings, comments or positions in the source', () => {
    const model = smallModel();
    const key = structureKey(model);
    assert.equal(structureKey(changed(model, 'order', { comment: 'x', findings: [], at: model.tables[0]!.at })), key);
    assert.notEqual(structureKey(changed(model, 'order', { name: 'orders_of_the_whole_company_since_1990' })), key);
    assert.notEqual(structureKey({ ...model, edges: model.edges.slice(1) }), key);
  });
});

describe('webview/state/detail', () => {
  it('keeps keys and the columns that edges join', () => {
    const keys = atDetail(smallModel(), 'keys');
    const order = keys.tables.find(({ id }) => id === 'order')!;
    assert.deepEqual(
      order.columns.map(({ name }) => name),
      ['id', 'number', 'customer_id', 'shipping_address_id', 'billing_address_id'],
    );
    assert.deepEqual(keys.edges, smallModel().edges);
  });

  it('lets edges end at the header where rows are gone', () => {
    const names = atDetail(smallModel(), 'names');
    assert.ok(names.edges.length > 0);
    assert.ok(names.edges.every(({ from, to }) => from.columns.length === 0 && to.columns.length === 0));
  });

  it('gives the model itself with all columns', () => {
    const model = smallModel();
    assert.equal(atDetail(model, 'all'), model);
  });
});

describe('webview/state/persistence', () => {
  const saved = {
    project: 'p',
    zoom: { x: 1, y: 2, k: 0.5 },
    selected: 'order',
    detail: 'keys',
    panel: false,
    minimap: false,
    follow: true,
  };

  it('reads back what was saved', () => {
    assert.deepEqual(parseWebviewState(structuredClone(saved)), saved);
  });

  it('takes nothing it cannot trust', () => {
    for (const wrong of [null, undefined, 3, 'x', {}, { project: 4 }]) assert.equal(parseWebviewState(wrong), null);
    assert.equal(parseWebviewState({ ...saved, zoom: { x: 1, y: null, k: 1 } })?.zoom, null);
    assert.equal(parseWebviewState({ ...saved, zoom: { x: 1, y: 1, k: 0 } })?.zoom, null);
    assert.equal(parseWebviewState({ ...saved, detail: 'everything' })?.detail, undefined);
    assert.equal(parseWebviewState({ ...saved, selected: 7 })?.selected, null);
  });
});
