import { decorateIndex } from '../shared/decoratedIndex.ts';
import { fileOfColumn, indexWriter } from '../shared/indexWriter.ts';

/** `@Index()` on the property. */
export const mikroOrmWriter = indexWriter({
  id: 'mikro-orm',
  sources: 'MikroORM entities',
  file: fileOfColumn,
  insert: (index, table, file) =>
    decorateIndex(index, table, file, {
      modules: ['@mikro-orm/decorators/legacy', '@mikro-orm/decorators/es', '@mikro-orm/core'],
      alias: 'MikroIndex',
      decorator: (reference) => `@${reference}()`,
      composite: `Declare it on ${table.entity ?? table.name}: @Index({ properties: [${index.columns.map((name) => `'${table.columns.find((column) => column.name === name)?.property ?? name}'`).join(', ')}] }).`,
    }) ?? `No decorated class stands for ${table.name}: add the index to its schema, under "indexes".`,
});
