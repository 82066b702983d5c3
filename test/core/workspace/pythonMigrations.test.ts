/** Migrations of Python as the product sees them: a source of the schema, and what rules on migrations judge. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { readers } from '../../../src/core/readers/registry.ts';
import { noCache } from '../../../src/core/workspace/fragmentCache.ts';
import type { Snapshot } from '../../../src/core/workspace/snapshot.ts';
import type { SchemaSource } from '../../../src/core/workspace/sources.ts';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import { filesOf, testSyntax } from './support.ts';

function read(files: Readonly<Record<string, string>>, source: SchemaSource | null = null): Promise<Snapshot> {
  const workspace = createWorkspace({
    syntax: testSyntax,
    readers,
    cache: noCache,
    source,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return workspace.apply(filesOf(files));
}

const shown = ({ projects }: Snapshot): readonly string[] =>
  projects.flatMap(({ schema }) =>
    schema.tables.map(
      ({ name, entity, columns }) => `${name} (${entity ?? '-'}): ${columns.map((each) => each.name).join(' ')}`,
    ),
  );

const alembic = {
  'requirements.txt': 'sqlalchemy==2.0.44\nalembic==1.17.2\npsycopg2==2.9.9\n',
  'models.py': `from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(40), nullable=False)
`,
  'migrations/versions/zz_first.py': `import sqlalchemy as sa
from alembic import op

revision = "zz"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("users")
`,
  'migrations/versions/aa_second.py': `import sqlalchemy as sa
from alembic import op

revision = "aa"
down_revision = "zz"


def upgrade():
    op.add_column("users", sa.Column("email", sa.String(80), nullable=False))
    op.create_index("ix_users_email", "users", ["email"])


def downgrade():
    op.drop_column("users", "email")
`,
};

const django = {
  'requirements.txt': 'django==5.2\npsycopg2==2.9.9\n',
  'shop/__init__.py': '',
  'shop/models.py': `from django.db import models


class Order(models.Model):
    state = models.CharField(max_length=20)
`,
  'shop/migrations/0001_initial.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(name="Order", fields=[("id", models.AutoField(primary_key=True))]),
    ]
`,
  'shop/migrations/0002_state.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [
        migrations.AddField("order", "state", models.CharField(max_length=20, db_index=True)),
        migrations.RunPython(fill),
    ]
`,
};

describe('migrations of Python in a workspace', function () {
  this.timeout(60_000);

  it('are a source of the schema', async () => {
    assert.deepEqual(shown(await read(alembic)), ['users (User): id name']);
    assert.deepEqual(shown(await read(alembic, 'migrations')), ['users (-): id email']);
    assert.deepEqual(shown(await read(django)), ['shop_order (Order): id state']);
    assert.deepEqual(shown(await read(django, 'migrations')), ['shop_order (-): id state']);
  });

  it('are all read, those too that only join others', async () => {
    const branch = `from alembic import op

revision = "bb"
down_revision = "zz"


def upgrade():
    op.execute("ALTER TABLE users ADD COLUMN note text")
`;
    const merge = 'revision = "cc"\ndown_revision = ("aa", "bb")\n\n\ndef upgrade():\n    pass\n';
    const files = { ...alembic, 'migrations/versions/bb.py': branch, 'migrations/versions/cc.py': merge };
    const { projects } = await read(files, 'migrations');
    assert.deepEqual(
      projects.flatMap(({ schema }) => schema.problems.map(({ message }) => message)),
      [],
    );
    assert.deepEqual(shown({ projects, problems: [] }), ['users (-): id email note']);
  });

  it('stand for the schema where the models lie elsewhere', async () => {
    const files = Object.fromEntries(Object.entries(alembic).filter(([path]) => path !== 'models.py'));
    assert.deepEqual(shown(await read(files)), ['users (-): id email']);
  });

  it('leave the schema as it was when one is taken away and comes back', async () => {
    const workspace = createWorkspace({
      syntax: testSyntax,
      readers,
      cache: noCache,
      source: 'migrations',
      hash: (text) => createHash('sha256').update(text).digest('hex'),
    });
    const path = 'migrations/versions/aa_second.py';
    const first = await workspace.apply(filesOf(alembic));
    const without = await workspace.apply([{ path, text: null }]);
    const again = await workspace.apply([{ path, text: alembic[path] }]);
    assert.deepEqual(shown(without), ['users (-): id']);
    assert.deepEqual(again, first);
    workspace.dispose();
  });

  it('are judged', async () => {
    const codes = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const { projects } = await read(files);
      const [project] = projects;
      assert.ok(project);
      return lintProject(project)
        .filter(({ code }) => code.startsWith('MIG'))
        .map(({ code, range }) => `${code} ${range.file.slice(range.file.lastIndexOf('/') + 1)}:${range.line}`)
        .sort();
    };
    assert.deepEqual(await codes(alembic), ['MIG003 aa_second.py:9', 'MIG005 aa_second.py:10']);
    assert.deepEqual(await codes(django), [
      'MIG003 0002_state.py:7',
      'MIG005 0002_state.py:7',
      'MIG011 0002_state.py:8',
    ]);
  });
});
