import assert from 'node:assert/strict';
import { converse } from '../../../src/core/chat/converse.ts';
import type { BlockProof, Outcome, Talk } from '../../../src/core/chat/converse.ts';
import type { Block } from '../../../src/core/chat/block.ts';
import type { PromptMessage } from '../../../src/core/chat/prompt.ts';

const at = { file: 'src/a.ts', line: 1, column: 1, endLine: 1, endColumn: 1 };
const proof = (status: BlockProof['status'], problems: readonly string[] = []): BlockProof => ({
  status,
  checks: [],
  problems,
  notes: [],
});

interface Run {
  readonly outcome: Outcome;
  readonly said: readonly string[];
  readonly asked: readonly (readonly PromptMessage[])[];
}

/** Answers one after the other, a few characters at a time. */
async function run(answers: readonly string[], judge: (block: Block) => BlockProof): Promise<Run> {
  const said: string[] = [];
  const asked: (readonly PromptMessage[])[] = [];
  const talk: Talk = {
    async *send(messages) {
      asked.push(messages);
      const answer = answers[asked.length - 1] ?? '';
      for (let from = 0; from < answer.length; from += 7) {
        await Promise.resolve();
        yield answer.slice(from, from + 7);
      }
    },
    prove: (blocks) => {
      said.push(`prove ${blocks.length}`);
      return Promise.resolve(blocks.map(judge));
    },
    names: (uses) =>
      Promise.resolve(
        uses.map(({ text }) =>
          text === 'orders'
            ? { at, problem: null }
            : { at: null, problem: text === 'nope' ? 'There is no nope.' : null },
        ),
      ),
    out: {
      text: (text) => void said.push(text),
      anchor: (name) => void said.push(`→${name}`),
      block: ({ block, proof: { status } }) => void said.push(`[${status} ${block.text}]`),
      retrying: (attempt, problems) => void said.push(`retry ${attempt}: ${problems.join()}`),
    },
  };
  return { outcome: await converse([{ role: 'user', text: 'q' }], talk), said, asked };
}

const text = ({ said }: Run) => said.join('');

describe('a turn', () => {
  it('streams prose with anchors, and tells what is not there', async () => {
    const done = await run(['Look at `orders` and `nope`, then `find`.'], () => proof('proven'));
    assert.equal(text(done), 'Look at →orders and `nope`, then `find`.');
    assert.deepEqual(done.outcome.unknownNames, ['There is no nope.']);
    assert.equal(done.outcome.applicable, true);
  });

  it('holds everything from the first block on until all blocks are proven', async () => {
    const done = await run(['Before.\n```ts\na\n```\nBetween.\n```sql\nb\n```\nAfter.'], () => proof('proven'));
    assert.equal(text(done), 'Before.\nprove 2[proven a]Between.\n[proven b]After.');
  });

  it('sends what failed back with the reasons, and shows only what passed', async () => {
    const done = await run(['One.\n```ts\nbad\n```\nNever seen.', 'Two.\n```ts\ngood\n```\n'], ({ text: code }) =>
      code === 'bad' ? proof('failed', ['Syntax error at line 1.']) : proof('proven'),
    );
    assert.equal(text(done), 'One.\nprove 1retry 1: Syntax error at line 1.prove 1Two.\n[proven good]');
    assert.equal(done.outcome.attempts, 2);
    const [, second] = done.asked;
    assert.deepEqual(
      second?.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.match(second[2]?.text ?? '', /did not pass:\n- a typescript block: Syntax error at line 1\./);
  });

  it('asks again twice, then tells it as it is, and nothing may be applied', async () => {
    const done = await run(
      ['```ts\nbad\n```\n```sql\nok\n```', '```ts\nbad\n```', 'x\n```ts\nbad\n```\n```sql\nok\n```', 'never'],
      ({ language }) => (language === 'typescript' ? proof('failed', ['no']) : proof('proven')),
    );
    assert.equal(done.outcome.attempts, 3);
    assert.equal(done.outcome.applicable, false);
    assert.match(text(done), /x\n\[failed bad\]\[proven ok\]$/);
  });

  it('takes a proof that is missing for a failed one, and a block that broke off as it is', async () => {
    const done = await run(['```ts\nopen', '```ts\nopen', '```ts\nopen'], ({ closed }) =>
      closed ? proof('proven') : proof('failed', ['It broke off.']),
    );
    assert.equal(done.outcome.applicable, false);
    assert.equal(done.outcome.blocks[0]?.block.closed, false);
  });

  it('passes the failure of a model on', async () => {
    const talk: Talk = {
      // eslint-disable-next-line @typescript-eslint/require-await, require-yield -- a model that fails at once
      async *send() {
        throw new Error('quota');
      },
      prove: () => Promise.resolve([]),
      names: () => Promise.resolve([]),
      out: { text: () => undefined, anchor: () => undefined, block: () => undefined, retrying: () => undefined },
    };
    await assert.rejects(converse([], talk), /quota/);
  });
});
