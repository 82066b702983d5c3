/** The workspace of the server's tests, and what they do all the time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import type { ServerRequests, StatusSummary } from '../../src/protocol/server.ts';
import { pathToUri } from '../../src/server/paths.ts';
import { startTestServer, until } from './support.ts';
import type { TestServer, TestServerOptions } from './support.ts';

export const customer = `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ length: 200 })
  email!: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders!: Order[];
}
`;

export const order = `import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer.entity';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ nullable: true })
  note!: string;

  @ManyToOne(() => Customer, (customer) => customer.orders, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id' })
  customer!: Customer;
}
`;

export const manifest = JSON.stringify({ name: 'shop', dependencies: { typeorm: '^1.0.0', pg: '^8.0.0' } });
export const shop: Readonly<Record<string, string>> = {
  'package.json': manifest,
  'src/customer.entity.ts': customer,
  'src/order.entity.ts': order,
  'src/orders.service.ts': `import { Repository } from 'typeorm';
import { Order } from './order.entity';

export class OrdersService {
  constructor(private readonly orders: Repository<Order>) {}
}
`,
};

export const rule = 'missing-foreign-key-index';

const folders: string[] = [];
const servers: TestServer[] = [];

/** A new folder with these files; its path is `/`-separated. */
export function workspace(files: Readonly<Record<string, string>>, name = 'shop'): string {
  const base = mkdtempSync(join(tmpdir(), 'data-engineer-'));
  folders.push(base);
  const folder = join(base, name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  return folder.replaceAll('\\', '/');
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export async function start(options: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

/** To be called after each test. */
export async function cleanUp(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function request<Name extends keyof ServerRequests>(
  server: TestServer,
  name: Name,
  params: ServerRequests[Name]['params'],
): Promise<ServerRequests[Name]['result']> {
  return server.client.sendRequest(name, params);
}

export function uri(folder: string, path: string): string {
  return pathToUri(`${folder}/${path}`);
}

/** Findings of the rule in one file. */
export function findings(server: TestServer, at: string): Diagnostic[] {
  return (server.diagnostics.get(at) ?? []).filter(({ code }) => code === rule);
}

export function analysed(server: TestServer): Promise<StatusSummary> {
  return until('the first analysis', () => server.statuses.find(({ analyzing }) => !analyzing));
}
