import assert from 'node:assert/strict';
import { classifyTables } from '../../../src/core/schema/classification.ts';
import type { Column, ColumnType, Table } from '../../../src/core/schema/model.ts';
import { wordsOf } from '../../../src/core/schema/words.ts';
import { aColumn, aForeignKey, aTable } from '../../support/tables.ts';

function kindOf(
  table: string,
  column: string,
  type: ColumnType = 'string',
  stated: Partial<Column> = {},
): string | null {
  const before = aTable(table, { columns: [aColumn(column, { type, ...stated })], primaryKey: [] });
  return classifyTables([before], {})[0]?.columns[0]?.classification?.kind ?? null;
}

/** `table.column` or `table.column:type`, by the kind expected. */
const expected: Readonly<Record<string, readonly string[]>> = {
  pii: [
    'users.email',
    'users.emailAddress',
    'companies.contact_email',
    'USERS.EMAIL',
    'users.email_normalized',
    'orders.phone_number',
    'users.phone:int64',
    'customers.first_name',
    'employees.lastName',
    'customers.name',
    'user_profiles.full_name',
    'patients.date_of_birth:date',
    'users.dob:datetime',
    'users.birthYear:int32',
    'users.ssn',
    'employees.national_id',
    'users.passport_number',
    'customer_addresses.street',
    'customer_addresses.postal_code',
    'orders.shipping_address',
    'orders.recipient_name',
    'orders.customer_name',
    'payments.iban',
    'sessions.ip_address',
    'audit_logs.remote_ip',
    'users.gender:enum',
    'employees.salary:decimal',
    'users.address:json',
    'user.username',
  ],
  phi: [
    'visits.diagnosis',
    'patients.blood_type',
    'patients.treatment',
    'patient_notes.notes:text',
    'prescriptions.dosage',
    'encounters.icd10',
    'patients.weight:decimal',
    'patients.allergies:json',
  ],
  pan: [
    'payments.card_number',
    'payments.pan',
    'cards.cvv',
    'cards.cvv2',
    'payment_methods.cardNumber',
    'orders.credit_card',
    'cards.cardholder_name',
    'payments.card_expiry',
  ],
  secret: [
    'users.password',
    'users.password_hash',
    'users.hashedPassword',
    'users.encrypted_password',
    'integrations.api_key',
    'users.reset_password_token',
    'sessions.token',
    'password_resets.token',
    'oauth_clients.clientSecret',
    'users.totpSecret',
    'users.salt',
    'webhooks.secret',
    'sessions.refreshToken',
    'session.hash_token',
  ],
  none: [
    'crypto_assets.token',
    'nlp_documents.token',
    'messages.next_page_token',
    'prices.token_count:int32',
    'chemicals.treatment',
    'water.treatment',
    'courses.certificate',
    'email_templates.template',
    'emails.email_template',
    'mails.email_template_id',
    'wallets.card_count:int32',
    'wallets.card_brand',
    'payments.card_token',
    'payments.card_last4',
    'boards.card',
    'gift_cards.gift_card_number',
    'products.name',
    'categories.name',
    'user_roles.name',
    'customer_groups.name',
    'companies.name',
    'users.company_name',
    'users.file_name',
    'products.full_name',
    'users.email_verified:boolean',
    'users.email_verified_at:datetime',
    'users.has_password:boolean',
    'users.password_changed_at:datetime-tz',
    'users.email_count:int32',
    'users.is_email:boolean',
    'users.phone_verified:boolean',
    'users.email_status',
    'users.password_policy',
    'orders.condition',
    'products.weight:decimal',
    'visit_items.quantity_prescription:int32',
    'contracts.contract_address',
    'pages.page',
    'images.image',
    'images.package',
    'storage.storage',
    'translations.translation_key',
    'posts.secretary',
    'lessons.lesson',
    'users.id:uuid',
    'products.description:text',
    'servers.server_ip',
    'games.race',
    'warehouses.address_street',
    'stores.postal_address',
    'suppliers.city',
    'stores.city',
    'warehouses.latitude:decimal',
    'panels.panel',
    'panels.pan',
    'users.pincode_version',
    'users.user_return_condition',
  ],
};

describe('column classification', () => {
  for (const [kind, columns] of Object.entries(expected))
    it(`finds ${kind === 'none' ? 'nothing' : kind} where it is so`, () => {
      const wrong = columns.flatMap((entry) => {
        const [path = '', type = 'string'] = entry.split(':');
        const [table = '', column = ''] = path.split('.');
        const found = kindOf(table, column, type as ColumnType) ?? 'none';
        return found === kind ? [] : [`${entry}: ${found}`];
      });
      assert.deepEqual(wrong, []);
    });

  it('leaves foreign keys, generated columns and bookkeeping columns alone', () => {
    const table = aTable('orders', {
      columns: [aColumn('email', { type: 'string' })],
      foreignKeys: [aForeignKey(['email'], 'emails')],
    });
    assert.equal(classifyTables([table], {})[0], table);
    assert.equal(kindOf('users', 'token', 'uuid', { generated: { kind: 'uuid', expression: null } }), null);
    assert.equal(kindOf('users', 'birthday', 'datetime', { role: 'created-at' }), null);
  });

  it('says why and how sure it is', () => {
    const table = aTable('customers', {
      columns: [aColumn('email', { type: 'string' }), aColumn('name', { type: 'string' })],
    });
    assert.deepEqual(
      classifyTables([table], {})[0]?.columns.map(({ classification }) => classification),
      [
        { kind: 'pii', evidence: 'named "email"', confidence: 'certain' },
        { kind: 'pii', evidence: 'named "name", about a person', confidence: 'likely' },
      ],
    );
  });

  it('takes the table from its entity and the column from its property too', () => {
    const table: Table = aTable('tbl_017', {
      entity: 'Customer',
      columns: [aColumn('c1', { property: 'fullName', type: 'string' })],
    });
    assert.equal(classifyTables([table], {})[0]?.columns[0]?.classification?.kind, 'pii');
  });

  it('is overruled by the project, by physical name, namespace, entity or property', () => {
    const table = aTable('orders', {
      namespace: 'sales',
      entity: 'Order',
      columns: [aColumn('ref', { property: 'reference', type: 'string' }), aColumn('email', { type: 'string' })],
    });
    for (const key of ['orders.ref', 'sales.orders.ref', 'Order.reference', 'Order.ref']) {
      const columns = classifyTables([table], { [key]: 'phi', 'Order.email': 'none' })[0]?.columns;
      assert.deepEqual(columns?.[0]?.classification, {
        kind: 'phi',
        evidence: `set for ${key} in .data-engineer.json`,
        confidence: 'certain',
      });
      assert.equal(columns[1]?.classification, null);
    }
  });

  it('splits identifiers of every case style into words', () => {
    for (const identifier of [
      'customer_email2',
      'customerEmail2',
      'CUSTOMER-EMAIL-2',
      'customer.email.2',
      'CustomerEMAIL2',
    ])
      assert.deepEqual(wordsOf(identifier), ['customer', 'email', '2'], identifier);
    assert.deepEqual(wordsOf('HTTPServerURL'), ['http', 'server', 'url']);
    assert.deepEqual(wordsOf(''), []);
  });
});
