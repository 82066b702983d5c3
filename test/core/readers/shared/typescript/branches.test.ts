import assert from 'node:assert/strict';
import { readFacts } from '../../../../../src/core/readers/shared/typescript/facts.ts';
import { openSource } from '../../../../support/openSource.ts';

/** `0.user absent 3`: parameter and member, what the code waits for, its line; `own` where it is no parameter. */
const branches = async (text: string) =>
  (readFacts(await openSource('src/load.ts', text)).branches ?? []).map(
    ({ parameter, member, present, at }) =>
      `${parameter === null ? 'own' : member === '' ? String(parameter) : `${parameter}.${member}`} ${present ? 'present' : 'absent'} ${at.line}`,
  );

describe('branches', () => {
  it('tells what runs where a parameter is missing', async () => {
    const found = await branches(`
      export async function load(id: string, known: User | null) {
        const one = known ?? (await find(id));
        const two = known === undefined ? await find(id) : known;
        if (!known) known = await find(id);
        if (known) return known;
        return find(id);
      }`);
    assert.deepEqual(found, ['1 absent 3', '1 absent 4', '1 absent 5', '1 absent 6']);
  });

  it('looks at members of parameters, taken apart or not, and through names', async () => {
    const found = await branches(`
      export async function load(command: Command, { user, deep }: Options) {
        const { tenant } = command;
        const preference = command.preference;
        if (!tenant?.id || !user) return null;
        await ask(tenant);
        const kept = preference ?? (await find(command));
        return deep && (await dive(kept));
      }`);
    assert.deepEqual(found, ['0.tenant present 5', '1.user present 5', '0.preference absent 7', '1.deep present 8']);
  });

  it('takes what replaces a missing value for such, and no other condition', async () => {
    const found = await branches(`
      export class Steps {
        async templates(steps: Step[]) {
          const missing = steps.some((step) => !step.template);
          if (missing) return this.find(steps);
          this.cached ??= await this.find(steps);
          const isOpen = steps.length > 3;
          if (!isOpen) await this.find(steps);
          if (isOpen && missing) await this.find(steps);
          return null;
        }
      }`);
    assert.deepEqual(found, ['own absent 5', 'own absent 6', 'own absent 9']);
  });

  it('has what a call states of the objects it hands over', async () => {
    const facts = readFacts(
      await openSource(
        'src/load.ts',
        `export async function run(user: User, rest: object) {
          await load('a', { user, tenant: null, 'deep': true });
          await load(Command.create({ user }), ...rest);
          await load({ ...rest, user });
          await load(user);
        }`,
      ),
    );
    assert.deepEqual(
      facts.calls.filter(({ callee }) => callee === 'load').map(({ arguments: given, members }) => [given, members]),
      [
        [
          [null, null],
          [null, ['user', 'deep']],
        ],
        [
          [null, null],
          [['user'], null],
        ],
        [[null], undefined],
        [['user'], undefined],
      ],
    );
  });
});
