import assert from 'node:assert/strict';
import { blockOf } from '../../../src/core/chat/block.ts';
import { createSplitter, harmless } from '../../../src/core/chat/split.ts';
import type { AnswerPart } from '../../../src/core/chat/split.ts';
import { seeded } from '../../support/random.ts';

function split(text: string, cuts: readonly number[] = []): readonly AnswerPart[] {
  const splitter = createSplitter();
  const parts: AnswerPart[] = [];
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    parts.push(...splitter.push(text.slice(from, cut)));
    from = cut;
  }
  return merged([...parts, ...splitter.end()]);
}

/** Text is cut where the stream is. */
function merged(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  return parts.reduce<AnswerPart[]>((all, part) => {
    const last = all.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      return [...all.slice(0, -1), { kind: 'text', text: last.text + part.text }];
    return [...all, part];
  }, []);
}

const answer = [
  'The table `orders` refers to `customers`, and `` a`b `` is odd; 3 < 4 and ~ too.',
  '',
  '```typescript src/a.ts',
  'const text = `a`;',
  '// ```',
  '```',
  'Then:',
  '   ~~~sql',
  '   SELECT 1',
  '   ~~~',
  'An open `span stays.',
  '````md',
  '```',
  'inner',
  '```',
  '````',
  'End',
].join('\n');

describe('an answer taken apart', () => {
  it('is prose, names and blocks', () => {
    const parts = split(answer);
    assert.deepEqual(
      parts.map((part) =>
        part.kind === 'block' ? [part.block.language, part.block.path, part.block.text] : [part.kind, part.text],
      ),
      [
        ['text', 'The table '],
        ['code', 'orders'],
        ['text', ' refers to '],
        ['code', 'customers'],
        ['text', ', and '],
        ['code', 'a`b'],
        ['text', ' is odd; 3 < 4 and ~ too.\n\n'],
        ['typescript', 'src/a.ts', 'const text = `a`;\n// ```'],
        ['text', 'Then:\n'],
        ['sql', null, 'SELECT 1'],
        ['text', 'An open `span stays.\n'],
        ['md', null, '```\ninner\n```'],
        ['text', 'End'],
      ],
    );
  });

  it('is the same wherever the stream is cut', () => {
    const whole = split(answer);
    const random = seeded(7);
    for (let round = 0; round < 300; round++) {
      const cuts = Array.from({ length: 1 + random.below(12) }, () => random.below(answer.length)).sort(
        (a, b) => a - b,
      );
      assert.deepEqual(split(answer, cuts), whole, cuts.join());
    }
    assert.deepEqual(
      split(
        answer,
        Array.from(answer, (_, at) => at),
      ),
      whole,
    );
  });

  it('gives words of a line out before the line ends, and no part of a fence', () => {
    const splitter = createSplitter();
    assert.deepEqual(splitter.push('One two thr'), [{ kind: 'text', text: 'One two ' }]);
    assert.deepEqual(splitter.push('ee\n``'), [{ kind: 'text', text: 'three\n' }]);
    assert.deepEqual(splitter.push('`ts\nlet a'), []);
    const [part] = splitter.end();
    assert.ok(part?.kind === 'block');
    assert.deepEqual([part.block.text, part.block.closed], ['let a', false]);
  });

  it('knows the file of a block however it is said', () => {
    const path = 'src/orders/order.entity.ts';
    for (const info of [
      `ts ${path}`,
      `typescript path=${path}`,
      `ts:${path}`,
      `ts {file="${path}"}`,
      `ts title="./${path}"`,
    ])
      assert.deepEqual([blockOf(info, 'x').path, blockOf(info, 'x').language], [path, 'typescript'], info);
    for (const line of [`// ${path}`, `// File: ${path}`, `/* ${path} */`, `-- path: ${path}`]) {
      const block = blockOf('ts', `${line}\n\nlet a;`);
      assert.deepEqual([block.path, block.text], [path, 'let a;'], line);
    }
    assert.equal(blockOf('ts', '// see order.entity.ts for more\nlet a;').path, null);
    assert.equal(blockOf('sql', 'SELECT 1').path, null);
  });
});

describe('harmless Markdown', () => {
  it('loads nothing and leads nowhere', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['![x](https://evil.example/?q=secret)', 'x'],
      ['![x][ref] and', 'x and'],
      ['[click](command:workbench.action.quit)', 'click (`command:workbench.action.quit`)'],
      ['[docs](https://typeorm.io/x "title")', 'docs (`https://typeorm.io/x`)'],
      ['[ref]: https://evil.example', '`[ref]: https://evil.example`'],
      ['see https://a.example/b.', 'see `https://a.example/b.`'],
      [
        '<img src=x> a < b <https://a.example>',
        '&lt;img src=x> a < b &lt;https://a.example>'.replace('https://a.example', '`https://a.example`'),
      ],
      ['plain **bold** and 3 < 4', 'plain **bold** and 3 < 4'],
    ];
    for (const [given, expected] of cases) assert.equal(harmless(given), expected);
  });
});
