import assert from 'node:assert/strict';
import { copyName, originalName } from '../../../src/core/profile/copy.ts';
import { setUpInstructions } from '../../../src/core/profile/setUpInstructions.ts';
import type { InstructionsPlan } from '../../../src/core/profile/setUpInstructions.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import { analyzeFiles } from '../../support/analyze.ts';

const entity = (
  name: string,
  table: string,
): string => `import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('${table}')
export class ${name} {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ name: 'first_name' })
  firstName: string;

  @Column({ name: 'unit_price', type: 'int' })
  unitPrice: number;

  @CreateDateColumn({ name: 'created_at' })
  createdAt: Date;
}
`;

const shop = {
  'package.json': JSON.stringify({
    name: 'shop',
    dependencies: { '@nestjs/core': '*', typeorm: '*', pg: '*', ioredis: '*', stripe: '*', kafkajs: '*' },
    devDependencies: { typescript: '*', jest: '*' },
  }),
  'src/orders/entities/order.entity.ts': entity('Order', 'orders'),
  'src/carts/entities/cart-item.entity.ts': entity('CartItem', 'cart_items'),
  'src/coupons/entities/coupon.entity.ts': entity('Coupon', 'coupons'),
};

async function plan(files: Readonly<Record<string, string>>): Promise<InstructionsPlan> {
  const { root, profile, schema } = await analyzeFiles(files, null);
  return setUpInstructions({
    title: 'Shop',
    root,
    profile,
    schema,
    original: files[originalName] ?? null,
    copy: files[copyName] ?? null,
  });
}

/** The files as they are once the plan is carried out. */
function after(
  files: Readonly<Record<string, string>>,
  { files: created, edits }: InstructionsPlan,
): Record<string, string> {
  const result = { ...files };
  for (const { path, text } of created) {
    assert.ok(!(path in result), `${path} is written over`);
    result[path] = text;
  }
  for (const { path, edits: made } of edits) result[path] = applyEdits(result[path] ?? '', made);
  return result;
}

describe('instructions set up', () => {
  it('say what was found, and ask for what cannot be known', async () => {
    const files = after(shop, await plan(shop));
    const text = files[originalName] ?? '';
    for (const line of [
      '# Shop',
      '## Backend – technologies and tools',
      '- Language: TypeScript',
      '- Framework: NestJS',
      '- Data access: TypeORM',
      '- Tests: Jest',
      '- Messaging: Kafka',
      '## Database',
      '- Engine: PostgreSQL',
      '- Cache: Redis',
      '## Business domains',
      '## Non-functional requirements',
      '- TODO: Which RPO and RTO?',
      '## Integrations',
      '- Stripe',
      '## Conventions',
      '- Columns are named in `snake_case`: `first_name`, `unit_price`, `created_at`',
      '- Primary keys: `id`, `uuid`, generated',
      '- Entities: `src/<module>/entities/*.entity.ts`',
    ])
      assert.ok(text.split('\n').includes(line), `${line}\n\nis not in\n\n${text}`);
    assert.match(text, /TODO: Is this e-commerce \(`cart items`/u);
    assert.match(text, /Sensitive data was found: `cart_items\.first_name`/u);
    assert.doesNotMatch(text, /undefined|null|\[object/u);
    assert.ok((files[copyName] ?? '').includes('- Data access: TypeORM'));
  });

  it('read back as they were written, and questions as nothing', async () => {
    const files = after(shop, await plan(shop));
    const sources = [originalName, copyName].map((file) => ({ file, text: files[file] ?? '' }));
    const { profile } = readProfile(sources, []);
    assert.deepEqual(
      [profile.language, profile.framework, profile.orms, profile.databases, profile.caches, profile.messaging],
      ['typescript', 'nestjs', ['typeorm'], ['postgresql'], ['redis'], ['kafka']],
    );
    assert.deepEqual([profile.testFrameworks, profile.integrations, profile.compliance], [['jest'], ['stripe'], []]);
    assert.deepEqual([profile.measures, profile.facts.requirements, profile.domains], [[], [], []]);
    // The copy is not read a second time.
    assert.ok(
      Object.values(profile.facts)
        .flat()
        .every(({ at }) => at.file === originalName),
    );
    assert.deepEqual([profile.contradictions, profile.staleCopies], [[], []]);
  });

  it('leave nothing to do the second time', async () => {
    const files = after(shop, await plan(shop));
    const again = await plan(files);
    assert.deepEqual([again.files, again.edits], [[], []]);
    assert.deepEqual(
      again.skipped.map(({ path }) => path),
      [originalName],
    );
  });

  it('add to instructions that are there what they do not say, under the heading it belongs to', async () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['# Shop', '', '## Tech stack', '', '- NestJS with TypeScript', '', '## Rules', '', 'Be kind.'].join(
        end,
      );
      const files = { ...shop, [originalName]: text };
      const result = after(files, await plan(files))[originalName] ?? '';
      assert.equal(
        result,
        [
          '# Shop',
          '',
          '## Tech stack',
          '',
          '- NestJS with TypeScript',
          '- Data access: TypeORM',
          '- Tests: Jest',
          '- Messaging: Kafka',
          '',
          '## Rules',
          '',
          'Be kind.',
          '',
          '## Database',
          '',
          '- Engine: PostgreSQL',
          '- Cache: Redis',
          '',
        ].join(end),
      );
    }
  });

  it('add nothing that contradicts them', async () => {
    const files = { ...shop, [originalName]: '# Shop\n\nORM: Prisma. Database: PostgreSQL. No Redis.\n' };
    const result = after(files, await plan(files))[originalName] ?? '';
    assert.doesNotMatch(result, /TypeORM|Cache/u);
  });

  it('leave what people wrote around a copy as it is, and bring the copy up to date', async () => {
    const first = after(shop, await plan(shop));
    const files = {
      ...first,
      [originalName]: `${first[originalName] ?? ''}\nNew rule.\n`,
      [copyName]: `Mine before.\n\n${first[copyName] ?? ''}\nMine behind.\n`,
    };
    const stale = await analyzeFiles(files, null);
    assert.equal(stale.profile.staleCopies.length, 1);
    const result = after(files, await plan(files))[copyName] ?? '';
    assert.match(result, /^Mine before\.\n\n<!-- data-engineer:begin/u);
    assert.match(result, /New rule\.\n\n<!-- data-engineer:end -->\n\nMine behind\.\n$/u);
    assert.deepEqual((await analyzeFiles({ ...files, [copyName]: result }, null)).profile.staleCopies, []);
  });

  it('add a copy to a file that has none', async () => {
    const files = { ...shop, [copyName]: 'Answer in English.' };
    const result = after(files, await plan(files))[copyName] ?? '';
    assert.match(result, /^Answer in English\.\n\n<!-- data-engineer:begin[^]*<!-- data-engineer:end -->\n$/u);
  });
});
