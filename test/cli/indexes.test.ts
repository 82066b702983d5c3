import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const files = {
  'package.json': '{ "name": "desk", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
  'src/ticket.entity.ts': `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
@Entity('tickets')
@Index(['queue'])
@Index(['queue', 'openedAt'])
export class Ticket {
  @PrimaryGeneratedColumn() id: number;
  @Column() queue: string;
  @Column() reference: string;
  @Column('timestamptz') openedAt: Date;
}
`,
  'src/tickets.service.ts': `import { Repository } from 'typeorm';
import { Ticket } from './ticket.entity';
export class TicketsService {
  constructor(private readonly tickets: Repository<Ticket>) {}
  async byReference(reference: string) { return this.tickets.findBy({ reference }); }
}
`,
};

describe('data-engineer indexes', function () {
  this.timeout(300_000);
  let folder: TemporaryFolder;

  before(() => {
    folder = temporaryFolder(files);
  });
  after(() => folder.remove());

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'indexes', folder.path, '--no-cache', ...args], { encoding: 'utf8' });

  it('says what to add and for which queries, and what to drop', () => {
    const { stdout, status } = run();
    assert.equal(status, 0);
    assert.match(stdout, /^tickets {2}src\/ticket\.entity\.ts:\d+$/m);
    assert.match(stdout, /\+ \(reference\) {2}serves 1 query\n {6}TicketsService\.byReference/);
    assert.match(stdout, /- .*\(queue\)/);
    assert.match(stdout, /1 index to add, 1 redundant, \d that no query read here uses/);
  });

  it('says the same as JSON', () => {
    const { stdout, status } = run('--format', 'json');
    assert.equal(status, 0);
    const { version, projects } = JSON.parse(stdout) as {
      version: number;
      projects: { tables: { table: string; proposals: { columns: string[]; serves: { fully: boolean }[] }[] }[] }[];
    };
    assert.equal(version, 1);
    const [table] = projects[0]?.tables ?? [];
    assert.equal(table?.table, 'tickets');
    assert.deepEqual(
      table.proposals.map(({ columns, serves }) => [columns, serves.map(({ fully }) => fully)]),
      [[['reference'], [true]]],
    );
  });
});
