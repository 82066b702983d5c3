/** Alembic's own result of the same revisions is compared by `npm run conformance`; here stands what it cannot say: order, problems, steps. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { sqlalchemyReader } from '../../../../src/core/readers/sqlalchemy/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, pythonFiles, readPython } from '../../../support/readPython.ts';
import type { PythonFiles, PythonResult } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/alembic', import.meta.url));

/** A revision with the lines of its `upgrade`. */
function revision(id: string, down: string | null, lines: readonly string[], head = ''): readonly [string, string] {
  const body = lines.length === 0 ? ['pass'] : lines;
  return [
    `alembic/versions/${id}_step.py`,
    `import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
${head}
revision = "${id}"
down_revision = ${down === null ? 'None' : JSON.stringify(down)}


def upgrade():
${body.map((line) => `    ${line}\n`).join('')}

def downgrade():
    pass
`,
  ];
}

const orders = [
  'op.create_table("orders",',
  '    sa.Column("id", sa.Integer(), primary_key=True),',
  '    sa.Column("buyer_id", sa.Integer(), nullable=False),',
  '    sa.Column("state", sa.String(20), nullable=True))',
];

describe('replay of Alembic', function () {
  this.timeout(60_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });
  const replay = (files: PythonFiles, dialect: Dialect = 'postgresql'): PythonResult =>
    readPython(sqlalchemyReader, files, syntax, { dialect, source: 'migrations' });
  const messages = ({ problems }: PythonResult): readonly string[] =>
    problems.map(({ code, message, at }) => `${code} ${at?.line ?? 0}: ${message}`);
  const shapeOf = (result: PythonResult, table: string): readonly string[] =>
    (result.tables.find(({ name }) => name === table)?.columns ?? []).map(
      ({ name, rawType, length, nullable, default: initial }) =>
        `${name} ${rawType}${length === null ? '' : `(${length})`}${nullable ? '' : ' not null'}${initial === null ? '' : ` default ${initial}`}`,
    );

  it('runs branches before what joins them, whatever the files are called', () => {
    const result = replay(pythonFiles(fixtures));
    assert.deepEqual(messages(result), []);
    const order = result.files
      .flatMap(({ file, migration }) => (migration ? [[migration.order ?? -1, file] as const] : []))
      .sort(([a], [b]) => a - b)
      .map(([, file]) => file);
    assert.equal(order[0], 'versions/f0_first.py');
    assert.deepEqual(order.slice(-2), ['versions/c3_merge.py', 'versions/a4_last.py']);
    assert.deepEqual(result.tables.map(({ name }) => name).sort(), [
      'customer',
      'customer_tag',
      'page_visit',
      'purchase',
      'tag',
    ]);
    assert.deepEqual(
      result.enums.map(({ name, values }) => [name, values]),
      [['purchase_status', ['new', 'paid', 'sent']]],
    );
    const purchase = result.tables.find(({ name }) => name === 'purchase');
    assert.deepEqual(
      purchase?.columns.map(({ name }) => name),
      ['id', 'customer_id', 'status', 'total', 'remark', 'changed'],
    );
    assert.deepEqual(
      purchase.indexes.map(({ name, where }) => [name, where]),
      [
        ['ix_purchase_status', null],
        ['ix_open_purchase', "status = 'new'"],
      ],
    );
  });

  it('takes branches by the engine', () => {
    const columns = (dialect: Dialect): readonly string[] =>
      shapeOf(replay(pythonFiles(fixtures), dialect), 'customer').filter((each) => /^(?:extra|key)/.test(each));
    assert.deepEqual(columns('postgresql'), ['extra jsonb', 'key uuid']);
    assert.deepEqual(columns('sqlite'), ['extra json']);
  });

  it('finds what the engine has named', () => {
    const result = replay([
      revision('a1', null, [
        ...orders,
        'op.create_table("buyer", sa.Column("id", sa.Integer(), primary_key=True))',
        'op.create_foreign_key(None, "orders", "buyer", ["buyer_id"], ["id"])',
        'op.create_unique_constraint(None, "orders", ["state"])',
      ]),
      revision('a2', 'a1', [
        'op.drop_constraint("orders_buyer_id_fkey", "orders", type_="foreignkey")',
        'op.drop_constraint("orders_state_key", "orders", type_="unique")',
        'op.alter_column("orders", "state", type_=sa.Text(), server_default="new", existing_type=sa.String(20), nullable=False)',
        'op.create_check_constraint("known_state", "orders", sa.column("state") != "")',
        'op.execute("ALTER TABLE orders ADD COLUMN paid boolean DEFAULT false")',
      ]),
    ]);
    assert.deepEqual(messages(result), []);
    assert.deepEqual(shapeOf(result, 'orders'), [
      'id integer not null',
      'buyer_id integer not null',
      "state text not null default 'new'",
      'paid boolean default false',
    ]);
    const table = result.tables.find(({ name }) => name === 'orders');
    assert.deepEqual(
      [table?.foreignKeys, table?.uniques, table?.checks.map(({ name }) => name)],
      [[], [], ['known_state']],
    );
  });

  it('names in a batch by the convention that it is given', () => {
    const result = replay(
      [
        revision('a1', null, ['op.create_table("tag", sa.Column("label", sa.String(9), unique=True))']),
        revision('a2', 'a1', [
          'with op.batch_alter_table("tag", naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}) as batch_op:',
          '    batch_op.drop_constraint("uq_tag_label", type_="unique")',
        ]),
      ],
      'sqlite',
    );
    assert.deepEqual(messages(result), []);
    assert.deepEqual(result.tables[0]?.uniques, []);
  });

  it('makes and changes enumerations', () => {
    const result = replay([
      revision(
        'a1',
        null,
        [
          'kind.create(op.get_bind(), checkfirst=True)',
          'op.create_table("thing", sa.Column("kind", kind, nullable=False))',
          'op.execute("ALTER TYPE kind ADD VALUE \'c\'")',
        ],
        'kind = postgresql.ENUM("a", "b", name="kind", create_type=False)',
      ),
    ]);
    assert.deepEqual(messages(result), []);
    assert.deepEqual(
      result.enums.map(({ name, values }) => [name, values]),
      [['kind', ['a', 'b', 'c']]],
    );
    assert.equal(result.tables[0]?.columns[0]?.enum, 'kind');
  });

  it('follows alembic-postgresql-enum', () => {
    const result = replay([
      revision('a1', null, [
        'op.create_table("thing", sa.Column("kind", sa.Enum("a", "b", name="kind"), nullable=False))',
        'op.create_table("other", sa.Column("state", sa.Enum("x", "y", name="state", schema="back")), schema="back")',
      ]),
      revision(
        'a2',
        'a1',
        [
          'op.sync_enum_values("public", "kind", ["a", "b", "c"], [("thing", "kind")], enum_values_to_rename=[])',
          'op.sync_enum_values(',
          '    enum_schema="back",',
          '    enum_name="state",',
          '    new_values=["x", "z"],',
          '    affected_columns=[TableReference(table_schema="back", table_name="other", column_name="state")],',
          '    enum_values_to_rename=[("y", "z")])',
          'op.sync_enum_values("public", "nowhere", ["a"], [])',
          'op.sync_enum_values("public", "kind", values_of_today(), [])',
        ],
        'from alembic_postgresql_enum import TableReference',
      ),
    ]);
    assert.deepEqual(
      result.enums.map(({ namespace, name, values }) => [namespace, name, values]),
      [
        [null, 'kind', ['a', 'b', 'c']],
        ['back', 'state', ['x', 'z']],
      ],
    );
    assert.deepEqual(messages(result), [
      'migration-not-followed 17: a2: There is no enum nowhere at this point.',
      'migration-not-followed 18: a2: sync_enum_values was left out: its new_values cannot be told from the text.',
    ]);
  });

  it('follows loops, functions of the file, and conditions on the schema', () => {
    const helper = `
def add_note(table, name="note"):
    op.add_column(table, sa.Column(name, sa.Text()))
`;
    const result = replay([
      revision('a1', null, orders),
      revision(
        'a2',
        'a1',
        [
          'for name, size in [("a", 5), ("b", 6)]:',
          '    op.add_column("orders", sa.Column(name, sa.String(size)))',
          'add_note("orders")',
          'add_note("orders", name="remark")',
          'inspector = sa.inspect(op.get_bind())',
          'if not inspector.has_table("orders"):',
          '    op.drop_table("orders")',
          'if "state" in [column["name"] for column in inspector.get_columns("orders")]:',
          '    op.drop_column("orders", "state")',
        ],
        helper,
      ),
    ]);
    assert.deepEqual(messages(result), []);
    assert.deepEqual(shapeOf(result, 'orders').slice(2), ['a varchar(5)', 'b varchar(6)', 'note text', 'remark text']);
  });

  it('tells what is only known when it runs, and nothing of rows', () => {
    const result = replay([
      revision('a1', null, [
        ...orders,
        'if os.environ.get("BIG"):',
        '    op.drop_table("orders")',
        'for table in tables_of(op):',
        '    op.drop_table(table)',
        'for row in op.get_bind().execute(sa.text("SELECT id FROM orders")):',
        '    op.get_bind().execute(sa.text("UPDATE orders SET state = \'x\'"))',
        'op.execute(f"ALTER TABLE {name} ADD COLUMN x int")',
        'op.execute(orders.update().values(state="x"))',
        'op.create_entity(view)',
        'op.add_column("missing", sa.Column("x", sa.Integer()))',
        'op.drop_column("missing", "x")',
        'op.drop_index("no_such_index", table_name="orders")',
      ]),
    ]);
    assert.deepEqual(messages(result), [
      'migration-not-followed 14: a1: whether this branch is taken is only known when it runs; it was left out.',
      'migration-not-followed 16: a1: the list of this loop cannot be told from the text.',
      'migration-not-followed 20: a1: this SQL is put together when it runs, so what it changes is not known.',
      "migration-not-followed 22: a1: create_entity is none of Alembic's own operations, so what it does is not known.",
      'migration-not-followed 23: a1: There is no table missing at this point. No revision before this one creates it: was it made by create_all?',
      'migration-not-followed 25: a1: There is no index no_such_index at this point.',
    ]);
    assert.equal(result.tables.length, 1);
  });

  it('takes folders that share the id of a revision for environments of their own', () => {
    const inFolder = (folder: string, [path, text]: readonly [string, string]): readonly [string, string] => [
      path.replace('alembic/versions', `revisions/${folder}/versions`),
      text,
    ];
    const invoices = ['op.create_table("invoices", sa.Column("id", sa.Integer(), primary_key=True))'];
    const result = replay([
      inFolder('core', revision('a1', '', invoices)),
      inFolder('tenant', revision('a1', null, orders)),
      inFolder('tenant', revision('b2', 'a1', ['op.add_column("orders", sa.Column("note", sa.Text()))'])),
    ]);
    assert.deepEqual(messages(result), []);
    assert.deepEqual(result.tables.map(({ name }) => name).sort(), ['invoices', 'orders']);
    assert.equal(shapeOf(result, 'orders').length, 4);
  });

  it('tells of several heads, of what is missing, and of revisions that rest on each other', () => {
    const heads = replay([revision('a1', null, orders), revision('b2', 'a1', []), revision('c3', 'a1', [])]);
    assert.deepEqual(messages(heads), [
      'migration-heads 9: There are several heads (b2 in b2_step.py, c3 in c3_step.py): "alembic upgrade head" refuses, "upgrade heads" runs them all, and so is what is shown. Join them by "alembic merge heads".',
    ]);
    const missing = replay([revision('a1', 'zz', orders)]);
    assert.match(messages(missing).join(), /^migration-missing 9: Revision a1 rests on zz, which is not there/);
    const circle = replay([revision('a1', 'b2', orders), revision('b2', 'a1', [])]);
    assert.match(messages(circle).join(), /^migration-circle 9: Revisions \w+ and \w+ rest on each other/);
    assert.equal(circle.tables.length, 1);
  });

  it('tells the steps', () => {
    const result = replay([
      revision('a1', null, [
        'op.add_column("t", sa.Column("x", sa.Integer(), nullable=False))',
        'op.alter_column("t", "y", nullable=False, existing_nullable=True, type_=sa.BigInteger())',
        'with op.get_context().autocommit_block():',
        '    op.create_index("ix", "t", ["x"], postgresql_concurrently=True)',
        'op.execute("DROP TABLE old")',
      ]),
    ]);
    const migration = result.files[0]?.migration;
    assert.deepEqual([migration?.inTransaction, migration?.reversible], [false, false]);
    assert.deepEqual(
      migration?.steps.map(({ kind, table, columns, to, required, online }) => [
        ...[kind, table, columns.join(), to, required, online],
      ]),
      [
        ['add-column', 't', 'x', 'integer', true, false],
        ['change-type', 't', 'y', 'bigint', false, false],
        ['require-column', 't', 'y', null, false, false],
        ['create-index', 't', 'x', null, false, true],
        ['drop-table', 'old', '', null, false, false],
      ],
    );
  });
});
