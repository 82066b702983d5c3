import assert from 'node:assert/strict';
import { scanSuppressions } from '../../../../src/core/readers/shared/suppressions.ts';

/** `scope from-to rules` of each suppression. */
function scan(text: string): readonly string[] {
  return scanSuppressions(text).map(
    ({ scope, line, endLine, rules }) => `${scope} ${line}-${endLine} ${rules === 'all' ? rules : rules.join(',')}`,
  );
}

describe('suppression comments', () => {
  it('cover the declaration below, decorators, comments and all', () => {
    const text = `// data-engineer-disable-next-line missing-foreign-key-index -- small table

@ManyToOne(() => Customer, {
  onDelete: 'CASCADE',
})
// who pays
@JoinColumn({ name: ')' })
customer: Customer;
other: string;`;
    assert.deepEqual(scan(text), ['next-line 3-8 missing-foreign-key-index']);
    assert.equal(scanSuppressions(text)[0]?.reason, 'small table');
  });

  it('end where the decorated name stands on the decorators’ line', () => {
    assert.deepEqual(scan('// data-engineer-disable-next-line\n@Column() name: string;\nother: string;'), [
      'next-line 2-2 all',
    ]);
    assert.deepEqual(scan('// data-engineer-disable-next-line a\n@Column({\n  name: "x" }) name: string;\nother'), [
      'next-line 2-3 a',
    ]);
    assert.deepEqual(scan('// data-engineer-disable-next-line a\n@Entity() @Index() export class A {\nb'), [
      'next-line 2-2 a',
    ]);
  });

  it('cover their own line or the whole file', () => {
    assert.deepEqual(scan('a\nb // data-engineer-disable-line IDX001\nc'), ['line 2-2 IDX001']);
    assert.deepEqual(scan('/* data-engineer-disable rule-a, rule-b */\r\nb\r\nc'), ['file 1-3 rule-a,rule-b']);
  });

  it('are read in the comments of every host language', () => {
    for (const comment of [
      '// data-engineer-disable x',
      '/* data-engineer-disable x */',
      '/**\n * data-engineer-disable x\n */',
      '# data-engineer-disable x',
      '-- data-engineer-disable x -- because',
      '<!-- data-engineer-disable x -->',
    ])
      assert.deepEqual(
        scanSuppressions(comment).map(({ rules }) => rules),
        [['x']],
        comment,
      );
  });

  it('are not read anywhere else', () => {
    for (const text of [
      'data-engineer-disable x',
      "const text = 'data-engineer-disable x';",
      '// data-engineer-disabled x',
      '// data-engineer-disable-everything x',
      '// eslint-disable-next-line data-engineer-disable',
    ])
      assert.deepEqual(scan(text), [], text);
  });

  it('are read from any prefix of a text without a throw, and in bounded time', () => {
    const text = '// data-engineer-disable-next-line a\n@A({ b: [(\n"x\n) name';
    for (let end = 0; end <= text.length; end++) scanSuppressions(text.slice(0, end));
    const many = '// data-engineer-disable-next-line a\n@A({\n'.repeat(2000);
    const start = performance.now();
    scanSuppressions(many);
    assert.ok(performance.now() - start < 5000);
  });
});
