import assert from 'node:assert/strict';
import { scanSuppressions } from '../../src/core/readers/shared/suppressions.ts';
import { disableNextLine } from '../../src/server/suppressionComment.ts';

function insert(file: string, text: string, line: number, rule: string): string {
  const edit = disableNextLine(file, text, line, rule);
  assert.ok(edit);
  return text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
}

describe('the comment that disables a rule', () => {
  it('stands above the line, with its indentation', () => {
    assert.equal(
      insert('a.ts', 'class A {\n\t  b!: B;\n}\n', 2, 'some-rule'),
      'class A {\n\t  // data-engineer-disable-next-line some-rule\n\t  b!: B;\n}\n',
    );
  });

  it('keeps the line ends of the file', () => {
    assert.equal(
      insert('a.ts', 'x\r\ny\r\n', 2, 'some-rule'),
      'x\r\n// data-engineer-disable-next-line some-rule\r\ny\r\n',
    );
    assert.equal(insert('a.ts', 'x\ry\r', 2, 'r'), 'x\r// data-engineer-disable-next-line r\ry\r');
    assert.equal(insert('a.ts', 'x', 1, 'r'), '// data-engineer-disable-next-line r\nx');
  });

  it('stays behind a byte order mark', () => {
    assert.equal(insert('a.ts', '\uFEFFx\n', 1, 'r'), '\uFEFF// data-engineer-disable-next-line r\nx\n');
  });

  it('joins a comment that is there', () => {
    const once = insert('a.ts', '  b!: B;\n', 1, 'one');
    const twice = insert('a.ts', once, 2, 'two');
    assert.equal(twice, '  // data-engineer-disable-next-line one, two\n  b!: B;\n');
    assert.equal(
      insert('a.ts', '// data-engineer-disable-next-line one -- for a reason\nb\n', 2, 'two'),
      '// data-engineer-disable-next-line one, two -- for a reason\nb\n',
    );
  });

  const files = ['a.ts', 'a.jsx', 'a.mts', 'a.prisma', 'A.java', 'A.cs', 'a.py', 'a.sql', 'a.xml'];
  for (const file of files) {
    it(`is understood in ${file}`, () => {
      const text = insert(file, 'x\n  y\n', 2, 'some-rule');
      const [found, ...others] = scanSuppressions(text);
      assert.deepEqual(others, []);
      assert.deepEqual(found?.rules, ['some-rule']);
      assert.equal(found.line, 3);
    });
  }

  it('is not offered where a language has no comments, or the line is gone', () => {
    assert.equal(disableNextLine('package.json', '{}\n', 1, 'r'), null);
    assert.equal(disableNextLine('a.ts', 'x\n', 7, 'r'), null);
  });
});
