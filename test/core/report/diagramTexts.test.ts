/** Text formats of a diagram, each read by the parser of its own language where npm has one. */
import assert from 'node:assert/strict';
import { Parser } from '@dbml/core';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { renderD2 } from '../../../src/core/report/d2.ts';
import { renderDbml } from '../../../src/core/report/dbml.ts';
import { renderDot } from '../../../src/core/report/dot.ts';
import { renderPlantUml } from '../../../src/core/report/plantuml.ts';
import { diagramFormats, renderDiagram } from '../../../src/core/report/renderDiagram.ts';
import type { DiagramFormat } from '../../../src/core/report/renderDiagram.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';
import { emptyDiagram, nastyDiagram } from '../../support/nastyDiagram.ts';
import { shopModel } from '../../webview/models.ts';

const models: readonly (readonly [string, DiagramModel])[] = [
  ['a shop', shopModel()],
  ['a generated schema', generateDiagram({ tables: 40 })],
  ['names that are no words', nastyDiagram()],
  ['nothing', emptyDiagram],
];

/** Two columns to two: composite keys are one reference. */
function compositeModel(): DiagramModel {
  const model = shopModel();
  const edge = model.edges.find(({ id }) => id === 'stock_movement.warehouse_id')!;
  return {
    ...model,
    edges: [
      {
        ...edge,
        from: { ...edge.from, columns: ['warehouse_id', 'variant_id'] },
        to: { table: 'stock_item', columns: ['warehouse_id', 'variant_id'], cardinality: 'one' },
        onDelete: 'SET NULL',
      },
    ],
  };
}

describe('DBML of a diagram', () => {
  const parse = (text: string) => new Parser().parse(text, 'dbmlv2').schemas.map((schema) => schema);

  for (const [name, model] of models)
    it(`is what @dbml/core takes: ${name}`, () => {
      const schemas = parse(renderDbml(model));
      assert.equal(
        schemas.reduce((sum, { tables }) => sum + tables.length, 0),
        model.tables.length,
      );
    });

  it('says tables, columns, keys, enums, references and groups', () => {
    const [schema] = parse(renderDbml(shopModel()));
    assert.ok(schema !== undefined);
    const order = schema.tables.find(({ name }) => name === 'order');
    const field = (name: string) => order?.fields.find((candidate) => candidate.name === name);
    assert.deepEqual([field('id')?.pk, field('id')?.not_null, field('number')?.unique], [true, true, true]);
    assert.equal(field('cancelled_at')?.not_null, undefined);
    assert.equal(schema.enums.length, 3);
    assert.equal(schema.refs.length, shopModel().edges.length);
    const ref = schema.refs.find(({ endpoints }) => endpoints.some(({ tableName }) => tableName === 'loyalty_account'));
    assert.deepEqual(
      ref?.endpoints.map(({ relation }) => relation),
      ['1', '1'],
    );
    assert.equal(schema.tableGroups.length, 5);
    const composed = schema.tables.find(({ name }) => name === 'product_attribute');
    assert.deepEqual(
      composed?.indexes
        .filter(({ pk }) => pk)
        .map(({ columns }) => (columns as { value: string }[]).map(({ value }) => value)),
      [['product_id', 'attribute_id']],
    );
  });

  it('keeps a composite key in one reference, with its action', () => {
    const [ref] = parse(renderDbml(compositeModel()))[0]?.refs ?? [];
    assert.deepEqual(
      ref?.endpoints.map(({ fieldNames }) => fieldNames),
      [
        ['warehouse_id', 'variant_id'],
        ['warehouse_id', 'variant_id'],
      ],
    );
    assert.equal(ref.onDelete, 'set null');
  });

  it('tells tables of one name apart', () => {
    const model = generateDiagram({ tables: 1 });
    const [table] = model.tables;
    assert.ok(table);
    const twice = { ...model, tables: [table, { ...table, id: `${table.id}#2` }] };
    assert.equal(parse(renderDbml(twice))[0]?.tables.length, 2);
  });
});

describe('DOT of a diagram', () => {
  let graphviz: Graphviz;

  before(async () => {
    graphviz = await Graphviz.load();
  });

  for (const [name, model] of models)
    it(`is what Graphviz takes: ${name}`, () => {
      const drawn = JSON.parse(graphviz.layout(renderDot(model), 'json', 'nop')) as {
        objects?: { name: string; nodes?: number[] }[];
        edges?: unknown[];
      };
      const nodes = (drawn.objects ?? []).filter(({ nodes: members }) => members === undefined);
      assert.equal(nodes.length, model.tables.length);
      assert.equal(drawn.edges?.length ?? 0, model.edges.length);
    });

  it('is drawn, with lines at the rows they join', () => {
    const svg = graphviz.layout(renderDot(shopModel()), 'svg', 'dot');
    assert.match(svg, /stroke-dasharray/);
    assert.ok(svg.includes('shipping_address_id'));
    assert.match(renderDot(shopModel()), /"address":c0e:e -> "order":c3w:w \[arrowtail=teetee, arrowhead=crowodot/);
  });
});

describe('PlantUML of a diagram', () => {
  it('has an entity per table with an alias of its own, and a line per relation with the right ends', () => {
    for (const [name, model] of models) {
      const text = renderPlantUml(model);
      assert.match(text, /^@startuml\ntitle /);
      assert.ok(text.endsWith('@enduml\n'));
      const aliases = [...text.matchAll(/^ *entity "[^"\n]*" as (\w+)(?: <<[^<>\n]+>>)* \{$/gm)].map(
        ([, alias]) => alias,
      );
      assert.equal(new Set(aliases).size, model.tables.length, name);
      const relations = [...text.matchAll(/^(\w+) [|}][|o](?:--|\.\.)[o|][|{] (\w+)(?: : .*)?$/gm)];
      assert.equal(relations.length, model.edges.length, name);
      for (const [, a, b] of relations) assert.ok(aliases.includes(a) && aliases.includes(b));
      const lines = text.split('\n');
      const opened = lines.filter((line) => line.endsWith(' {'));
      assert.equal(opened.length, lines.filter((line) => line.trim() === '}').length, name);
    }
    const shop = renderPlantUml(shopModel());
    assert.match(shop, /^customer \|\|--o\| loyalty_account : customer_id$/m);
    assert.match(shop, /^payment_method \|o\.\.o\{ payment : method_id$/m);
    assert.match(shop, /^ {4}\* email : varchar\(255\) <<UK>> <<PII>>$/m);
    assert.match(shop, /entity "customer" as customer <<soft delete>> \{/);
  });
});

describe('D2 of a diagram', () => {
  it('has a sql_table per table, and a connection per relation between rows that are there', () => {
    for (const [name, model] of models) {
      const text = renderD2(model);
      assert.equal(text.split('shape: sql_table').length - 1, model.tables.length, name);
      assert.equal(
        [...text.matchAll(/^"(?:\\.|[^"\\])*"(?:\."(?:\\.|[^"\\])*")* -- /gm)].length,
        model.edges.length,
        name,
      );
    }
    const shop = renderD2(shopModel());
    assert.match(
      shop,
      /"orders"\."order"\."customer_id" -- "customers"\."customer"\."id": "customer_id" \{\n {2}source-arrowhead: \{shape: cf-many\}\n {2}target-arrowhead: \{shape: cf-one-required\}/,
    );
    assert.match(shop, /"product_id": "uuid" \{constraint: \[primary_key; foreign_key\]\}/);
  });

  it('escapes what D2 would take for its own', () => {
    const model = generateDiagram({ tables: 1 });
    const [table] = model.tables;
    assert.ok(table);
    const text = renderD2({ ...model, tables: [{ ...table, columns: [{ ...table.columns[0]!, name: 'a"${b}\\' }] }] });
    assert.ok(text.includes('"a\\"\\${b}\\\\": '), text);
  });
});

describe('diagrams in every format', () => {
  it('are written the same each time, and end with a line break', async () => {
    const model = generateDiagram({ tables: 12 });
    for (const format of Object.keys(diagramFormats) as DiagramFormat[]) {
      const options = { theme: 'light', arrangement: 'right' } as const;
      const text = await renderDiagram(model, format, options);
      assert.equal(await renderDiagram(model, format, options), text, format);
      assert.ok(text.endsWith('\n'), format);
    }
  });

  it('as JSON, hold every table with its place and every relation with its route', async () => {
    const model = generateDiagram({ tables: 12 });
    const data = JSON.parse(await renderDiagram(model, 'json', { theme: 'light', arrangement: 'right' })) as {
      version: number;
      tables: { id: string; place: { x: number } | null }[];
      relations: { id: string; route: unknown[] | null }[];
    };
    assert.equal(data.version, 1);
    assert.deepEqual(
      data.tables.map(({ id }) => id),
      model.tables.map(({ id }) => id),
    );
    assert.ok(data.tables.every(({ place }) => place !== null && Number.isFinite(place.x)));
    assert.ok(data.relations.every(({ route }) => route !== null && route.length >= 2));
  });
});
