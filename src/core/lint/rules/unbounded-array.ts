import type { Table } from '../../schema/model.ts';
import type { FileRule, RuleExample } from '../rule.ts';

const thread = (note: string, update: string): RuleExample => ({
  files: {
    'package.json': '{ "dependencies": { "mongoose": "^8.0.0" } }',
    'src/thread.js': `const mongoose = require('mongoose');

const threadSchema = new mongoose.Schema({
  title: { type: String, required: true },
  messages: [{ text: String, at: Date }],
});
const Thread = mongoose.model('Thread', threadSchema);

async function reply(id, text) {
  await Thread.updateOne({ _id: id }, ${update});
}

module.exports = { Thread, reply };
`,
  },
  dialect: 'mongodb',
  note,
});

export const unboundedArray: FileRule = {
  id: 'unbounded-array',
  code: 'STO005',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports `$push` into an array of what keeps happening (messages, events, readings), with nothing that bounds it.',
    why: 'A document ends at 16 MB, and long before that each change rewrites and replicates the whole array, and each read loads it.',
    fix: 'Give each element a document of its own that refers to this one, or keep the last ones only: `$each` with `$slice`.',
    bad: [thread('A thread that is read for years.', '{ $push: { messages: { text, at: new Date() } } }')],
    good: [thread('The last hundred.', '{ $push: { messages: { $each: [{ text, at: new Date() }], $slice: -100 } } }')],
    references: [
      {
        title: 'MongoDB: avoid unbounded arrays',
        url: 'https://www.mongodb.com/docs/manual/data-modeling/design-antipatterns/unbounded-arrays/',
      },
      {
        title: 'MongoDB: $slice of an update',
        url: 'https://www.mongodb.com/docs/manual/reference/operator/update/slice/',
      },
    ],
  },
  check(file, context, report) {
    if (file.purpose !== 'application') return;
    for (const { store, api, arguments: members, at } of file.stores ?? []) {
      if (store !== 'mongodb') continue;
      for (const member of members) {
        const [, field = '', value = ''] = /^["'`]?([\w.]+)["'`]?\s*:\s*(.*)$/su.exec(member) ?? [];
        if (!happens(field) || value.includes('$slice')) continue;
        const query = file.queries.find(
          (each) => each.at.line <= at.line && at.endLine <= each.at.endLine && each.table !== null,
        );
        const table = query?.table == null ? undefined : context.table(query.table, query.namespace);
        const name = field.split('.').at(-1) ?? field;
        report({
          message: `${api} lets ${table?.name ?? 'the document'}.${field} grow without bound`,
          at,
          table: table?.name ?? null,
          evidence: [declared(table, name)].filter((fact) => fact !== null),
          fixes: [],
        });
      }
    }
  },
};

function declared(
  table: Table | undefined,
  name: string,
): { readonly message: string; readonly at: Table['at'] } | null {
  const column = table?.columns.find((each) => each.name === name);
  return column ? { message: `${name} is declared here.`, at: column.at } : null;
}

/** Names of what keeps happening. Roles, tags and members end by themselves. */
function happens(field: string): boolean {
  const words = field
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .split(/[_.]+/u);
  return /^(?:messages|comments|replies|events|logs|history|histories|entries|activities|readings|measurements|samples|notifications|visits|views|likes|reactions|transactions|orders|logins|sessions|changes|audits?)$/u.test(
    words.at(-1) ?? '',
  );
}
