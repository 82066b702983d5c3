/** Diagram models for the webview's tests: a web shop written out, and larger ones put together from a business's words. */
import type { Badge, DiagramColumn, DiagramEdge, DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';
import type { SourceRange } from '../../src/core/schema/source.ts';

/**
 * `module: table(column type marks, …)`; marks: `!` primary key, `?` nullable, `~` unique, `#` indexed, `@` personal data,
 * `$` secret, `>table` foreign key (`>>table` one to one).
 */
const shop: Readonly<Record<string, readonly string[]>> = {
  catalogue: [
    'product(id uuid !, sku varchar(40) ~, name varchar(200), description text ?, brand_id uuid >brand, category_id uuid >category, status product_status #, created_at timestamptz, updated_at timestamptz)',
    'category(id uuid !, parent_id uuid ? >category, name varchar(120), slug varchar(120) ~, position integer)',
    'brand(id uuid !, name varchar(120) ~, website varchar(255) ?)',
    'product_variant(id uuid !, product_id uuid >product, sku varchar(40) ~, colour varchar(40) ?, size varchar(20) ?, weight_grams integer ?)',
    'price_tier(id uuid !, variant_id uuid >product_variant, currency char(3), min_quantity integer, amount numeric(12,2))',
    'product_image(id uuid !, product_id uuid >product, url text, alt varchar(200) ?, position integer)',
    'product_review(id uuid !, product_id uuid >product, customer_id uuid >customer, rating smallint, title varchar(120) ?, body text ?, created_at timestamptz)',
    'product_attribute(product_id uuid ! >product, attribute_id uuid ! >attribute, value varchar(255))',
    'attribute(id uuid !, code varchar(60) ~, label varchar(120))',
  ],
  customers: [
    'customer(id uuid !, email varchar(255) ~ @, password_hash varchar(255) $, first_name varchar(80) @, last_name varchar(80) @, date_of_birth date ? @, phone varchar(40) ? @, created_at timestamptz, deleted_at timestamptz ?)',
    'address(id uuid !, customer_id uuid >customer, street varchar(200) @, city varchar(120) @, postal_code varchar(20), country char(2))',
    'customer_group(id uuid !, name varchar(80) ~, discount_percent numeric(5,2))',
    'customer_group_member(customer_id uuid ! >customer, group_id uuid ! >customer_group, joined_at timestamptz)',
    'loyalty_account(id uuid !, customer_id uuid ~ >>customer, points integer, tier varchar(20))',
  ],
  orders: [
    'order(id uuid !, number varchar(20) ~, customer_id uuid >customer, shipping_address_id uuid >address, billing_address_id uuid >address, status order_status #, currency char(3), total_amount numeric(12,2), placed_at timestamptz #, cancelled_at timestamptz ?)',
    'order_line(id uuid !, order_id uuid >order, variant_id uuid >product_variant, quantity integer, unit_price numeric(12,2), discount_amount numeric(12,2))',
    'order_note(id uuid !, order_id uuid >order, author varchar(80), body text, created_at timestamptz)',
    'cart(id uuid !, customer_id uuid ? >customer, currency char(3), expires_at timestamptz #)',
    'cart_line(id uuid !, cart_id uuid >cart, variant_id uuid >product_variant, quantity integer)',
    'coupon(id uuid !, code varchar(40) ~, percent numeric(5,2) ?, amount numeric(12,2) ?, valid_until date ?)',
    'order_coupon(order_id uuid ! >order, coupon_id uuid ! >coupon)',
  ],
  payments: [
    'payment(id uuid !, order_id uuid >order, method_id uuid ? >payment_method, status payment_status #, amount numeric(12,2), captured_at timestamptz ?)',
    'payment_method(id uuid !, customer_id uuid >customer, provider varchar(40), token varchar(255) $, last_four char(4))',
    'refund(id uuid !, payment_id uuid >payment, amount numeric(12,2), reason text ?, created_at timestamptz)',
    'invoice(id uuid !, order_id uuid ~ >>order, number varchar(20) ~, issued_at timestamptz, pdf_url text ?)',
  ],
  inventory: [
    'warehouse(id uuid !, code varchar(20) ~, name varchar(120), country char(2))',
    'stock_item(warehouse_id uuid ! >warehouse, variant_id uuid ! >product_variant, on_hand integer, reserved integer)',
    'stock_movement(id uuid !, warehouse_id uuid >warehouse, variant_id uuid >product_variant, delta integer, reason varchar(40), created_at timestamptz)',
    'shipment(id uuid !, order_id uuid >order, warehouse_id uuid >warehouse, carrier varchar(40), tracking_number varchar(80) ? #, shipped_at timestamptz ?)',
    'shipment_line(shipment_id uuid ! >shipment, order_line_id uuid ! >order_line, quantity integer)',
  ],
};

/** The 30 tables of the shop. */
export function shopModel(): DiagramModel {
  return parse(shop, 'shop');
}

/** Five tables that belong together, two of them with findings. */
export function smallModel(): DiagramModel {
  const wanted = new Set(['customer', 'order', 'order_line', 'product', 'category']);
  const model = parse(shop, 'shop');
  const orders = { ...model.modules[0]!, id: 'shop', label: 'shop', tables: [...wanted] };
  return {
    ...model,
    tables: model.tables.filter(({ id }) => wanted.has(id)).map((table) => ({ ...table, module: 'shop' })),
    edges: model.edges.filter(({ from, to }) => wanted.has(from.table) && wanted.has(to.table)),
    modules: [orders],
  };
}

const words =
  'account,batch,claim,device,event,folder,grant,holiday,incident,journal,ledger,message,notice,offer,plan,quote,report,session,ticket,usage'.split(
    ',',
  );
const areas =
  'billing,identity,catalogue,search,shipping,support,analytics,content,partners,planning,quality,reporting,security,messaging,scheduling'.split(
    ',',
  );

/** Any number of tables in modules of 20 (300 = 15 areas), each with a hub, as larger businesses have them. */
export function largeModel(count: number): DiagramModel {
  const modules: Record<string, string[]> = {};
  for (let index = 0; index < count; index++) {
    const round = Math.floor(index / 20);
    const area =
      areas[round % areas.length]! + (round < areas.length ? '' : `_${Math.floor(round / areas.length) + 1}`);
    const place = index % 20;
    const name = `${area}_${words[place]!}`;
    const parent = `${area}_${words[Math.floor((place - 1) / 3)] ?? words[0]!}`;
    const foreign = `${areas[(round * 7 + place) % Math.min(areas.length, Math.ceil(count / 20))]!}_${words[0]!}`;
    const keys = [
      place === 0 ? '' : `${words[Math.floor((place - 1) / 3)]!}_id uuid >${parent}, `,
      place % 4 === 2 && foreign !== name ? `owner_id uuid ? >${foreign}, ` : '',
    ].join('');
    (modules[area] ??= []).push(
      `${name}(id uuid !, ${keys}code varchar(40) ~, name varchar(200), status varchar(20) #, contact_email varchar(255) ? @, amount numeric(12,2) ?, quantity integer, starts_at timestamptz ?, ends_at timestamptz ?, payload jsonb ?, created_at timestamptz, updated_at timestamptz)`,
    );
  }
  return parse(modules, `${count} tables`);
}

function parse(source: Readonly<Record<string, readonly string[]>>, title: string): DiagramModel {
  const tables: DiagramTable[] = [];
  const edges: DiagramEdge[] = [];
  for (const [module, definitions] of Object.entries(source))
    for (const definition of definitions) {
      const [, name = '', body = ''] = /^(\w+)\((.*)\)$/.exec(definition) ?? [];
      const file = `src/${module}/${name.replaceAll('_', '-')}.entity.ts`;
      const columns = body.split(/, (?=\w+ )/).map((text, index): DiagramColumn => {
        const [column = '', type = '', ...marks] = text.split(' ');
        const at = range(file, 12 + index * 4, 3);
        const target = marks.find((mark) => mark.startsWith('>'))?.replace(/^>+/, '');
        if (target !== undefined) edges.push(edge(name, column, target, marks));
        const badges: Badge[] = [
          ...(marks.includes('!') ? (['pk'] as const) : []),
          ...(target === undefined ? [] : (['fk'] as const)),
          ...(marks.includes('~') ? (['unique'] as const) : []),
          ...(marks.includes('#') ? (['index'] as const) : []),
          ...(marks.includes('@') ? (['pii'] as const) : []),
          ...(marks.includes('$') ? (['secret'] as const) : []),
        ];
        // What our first rule finds: a foreign key that no index covers.
        const bare = target !== undefined && !badges.includes('pk') && !badges.includes('unique') && index % 2 === 0;
        return {
          name: column,
          type,
          nullable: marks.includes('?'),
          badges,
          severity: bare ? 'warning' : null,
          enum: enumOf(type),
          default: null,
          comment: null,
          at,
        };
      });
      tables.push({
        id: name,
        name,
        namespace: null,
        entity: pascal(name),
        kind: 'table',
        module,
        columns,
        indexes: [],
        findings: columns
          .filter(({ severity }) => severity !== null)
          .map((column) => ({
            rule: 'missing-foreign-key-index',
            message: `${name}.${column.name} refers to another table, and no index covers it.`,
            severity: 'warning' as const,
            column: column.name,
            at: column.at,
          })),
        softDelete: columns.some((column) => column.name === 'deleted_at'),
        comment: null,
        at: range(file, 8, 1),
      });
    }
  return {
    project: '',
    title,
    tables,
    edges,
    enums: Object.entries(enums).map(([name, values]) => ({ name, values })),
    modules: Object.keys(source).map((id) => ({
      id,
      label: id,
      tables: tables.filter(({ module }) => module === id).map((table) => table.id),
    })),
  };
}

const enums: Readonly<Record<string, readonly string[]>> = {
  order_status: ['draft', 'placed', 'shipped', 'cancelled'],
  payment_status: ['authorised', 'captured', 'failed'],
  product_status: ['draft', 'active', 'archived'],
};

function enumOf(type: string): string | null {
  return type in enums ? type : null;
}

function edge(table: string, column: string, target: string, marks: readonly string[]): DiagramEdge {
  const single = marks.some((mark) => mark.startsWith('>>'));
  return {
    id: `${table}.${column}`,
    from: { table, columns: [column], cardinality: single ? 'zero-or-one' : 'many' },
    to: { table: target, columns: ['id'], cardinality: marks.includes('?') ? 'zero-or-one' : 'one' },
    label: column,
    enforced: column !== 'method_id',
    onDelete: marks.includes('!') ? 'CASCADE' : null,
    through: null,
    at: range(`src/${table}.ts`, 9, 3),
  };
}

function range(file: string, line: number, column: number): SourceRange {
  return { file: `file:///shop/${file}`, line, column, endLine: line, endColumn: column + 10 };
}

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The small one, compared with an earlier state. */
export function changedModel(): DiagramModel {
  const model = smallModel();
  return {
    ...model,
    tables: model.tables.map((table) =>
      table.id === 'category'
        ? { ...table, change: 'removed' }
        : table.id === 'order_line'
          ? { ...table, change: 'added' }
          : table.id === 'order'
            ? {
                ...table,
                change: 'altered',
                columns: table.columns.map((column, index) =>
                  index === 1
                    ? { ...column, change: 'altered' }
                    : index === 6
                      ? { ...column, change: 'added' }
                      : column,
                ),
              }
            : table,
    ),
    changes: {
      since: 'main',
      entries: [
        { kind: 'removed', table: 'category', column: null, words: 'Drop table category.' },
        { kind: 'added', table: 'order_line', column: null, words: 'Create table order_line.' },
        { kind: 'added', table: 'order', column: 'currency', words: 'Add column order.currency (char(3)).' },
      ],
    },
  };
}
