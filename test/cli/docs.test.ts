import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const files = {
  'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'src/users/user.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
export enum Level { Basic = 'basic', Gold = 'gold' }
@Entity('users', { comment: 'People | who *buy* <b>things</b>' })
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true, comment: 'Where mail goes' }) email: string;
  @Column({ type: 'enum', enum: Level, default: Level.Basic }) level: Level;
}
`,
  'src/users/address.entity.ts': `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from './user.entity';
@Entity('addresses')
export class Address {
  @PrimaryGeneratedColumn() id: number;
  @Column({ nullable: true }) city: string;
  @ManyToOne(() => User) user: User;
}
`,
  'src/orders/order.entity.ts': `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { User } from '../users/user.entity';
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;
  @Column('numeric', { precision: 12, scale: 2 }) total: string;
  @ManyToOne(() => User, { onDelete: 'CASCADE' }) user: User;
}
`,
  'src/orders/line.entity.ts': `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';
@Entity('lines')
export class Line {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order) order: Order;
}
`,
};

describe('data-engineer docs', function () {
  this.timeout(180_000);
  let folder: TemporaryFolder;
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args, '--no-cache'], { cwd: folder.path, encoding: 'utf8' });

  before(() => {
    folder = temporaryFolder(files);
  });
  after(() => {
    folder.remove();
  });

  it('writes every table with its columns, keys, relations and findings, linked to the source', () => {
    mkdirSync(join(folder.path, 'docs'));
    const { status, stderr } = run('docs', '--out', 'docs/schema.md');
    assert.equal(status, 0, stderr);
    const text = readFileSync(join(folder.path, 'docs/schema.md'), 'utf8');
    assert.match(text, /^<!-- Written by/u);
    assert.match(text, /```mermaid\n---\ntitle: "orders"\n---\nerDiagram/u);
    assert.match(
      text,
      /### users\n\nEntity `User`, declared in \[src\/users\/user\.entity\.ts:4\]\(\.\.\/src\/users\/user\.entity\.ts#L4\)/u,
    );
    assert.match(text, /People \\\| who \\\*buy\\\* \\<b\\>things/u);
    assert.match(text, /\| `email` \| `varchar` \| no \| +\|.*personal data.*Where mail goes/u);
    assert.match(text, /\| `total` \| `numeric\(12,2\)` \| no \|/u);
    assert.match(text, /Foreign key.*`userId` → \[users\]\(#table-users\) \(`id`\), on delete cascade/u);
    assert.match(text, /- any number of \[orders\]\(#table-orders\) by `userId`/u);
    assert.match(text, /warning: .*\(`missing-foreign-key-index`\) \[src\/orders/u);
    assert.match(text, /\| `basic`, `gold` \|/u);
    for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/gu))
      assert.ok(text.includes(`<a id="${anchor}"></a>`), anchor);
  });

  it('is up to date until the source changes, and stale then', () => {
    assert.equal(run('docs', '--check', '--out', 'docs/schema.md').status, 0);
    const source = join(folder.path, 'src/orders/order.entity.ts');
    const before = readFileSync(source, 'utf8');
    writeFileSync(source, before.replace('  @ManyToOne', '  @Column() note: string;\n  @ManyToOne'));
    const stale = run('docs', '--check', '--out', 'docs/schema.md');
    assert.equal(stale.status, 1);
    assert.match(stale.stderr, /docs\/schema\.md is stale/u);
    assert.equal(run('docs', '--out', 'docs/schema.md').status, 0, 'its own file it may write again');
    const text = readFileSync(join(folder.path, 'docs/schema.md'), 'utf8');
    writeFileSync(join(folder.path, 'docs/schema.md'), text.replaceAll('\n', '\r\n'));
    assert.equal(run('docs', '--check', '--out', 'docs/schema.md').status, 0, 'line ends of Windows');
    writeFileSync(source, before);
    assert.match(run('docs', '--check', '--out', 'docs/none.md').stderr, /is missing/u);
  });

  it('replaces nothing that others have written', () => {
    writeFileSync(join(folder.path, 'docs/mine.md'), '# Mine\n');
    assert.equal(run('docs', '--out', 'docs/mine.md').status, 2);
    assert.equal(readFileSync(join(folder.path, 'docs/mine.md'), 'utf8'), '# Mine\n');
  });

  it('makes a page of its own, the same each time', () => {
    const first = run('docs', '--format', 'html');
    assert.equal(first.status, 0, first.stderr);
    assert.equal(run('docs', '--format', 'html').stdout, first.stdout);
    assert.match(first.stdout, /<svg [^>]*viewBox/u);
    assert.match(first.stdout, /<a href="#table-users">users<\/a>/u);
    assert.match(first.stdout, /People \| who \*buy\* &lt;b&gt;things/u);
    const ids = [...first.stdout.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, 'no id twice');
    for (const [, target] of first.stdout.matchAll(/href="#([^"]+)"/gu)) assert.ok(ids.includes(target), target);
  });
});

describe('data-engineer diagram --view', function () {
  this.timeout(180_000);

  it('draws a saved view: its choices, and its tables where they were put', () => {
    const view = {
      version: 1,
      view: { detail: 'names', focus: { table: 'orders', hops: 1 } },
      tables: { orders: [0, 0], users: [-400, 80], lines: [400, 160] },
    };
    const folder = temporaryFolder({ ...files, '.data-engineer/diagrams/by hand.json': JSON.stringify(view) });
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [main, 'diagram', '--no-cache', ...args], { cwd: folder.path, encoding: 'utf8' });
    try {
      const { status, stdout, stderr } = run('--view', 'by hand', '--format', 'json');
      assert.equal(status, 0, stderr);
      const { tables } = JSON.parse(stdout) as {
        tables: { id: string; place: { x: number; y: number }; columns: [] }[];
      };
      assert.deepEqual(
        tables.map(({ id }) => id),
        ['lines', 'orders', 'users'],
      );
      const [lines, orders, users] = tables.map(({ place }) => place);
      assert.ok(lines && orders && users);
      assert.deepEqual([orders.x - users.x, orders.y - users.y], [400, -80]);
      assert.deepEqual([lines.x - orders.x, lines.y - orders.y], [400, 160]);
      assert.ok(Math.min(users.x, orders.y) >= 0);
      assert.match(run('--view', 'none').stderr, /there is by hand\./u);
      assert.match(run('--view', 'by hand', '--layout', 'down').stdout, /<svg/u);
      writeFileSync(join(folder.path, '.data-engineer/diagrams/new.json'), '{"version": 9}');
      assert.match(run('--view', 'new').stderr, /new\.json is of version 9, which a newer Data Engineer/u);
    } finally {
      folder.remove();
    }
  });
});
