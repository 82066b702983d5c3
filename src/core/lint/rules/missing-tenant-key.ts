import { tenantTable } from '../../profile/domains/structures.ts';
import type { Schema, Table } from '../../schema/model.ts';
import type { RuleExample, SchemaRule } from '../rule.ts';

const example = (note: string, column: string): RuleExample => ({
  files: {
    'copilot.instructions.md': '# Desk\n\nA multi-tenant SaaS product.\n\n## Business domains\n\n- SaaS\n',
    'entities.ts': `import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity('tenants')
export class Tenant {
  @PrimaryGeneratedColumn()
  id: number;
}
${['projects', 'members', 'labels']
  .map(
    (name) => `
@Entity('${name}')
export class ${name.charAt(0).toUpperCase()}${name.slice(1, -1)} {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @ManyToOne(() => Tenant, { nullable: false })
  @JoinColumn({ name: 'tenant_id' })
  tenant: Tenant;
}
`,
  )
  .join('')}
@Entity('webhooks')
export class Webhook {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  url: string;

  @Column()
  secretHash: string;
${column}}
`,
  },
  dialect: 'postgresql',
  note,
});

export const missingTenantKey: SchemaRule = {
  id: 'missing-tenant-key',
  code: 'DOM001',
  severity: 'warning',
  on: 'schema',
  docs: {
    what: 'Reports a table of a multi-tenant application whose rows belong to no tenant, while most others do. Only where the profile says SaaS.',
    why: 'Rows that do not say whose they are cannot be kept apart: one forgotten condition shows them to every customer, and no policy of the database can prevent it.',
    fix: 'Add the tenant’s key, required and first in the table’s indexes. Suppress the finding for tables that all tenants share.',
    bad: [example('Whose webhook is it?', '')],
    good: [
      example(
        'It says whose it is.',
        "\n  @Index()\n  @ManyToOne(() => Tenant, { nullable: false })\n  @JoinColumn({ name: 'tenant_id' })\n  tenant: Tenant;\n",
      ),
      example(
        'Its project says so.',
        "\n  @Index()\n  @ManyToOne(() => Project, { nullable: false })\n  @JoinColumn({ name: 'project_id' })\n  project: Project;\n",
      ),
    ],
    references: [
      {
        title: 'OWASP: multi-tenant security',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Multi_Tenant_Security_Cheat_Sheet.html',
      },
    ],
  },
  check(table, { schema, profile, table: find }, report) {
    if (!profile.domains.includes('software-as-a-service') || table.kind !== 'table' || table.entity === null) return;
    const tenant = tenantOf(schema);
    if (!tenant || table === tenant || belongs(table, tenant, find, 0) || isShared(table, schema)) return;
    report({
      message: `Rows of ${table.name} belong to no ${tenant.entity ?? tenant.name}, unlike those of most tables`,
      at: table.at,
      table: table.name,
      evidence: [{ message: `${tenant.name} holds the tenants.`, at: tenant.at }],
      fixes: [],
    });
  },
};

const tenants = new WeakMap<Schema, { readonly table: Table | null }>();

/** Share of tables that must refer to it for it to be what everything belongs to. */
const most = 0.5;
const fewest = 3;

/** The table named like tenants that most others refer to. */
function tenantOf(schema: Schema): Table | null {
  const known = tenants.get(schema);
  if (known) return known.table;
  const entities = schema.tables.filter(({ kind, entity }) => kind === 'table' && entity !== null);
  const found = entities
    .filter(({ name }) => tenantTable.test(name))
    .map((table) => ({ table, uses: entities.filter((each) => refersTo(each, table)).length }))
    .filter(({ uses }) => uses >= fewest && uses >= (entities.length - 1) * most)
    .sort((a, b) => b.uses - a.uses)[0];
  tenants.set(schema, { table: found?.table ?? null });
  return found?.table ?? null;
}

function refersTo(table: Table, target: Table): boolean {
  return table.foreignKeys.some(
    ({ references }) => references.table === target.name && references.namespace === target.namespace,
  );
}

/** Rows reached through required keys, a few steps away at most. */
const deepest = 4;

function belongs(
  table: Table,
  tenant: Table,
  find: (name: string, namespace: string | null) => Table | undefined,
  depth: number,
): boolean {
  if (refersTo(table, tenant)) return true;
  if (depth >= deepest) return false;
  return table.foreignKeys.some(({ references }) => {
    const next = find(references.table, references.namespace);
    return next !== undefined && next !== table && belongs(next, tenant, find, depth + 1);
  });
}

/** Reference data: others refer to it, and it refers to nothing. */
function isShared(table: Table, { tables }: Schema): boolean {
  return table.foreignKeys.length === 0 && tables.some((other) => other !== table && refersTo(other, table));
}
