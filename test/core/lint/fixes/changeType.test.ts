/** Columns get another type: the fixes of `lossy-column-type` and `mismatched-key-type`, for each ORM whose entities are edited. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';

const typeorm = (columns: string): Files => ({
  'invoice.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n\n@Entity('invoices')\nexport class Invoice {\n  @PrimaryGeneratedColumn()\n  id: number;\n\n${columns}\n}\n`,
});
const prisma = (fields: string): Files => ({
  'schema.prisma': `datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\nmodel Invoice {\n  id Int @id @default(autoincrement())\n${fields}\n}\n`,
});
const django = (fields: string): Files => ({
  'requirements.txt': 'django\n',
  'shop/__init__.py': '',
  'shop/models.py': `from django.db import models\n\n\nclass Invoice(models.Model):\n${fields}\n`,
});
const sqlalchemy = (columns: string): Files => ({
  'models.py': `from sqlalchemy import Column, DateTime, Float, Integer\nfrom sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Invoice(Base):\n    __tablename__ = "invoices"\n\n    id = Column(Integer, primary_key=True)\n${columns}\n`,
});
const jpa = (field: string): Files => ({
  'src/Invoice.java': `package shop;\n\nimport jakarta.persistence.*;\n\n@Entity\n@Table(name = "invoices")\npublic class Invoice {\n  @Id\n  private Long id;\n\n${field}\n}\n`,
});
const efcore = (property: string): Files => ({
  'Shop.cs': `using Microsoft.EntityFrameworkCore;\n\nnamespace Shop;\n\npublic class Invoice\n{\n    public int Id { get; set; }\n    ${property}\n}\n\npublic class ShopContext : DbContext\n{\n    public DbSet<Invoice> Invoices { get; set; }\n}\n`,
});

const cases: readonly (readonly [string, Files, string, RegExp])[] = [
  [
    'money of TypeORM',
    typeorm("  @Column('double precision')\n  amount: number;"),
    'lossy-column-type',
    /@Column\('numeric', \{ precision: 12, scale: 2 \}\)/u,
  ],
  [
    'time of TypeORM',
    typeorm(
      "  @Column('timestamptz')\n  createdAt: Date;\n\n  @Column('timestamptz')\n  dueAt: Date;\n\n  @Column('timestamp')\n  paidAt: Date;",
    ),
    'lossy-column-type',
    /@Column\('timestamp with time zone'\)\n {2}paidAt/u,
  ],
  ['money of Prisma', prisma('  amount Float'), 'lossy-column-type', /amount Decimal/u],
  [
    'money of Django',
    django('    amount = models.FloatField()'),
    'lossy-column-type',
    /amount = models\.DecimalField\(max_digits=12, decimal_places=2\)/u,
  ],
  [
    'money of SQLAlchemy',
    sqlalchemy('    amount = Column(Float)'),
    'lossy-column-type',
    /amount = Column\(Numeric\(12, 2\)\)/u,
  ],
  ['money of JPA', jpa('  private double amount;'), 'lossy-column-type', /BigDecimal amount/u],
  ['money of EF Core', efcore('public double Amount { get; set; }'), 'lossy-column-type', /decimal Amount/u],
  [
    'a key of SQLAlchemy',
    {
      'models.py': `from sqlalchemy import BigInteger, Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"

    id = Column(BigInteger, primary_key=True)


class Order(Base):
    __tablename__ = "orders"

    id = Column(BigInteger, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customers.id"), index=True)
`,
    },
    'mismatched-key-type',
    /customer_id = Column\(BigInteger, ForeignKey\("customers\.id"\), index=True\)/u,
  ],
];

describe('fixes that change the type of a column', () => {
  for (const [name, files, rule, expected] of cases)
    it(`are written for ${name}`, async () => {
      const after = await proveFix(files, rule);
      assert.match(Object.values(after).join('\n'), expected);
    });

  it('are not preferred, because rows and code have to follow', async () => {
    const { finding } = await makeFix(typeorm("  @Column('double precision')\n  amount: number;"), 'lossy-column-type');
    assert.deepEqual(
      finding.fixes.map(({ preferred }) => preferred),
      [false],
    );
  });
});
