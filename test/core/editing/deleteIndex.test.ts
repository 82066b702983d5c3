/** Indexes deleted in the diagram: the last of a list, those that nobody declared, those of a form that is not written. */
import assert from 'node:assert/strict';
import { edit } from '../../support/editing.ts';
import { django, efcore, jpa, sqlalchemy } from '../writers/shops/elsewhere.ts';
import { sequelize } from '../writers/shops/node.ts';

const plain = { kind: 'deleteIndex', name: null } as const;

async function textAfter(
  files: Readonly<Record<string, string>>,
  path: string,
  table: string,
  columns: readonly string[],
) {
  const edited = await edit(files, { ...plain, table, columns });
  assert.ok(typeof edited !== 'string', typeof edited === 'string' ? edited : '');
  return edited.files[path] ?? '';
}

async function refusal(files: Readonly<Record<string, string>>, table: string, columns: readonly string[]) {
  const edited = await edit(files, { ...plain, table, columns });
  return typeof edited === 'string' ? edited : 'nothing is refused';
}

describe('deleting an index', () => {
  it('takes the list, and a Meta that says nothing else, with the last entry', async () => {
    const path = 'shop/models.py';
    const alone = (django.files[path] ?? '')
      .replace('        ordering = ["-total", "status"]\n', '')
      .replace('            models.Index(fields=["remark"]),\n', '');
    const text = await textAfter({ [path]: alone }, path, 'shop_order', ['status', 'total']);
    assert.doesNotMatch(text, /Meta|indexes/);
    assert.match(text, /related_name="orders"\)\n\n {4}def __str__/);
  });

  it('takes the flag of a field', async () => {
    const path = 'shop/models.py';
    const flagged = (django.files[path] ?? '')
      .replace('TextField(null=True,', 'TextField(db_index=True, null=True,')
      .replace('            models.Index(fields=["remark"]),\n', '');
    const text = await textAfter({ [path]: flagged }, path, 'shop_order', ['remark']);
    assert.match(text, /remark = models\.TextField\(null=True, blank=True\)/);
  });

  it('takes the element with its last annotation, and the list of options with its last entry', async () => {
    const path = 'src/shop/Order.java';
    const alone = (jpa.files[path] ?? '').replace(
      '{@Index(columnList = "status, total"), @Index(columnList = "remark")}',
      '@Index(columnList = "remark")',
    );
    assert.match(
      await textAfter({ ...jpa.files, [path]: alone }, path, 'orders', ['remark']),
      /@Table\(name = "orders"\)/,
    );
    const model = (sequelize.files['models.js'] ?? '').replace("{ fields: ['status', 'total'] }, ", '');
    assert.doesNotMatch(await textAfter({ 'models.js': model }, 'models.js', 'orders', ['remark']), /indexes/);
  });

  it('keeps a tuple of one a tuple', async () => {
    const path = 'shop/models.py';
    const two = (sqlalchemy.files[path] ?? '').replace('"total"),)', '"total"), Index("ix_remark", "remark"))');
    assert.match(
      await textAfter({ [path]: two }, path, 'orders', ['remark']),
      /__table_args__ = \(Index\("ix_orders_status_total", "status", "total"\),\)/,
    );
  });

  it('says of an index that nobody declared who makes it', async () => {
    assert.match(
      await refusal(django.files, 'shop_order', ['customer_id']),
      /not declared: Django creates it by itself/,
    );
    assert.match(await refusal(django.files, 'shop_order', ['total']), /has no index on total/);
  });

  it('leaves an index alone that is configured together with other things', async () => {
    const path = 'ShopContext.cs';
    const chained = (efcore.files[path] ?? '')
      .replace(
        'modelBuilder.Entity<Order>().HasIndex(order => order.Remark)',
        'modelBuilder.Entity<Order>(order => order.HasIndex(each => each.Remark))',
      )
      .replace('.HasDatabaseName("IX_Remark")', '');
    assert.match(
      await refusal({ ...efcore.files, [path]: chained }, 'Orders', ['Remark']),
      /not written plainly \(ShopContext\.cs:\d+\); take it out there by hand/,
    );
  });
});
