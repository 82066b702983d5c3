import assert from 'node:assert/strict';
import { rules } from '../../../src/core/lint/registry.ts';
import { renderGithub } from '../../../src/core/report/github.ts';
import { renderFindingsJson } from '../../../src/core/report/json.ts';
import { renderSarif } from '../../../src/core/report/sarif.ts';
import { plainStyle, terminalStyle } from '../../../src/core/report/style.ts';
import { renderFindingsText } from '../../../src/core/report/text.ts';
import { findingOf, rangeOf } from './support.ts';
import { validateSarif } from './sarifSchema.ts';

describe('findings as text', () => {
  const source = 'class Order {\n\tuser: User;\r\n}\n';
  const textOf = (file: string): string | undefined => (file === 'src/order.entity.ts' ? source : undefined);

  it('come by file, with the line, what it rests on, and the fix', () => {
    const findings = [
      findingOf({ range: rangeOf('src/order.entity.ts', 2, 2) }),
      findingOf({ range: rangeOf('z.ts', 9, 1), severity: 'error', evidence: [], fixes: [] }),
    ];
    assert.equal(
      renderFindingsText(findings, { style: plainStyle, textOf }),
      `src/order.entity.ts

  2:2  warning  Foreign key userId has no index: 100% of deletes scan, a:b  missing-foreign-key-index IDX001
    1 │ class Order {
    2 │   user: User;
      │   ^^^^
    · orders(userId) refers to users(id).  src/user entity.ts:7:1
    · PostgreSQL creates none.
    fix Add an index

z.ts

  9:1  error  Foreign key userId has no index: 100% of deletes scan, a:b  missing-foreign-key-index IDX001

2 findings in 2 files: 1 error, 1 warning
`,
    );
  });

  it('are the same words in colour', () => {
    const findings = [findingOf()];
    const coloured = renderFindingsText(findings, { style: terminalStyle, textOf });
    // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
    const bare = coloured.replace(/\u001b\[\d+m/gu, '');
    assert.notEqual(coloured, bare);
    assert.equal(bare, renderFindingsText(findings, { style: plainStyle, textOf }));
  });

  it('say so where there are none', () => {
    assert.equal(renderFindingsText([], { style: plainStyle, textOf }), 'No findings.\n');
  });

  it('survive a range beyond the text, and lines of any length', () => {
    for (const range of [
      rangeOf('src/order.entity.ts', 99, 1),
      rangeOf('src/order.entity.ts', 2, 500),
      { ...rangeOf('src/order.entity.ts', 1, 1), endLine: 3, endColumn: 2 },
    ])
      assert.match(renderFindingsText([findingOf({ range })], { style: plainStyle, textOf }), /1 finding in 1 file/u);
    const long = renderFindingsText([findingOf()], { style: plainStyle, textOf: () => `\n${'x'.repeat(100_000)}` });
    assert.ok(long.length < 2000);
  });
});

describe('findings as JSON', () => {
  it('are a list with all there is to know', () => {
    const [finding] = JSON.parse(renderFindingsJson([findingOf()])) as Record<string, unknown>[];
    assert.deepEqual(finding, {
      rule: 'missing-foreign-key-index',
      code: 'IDX001',
      severity: 'warning',
      message: 'Foreign key userId has no index: 100% of deletes scan, a:b',
      file: 'src/order.entity.ts',
      range: { line: 2, column: 3, endLine: 2, endColumn: 7 },
      project: '',
      table: 'orders',
      evidence: [
        {
          message: 'orders(userId) refers to users(id).',
          at: { file: 'src/user entity.ts', line: 7, column: 1, endLine: 7, endColumn: 5 },
        },
        { message: 'PostgreSQL creates none.', at: null },
      ],
      fixes: [{ title: 'Add an index', preferred: true, change: null, edits: [] }],
    });
    assert.equal(renderFindingsJson([]), '[]\n');
  });
});

describe('findings for GitHub', () => {
  it('are workflow commands with everything escaped', () => {
    const range = rangeOf('a,b:c%.ts', 3, 1);
    assert.equal(
      renderGithub([findingOf({ range, message: 'One\nTwo 5%' }), findingOf({ severity: 'info' })]),
      '::warning file=a%2Cb%3Ac%25.ts,line=3,endLine=3,col=1,endColumn=5,title=IDX001 missing-foreign-key-index::One%0ATwo 5%25\n' +
        '::notice file=src/order.entity.ts,line=2,endLine=2,col=3,endColumn=7,title=IDX001 missing-foreign-key-index::Foreign key userId has no index: 100%25 of deletes scan, a:b\n',
    );
  });
});

describe('findings as SARIF', () => {
  interface Log {
    readonly runs: readonly {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly locations: readonly unknown[];
        readonly relatedLocations?: readonly unknown[];
      }[];
    }[];
  }
  const render = (findings: Parameters<typeof renderSarif>[0]): Log =>
    JSON.parse(renderSarif(findings, { rules, version: '1.2.3' })) as Log;

  it('keep to the structure of SARIF 2.1.0', () => {
    assert.deepEqual(validateSarif(render([findingOf(), findingOf({ severity: 'error', evidence: [] })])), []);
    assert.deepEqual(validateSarif(render([])), []);
    assert.notDeepEqual(
      validateSarif({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [{ level: 'bad' }] }] }),
      [],
    );
  });

  it('name the rule, its help, the place and what is related', () => {
    const [run] = render([findingOf()]).runs;
    const [result] = run?.results ?? [];
    const rule = run?.tool.driver.rules[result?.ruleIndex ?? -1];
    assert.equal(rule?.id, 'IDX001');
    assert.match(rule.help.markdown, /^# missing-foreign-key-index/u);
    assert.equal(result?.ruleId, 'IDX001');
    assert.match(result.message.text, /PostgreSQL creates none\.$/u);
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/order.entity.ts', uriBaseId: 'SRCROOT' },
          region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
        },
      },
    ]);
    assert.deepEqual(result.relatedLocations, [
      {
        id: 1,
        message: { text: 'orders(userId) refers to users(id).' },
        physicalLocation: {
          artifactLocation: { uri: 'src/user%20entity.ts', uriBaseId: 'SRCROOT' },
          region: { startLine: 7, startColumn: 1, endLine: 7, endColumn: 5 },
        },
      },
    ]);
  });

  it('have fingerprints that outlive moved lines and tell repetitions apart', () => {
    const prints = (findings: Parameters<typeof renderSarif>[0]) =>
      render(findings).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints['dataEngineer/v1']) ?? [];
    const moved = findingOf({ range: rangeOf('src/order.entity.ts', 90, 3) });
    assert.deepEqual(prints([findingOf()]), prints([moved]));
    const [one, two, other] = prints([findingOf(), moved, findingOf({ table: 'other' })]);
    assert.equal(new Set([one, two, other]).size, 3);
  });
});
