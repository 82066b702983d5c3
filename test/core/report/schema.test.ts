import assert from 'node:assert/strict';
import { renderSchemaJson } from '../../../src/core/report/schemaJson.ts';
import { renderSchemaText } from '../../../src/core/report/schemaText.ts';
import { alignRows, plainStyle } from '../../../src/core/report/style.ts';
import type { Snapshot } from '../../../src/core/workspace/snapshot.ts';
import { openWorkspace, filesOf } from '../workspace/support.ts';

async function snapshot(): Promise<Snapshot> {
  const workspace = openWorkspace();
  return workspace.apply(
    filesOf({
      'api/package.json': '{ "name": "api" }',
      'api/.data-engineer.json': '{ "dialect": "mysql", "rulez": {} }',
      'api/user.ts': '// @Table\nexport class User { id: string; email: string; }',
      'broken/x.ts': 'class {',
    }),
  );
}

describe('schema as JSON', () => {
  it('has the public shape, and no more than it', async () => {
    const json = JSON.parse(renderSchemaJson(await snapshot())) as unknown;
    assert.deepEqual(json, {
      version: 1,
      projects: [
        {
          root: 'api',
          dialect: 'mysql',
          profile: (json as { projects: { profile: unknown }[] }).projects[0]?.profile,
          tables: [
            {
              ...{ name: 'user', namespace: null, entity: 'User', reader: 'class', kind: 'table' },
              columns: ['id', 'email'].map((name, index) => ({
                ...{ name, property: name, type: 'string', rawType: 'mysql', nullable: false, default: null },
                ...{ generated: null, at: { file: 'api/user.ts', line: 2, column: 21 + index * 12 } },
              })),
              ...{ primaryKey: [], uniques: [], indexes: [], foreignKeys: [], relations: [] },
              at: { file: 'api/user.ts', line: 1, column: 1 },
            },
          ],
          enums: [],
          problems: [
            {
              code: 'invalid-setting',
              severity: 'warning',
              message: 'There is no setting "rulez" (did you mean "rules"?).',
              at: { file: 'api/.data-engineer.json', line: 1, column: 23 },
            },
          ],
        },
      ],
      problems: [
        {
          code: 'syntax-error',
          severity: 'warning',
          message: 'There is a syntax error.',
          at: { file: 'broken/x.ts', line: 1, column: 1 },
        },
      ],
    });
  });
});

describe('schema as text', () => {
  it('shows projects, tables, columns and problems', async () => {
    const text = renderSchemaText(await snapshot(), plainStyle);
    assert.match(text, /^api {2}MySQL/u);
    assert.match(text, /1 table · 2 columns · 0 relations/u);
    assert.match(text, /\nuser {2}User {2}api\/user\.ts:1\n {2}id +mysql\n {2}email +mysql +pii\n/u);
    assert.match(text, /! There is no setting "rulez"[^\n]* {2}api\/\.data-engineer\.json:1:23\n/u);
    assert.match(text, /! There is a syntax error\. {2}broken\/x\.ts:1:1\n/u);
    assert.match(text, /\n1 table in 1 project, 2 problems\.\n$/u);
  });

  it('says so where there is nothing', () => {
    assert.equal(renderSchemaText({ projects: [], problems: [] }, plainStyle), 'No tables found.\n');
  });

  it('aligns cells, leaves out empty columns, and lets one long cell not widen all', () => {
    const cell = (text: string) => ({ text });
    assert.deepEqual(
      alignRows([
        [cell('a'), cell(''), cell('x'), cell('y')],
        [cell('bbb'), cell(''), cell('x'.repeat(60)), cell('z')],
        [cell(''), cell(''), cell('w'), cell('')],
      ]),
      ['a    x  y', `bbb  ${'x'.repeat(60)}  z`, '     w'],
    );
  });
});
