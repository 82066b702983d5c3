import { ordersOfCustomers as example } from '../examples.ts';
import type { FileRule } from '../rule.ts';

export const dynamicMapping: FileRule = {
  id: 'dynamic-mapping',
  code: 'STO003',
  severity: 'info',
  on: 'file',
  docs: {
    what: 'Reports indexes of Elasticsearch and OpenSearch that are created without a mapping, or with one that grows with each document.',
    why: 'The first document decides the type of each field: a date becomes text, a number that comes as text stays so. Each unknown name adds a field, until the limit of a thousand refuses documents.',
    fix: 'State the mapping when the index is created, with `dynamic: "strict"`, or `false` for what is only to be kept.',
    bad: [
      example(
        'Whatever comes first decides.',
        `  async prepare(client: Client) {
    await client.indices.create({ index: 'orders' });
  }`,
      ),
    ],
    good: [
      example(
        'The fields are stated, and no others come in.',
        `  async prepare(client: Client) {
    await client.indices.create({ index: 'orders', mappings: { dynamic: 'strict', properties: { id: { type: 'keyword' } } } });
  }`,
      ),
    ],
    references: [
      {
        title: 'Elasticsearch: dynamic mapping',
        url: 'https://www.elastic.co/docs/manage-data/data-store/mapping/dynamic-mapping',
      },
      {
        title: 'Elasticsearch: mapping limit settings',
        url: 'https://www.elastic.co/docs/reference/elasticsearch/index-settings/mapping-limit',
      },
    ],
  },
  check(file, _context, report) {
    if (file.purpose !== 'application') return;
    for (const { store, receiver, api, arguments: given, at } of file.stores ?? []) {
      if (store !== 'elasticsearch' || given.length === 0) continue;
      const text = given.join(', ');
      const grows = /["']?dynamic["']?\s*[:=]\s*(?:true\b|True\b|["']true["'])/u.test(text);
      // What variables bring is not known, and neither is what templates say.
      const told = /mappings?|\bbody\b|\.\.\.|\*\*|settings\s*[,}]/u.test(text) || !/\bindex\b/u.test(text);
      if (!grows && (api !== 'create' || told)) continue;
      report({
        message: grows
          ? `${receiver}.${api} lets every document add fields to the mapping`
          : `${receiver}.${api} states no mapping: the first document decides the types`,
        at,
        table: null,
        evidence: [],
        fixes: [],
      });
    }
  },
};
