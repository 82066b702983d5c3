import assert from 'node:assert/strict';
import mermaid from 'mermaid';
import type { DiagramColumn, DiagramModel, DiagramTable } from '../../../src/core/diagram/model.ts';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { renderMermaid } from '../../../src/core/report/mermaid.ts';
import { renderSvg } from '../../../src/core/report/svg.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';
import { parseXml } from '../../support/parseXml.ts';

const at = { file: 'a.ts', line: 1, column: 1, endLine: 1, endColumn: 2 };

/** Everything that a name, a type, a comment or a message can hold. */
const nasty = 'a<b>&"\'%{}\\ ]]> \u0000\uD800 数 😀\nsecond line';

function nastyModel(): DiagramModel {
  const column = (name: string, given: Partial<DiagramColumn> = {}): DiagramColumn => ({
    name,
    type: 'uuid',
    nullable: false,
    badges: [],
    severity: null,
    enum: null,
    default: null,
    comment: null,
    at,
    ...given,
  });
  const table = (id: string, columns: readonly DiagramColumn[], given: Partial<DiagramTable> = {}): DiagramTable => ({
    id,
    name: id,
    namespace: null,
    entity: nasty,
    kind: 'table',
    module: 'm',
    columns,
    indexes: [],
    findings: [],
    softDelete: true,
    comment: nasty,
    at,
    ...given,
  });
  const finding = { rule: 'r', message: nasty, severity: 'error' as const, column: null, at };
  return {
    project: '',
    title: nasty,
    tables: [
      table(nasty, [
        column('id', { badges: ['pk', 'index'] }),
        column(nasty, { type: "enum('a','b')", badges: ['pan'], severity: 'warning' }),
        column('PK', { type: 'FK', nullable: true, badges: ['unique'] }),
        column('1st', { type: 'numeric(12,2)' }),
        column('fk', { type: 'uk-x' }),
        column('', { type: '' }),
      ]),
      table('other', [column('ref', { badges: ['pk', 'fk', 'secret', 'phi'] })], { kind: 'view', findings: [finding] }),
      table('empty', [], { module: 'n' }),
    ],
    edges: [
      {
        id: 'e1',
        from: { table: 'other', columns: ['ref'], cardinality: 'many' },
        to: { table: nasty, columns: ['id'], cardinality: 'zero-or-one' },
        label: nasty,
        enforced: false,
        onDelete: null,
        through: null,
        at,
      },
      {
        id: 'e2',
        from: { table: 'empty', columns: [], cardinality: 'one-or-many' },
        to: { table: 'other', columns: ['ref'], cardinality: 'one' },
        label: '',
        enforced: true,
        onDelete: 'CASCADE',
        through: null,
        at,
      },
    ],
    enums: [],
    modules: [
      { id: 'm', label: nasty, tables: [nasty, 'other'] },
      { id: 'n', label: 'n', tables: ['empty'] },
    ],
  };
}

const none: DiagramModel = { project: '', title: 'none', tables: [], edges: [], modules: [], enums: [] };

describe('SVG of a diagram', () => {
  it('is well-formed and escaped, whatever the names', async () => {
    const model = nastyModel();
    for (const theme of ['light', 'dark'] as const) {
      const svg = parseXml(renderSvg(model, await layoutDiagram(model), theme));
      const texts = svg.filter(({ name }) => name === 'text').map(({ text }) => text);
      assert.ok(texts.some((text) => text.startsWith('a<b>&"\'%{}\\')));
      assert.ok(!svg.some(({ name }) => name === 'script' || name === 'image' || name === 'foreignObject'));
    }
  });

  it('stands alone: nothing in it points outside, nothing can run', async () => {
    const model = generateDiagram({ tables: 20 });
    const svg = parseXml(renderSvg(model, await layoutDiagram(model), 'light'));
    const ids = new Set(svg.flatMap(({ attributes }) => attributes.get('id') ?? []));
    for (const { attributes } of svg)
      for (const [name, value] of attributes) {
        assert.doesNotMatch(name, /^on/);
        if (name === 'href') assert.ok(value.startsWith('#') && ids.has(value.slice(1)), value);
        else if (name !== 'xmlns') assert.doesNotMatch(value, /https?:|url\(|javascript:/);
      }
  });

  it('shows every table, column and relation, once', async () => {
    const model = generateDiagram({ tables: 20 });
    const svg = parseXml(renderSvg(model, await layoutDiagram(model), 'light'));
    const lines = svg.filter(({ attributes }) => attributes.get('class')?.startsWith('l') && attributes.has('d'));
    const enforced = model.edges.filter((edge) => edge.enforced).length;
    assert.equal(lines.length, enforced + 2 * (model.edges.length - enforced) + model.tables.length);
    const texts = svg.filter(({ name }) => name === 'text').map(({ text }) => text);
    for (const table of model.tables) assert.equal(texts.filter((text) => text === table.name).length, 1);
    assert.equal(texts.filter((text) => text === 'id').length, model.tables.length);
  });

  it('is named and described for screen readers, with what it holds', async () => {
    const model = nastyModel();
    const svg = parseXml(renderSvg(model, await layoutDiagram(model), 'light'));
    assert.equal(svg[0]?.attributes.get('role'), 'img');
    assert.equal(svg[0].attributes.get('aria-labelledby'), 'title desc');
    assert.match(svg.find(({ name }) => name === 'desc')?.text ?? '', /3 tables · 2 relations · 1 finding\. Tables: /);
  });

  it('of 1,000 tables is smaller than 5 MB', () => {
    const model = generateDiagram({ tables: 1000 });
    assert.ok(renderSvg(model, placeQuickly(model), 'light').length < 5_000_000);
  });

  it('of nothing is a picture that says so', async () => {
    assert.match(renderSvg(none, await layoutDiagram(none), 'light'), /0 tables · 0 relations/);
  });
});

describe('Mermaid of a diagram', () => {
  for (const [name, model] of [
    ['a generated schema', generateDiagram({ tables: 40 })],
    ['names that are no words', nastyModel()],
    ['nothing', none],
  ] as const)
    it(`is what mermaid's own parser takes: ${name}`, async () => {
      assert.deepEqual(await mermaid.parse(renderMermaid(model)), { diagramType: 'er', config: {} });
    });

  it('states keys, nullability, sensitive data and cardinality', () => {
    const model = nastyModel();
    const text = renderMermaid(model);
    assert.match(text, /^ {8}uuid id PK$/m);
    assert.match(text, /^ {8}_FK _PK UK "PK, nullable"$/m);
    assert.match(text, /^ {8}uuid ref PK, FK "secret, phi"$/m);
    assert.match(text, /\|o\.\.o\{ "other" : /);
    assert.match(text, /"other" \|\|--\|\{ "empty" : /);
  });
});
