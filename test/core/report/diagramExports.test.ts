import assert from 'node:assert/strict';
import mermaid from 'mermaid';
import { layoutDiagram } from '../../../src/core/layout/layoutDiagram.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { renderMermaid } from '../../../src/core/report/mermaid.ts';
import { renderSvg } from '../../../src/core/report/svg.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';
import { emptyDiagram, nastyDiagram } from '../../support/nastyDiagram.ts';
import { parseXml } from '../../support/parseXml.ts';

describe('SVG of a diagram', () => {
  it('is well-formed and escaped, whatever the names', async () => {
    const model = nastyDiagram();
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
    const model = nastyDiagram();
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
    assert.match(renderSvg(emptyDiagram, await layoutDiagram(emptyDiagram), 'light'), /0 tables · 0 relations/);
  });
});

describe('Mermaid of a diagram', () => {
  for (const [name, model] of [
    ['a generated schema', generateDiagram({ tables: 40 })],
    ['names that are no words', nastyDiagram()],
    ['nothing', emptyDiagram],
  ] as const)
    it(`is what mermaid's own parser takes: ${name}`, async () => {
      assert.deepEqual(await mermaid.parse(renderMermaid(model)), { diagramType: 'er', config: {} });
    });

  it('states keys, nullability, sensitive data and cardinality', () => {
    const model = nastyDiagram();
    const text = renderMermaid(model);
    assert.match(text, /^ {8}uuid id PK$/m);
    assert.match(text, /^ {8}_FK _PK UK "PK, nullable"$/m);
    assert.match(text, /^ {8}uuid ref PK, FK "secret, phi"$/m);
    assert.match(text, /\|o\.\.o\{ "other" : /);
    assert.match(text, /"other" \|\|--\|\{ "empty" : /);
  });
});
