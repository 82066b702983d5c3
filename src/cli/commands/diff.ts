import { losesData } from '../../core/diff/describe.ts';
import { compareSchemas } from '../../core/migrations/shared/plan.ts';
import { choice } from '../analyse.ts';
import type { Command } from '../command.ts';
import { noteProblems, openSides } from '../schemaSide.ts';
import { UsageError } from '../usageError.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'show what differs between entities, migrations, DDL and commits',
  argument: '<from> <to> [dir]',
  options: { format: { type: 'string' }, project: { type: 'string' }, exclude: { type: 'string', multiple: true } },
  optionHelp: [
    {
      usage: '<from>, <to>',
      text: 'entities, migrations (what they build), ddl, git:<ref> (the entities of a commit), or a file or folder of SQL',
    },
    { usage: '--format <text|json>', text: 'a sentence per change (default), or the changes as data' },
    { usage: '--project <root>', text: 'of this project, where the directory holds several' },
    { usage: '--exclude <glob>', text: 'leave these files alone (gitignore syntax; may be repeated)' },
  ],
  examples: [
    'data-engineer diff migrations entities',
    'data-engineer diff db/schema.sql entities',
    'data-engineer diff git:main entities packages/api --format json',
    'data-engineer diff migrations entities --project packages/api',
  ],
  run: async (invocation) => {
    const { positionals, terminal } = invocation;
    const [from, to, directory = '.', extra] = positionals;
    if (from === undefined || to === undefined || extra !== undefined)
      throw new UsageError('diff takes two sides and a directory: data-engineer diff migrations entities [dir].');
    const format = choice(invocation, 'format', ['text', 'json']);
    const sides = await openSides(directory, invocation);
    const { dialect } = sides;
    const [before, after] = [await sides.side(from), await sides.side(to)];
    noteProblems(before, invocation);
    noteProblems(after, invocation);
    const plan = compareSchemas(before.schema, after.schema, dialect);
    if (format === 'json') {
      const changes = plan.changes.map((change, place) => ({
        words: plan.words[place],
        losesData: losesData(change),
        change,
      }));
      await terminal.write(`${JSON.stringify({ version: 1, dialect, changes }, null, 2)}\n`);
    } else {
      const lines = plan.words.length === 0 ? ['No differences.'] : plan.words;
      await terminal.write(`${lines.join('\n')}\n`);
    }
    return plan.changes.length === 0 ? 0 : 1;
  },
};
