/** Values are bound: the fix of `sql-injection`, for each way to run a statement that it is written for. */
import assert from 'node:assert/strict';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';
import { django, efcore, prisma, sequelize, sqlalchemy, typeorm } from './shops.ts';

const ofTypeorm = (statement: string): Files =>
  typeorm(`  async search(term: string, other: string) {\n    return ${statement};\n  }`);
const ofPrisma = (statement: string): Files => prisma(`export const search = (term: string) => ${statement};`);
const ofDjango = (statement: string): Files =>
  django(`def search(term: str):\n    with connection.cursor() as cursor:\n        ${statement}`);
const ofSqlalchemy = (statement: string): Files =>
  sqlalchemy(`def search(session: Session, term: str):\n    return ${statement}`);
const ofEf = (statement: string): Files => efcore(`    public object Search(string term) => ${statement};`);
const ofJava = (statement: string): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId></dependency></dependencies></project>',
  'src/Customer.java':
    'package shop;\n\nimport jakarta.persistence.*;\n\n@Entity\n@Table(name = "customers")\npublic class Customer {\n  @Id\n  private Long id;\n\n  private String name;\n}\n',
  'src/Search.java': `package shop;\n\nimport jakarta.persistence.EntityManager;\nimport org.springframework.jdbc.core.JdbcTemplate;\n\npublic class Search {\n  private EntityManager entityManager;\n  private JdbcTemplate template;\n\n  Object search(String term) {\n    return ${statement};\n  }\n}\n`,
});

const ofDapper = (statement: string): Files => ({
  'Shop.csproj':
    '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Dapper" Version="2.1.0" /><PackageReference Include="Npgsql" Version="8.0.0" /></ItemGroup></Project>',
  'Search.cs': `using System.Data;\nusing Dapper;\n\npublic class Customer\n{\n    public int Id { get; set; }\n}\n\npublic class Search\n{\n    private readonly IDbConnection connection;\n\n    public object Find(string term) => ${statement};\n}\n`,
});

const ofMybatis = (xml: string, annotation = 'SELECT id FROM customers'): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.mybatis</groupId><artifactId>mybatis</artifactId></dependency></dependencies></project>',
  'src/Customer.java': 'package shop;\n\npublic class Customer {\n  private Long id;\n  private String name;\n}\n',
  'src/CustomerMapper.java': `package shop;\n\nimport java.util.List;\nimport org.apache.ibatis.annotations.*;\n\npublic interface CustomerMapper {\n  List<Customer> search(@Param("term") String term);\n\n  @Select("${annotation}")\n  List<Customer> all(@Param("term") String term);\n}\n`,
  'src/CustomerMapper.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">\n<mapper namespace="shop.CustomerMapper">\n  <select id="search" resultType="shop.Customer">\n    SELECT id, name FROM customers\n    WHERE ${xml}\n  </select>\n</mapper>\n`,
});

const cases: readonly (readonly [string, Files, string, Dialect?])[] = [
  [
    'TypeORM, a template',
    ofTypeorm("this.dataSource.query(`SELECT id FROM customers WHERE name = '${term}'`)"),
    'query(`SELECT id FROM customers WHERE name = $1`, [term])',
  ],
  [
    'TypeORM, a pattern',
    ofTypeorm("this.dataSource.query(`SELECT id FROM customers WHERE name LIKE '%${term}%'`)"),
    'name LIKE $1`, [`%${term}%`])',
  ],
  [
    'TypeORM, joined text and two values',
    ofTypeorm(
      'this.dataSource.query("SELECT id FROM customers WHERE name = \'" + term + "\' OR name = \'" + other + "\'")',
    ),
    'query("SELECT id FROM customers WHERE name = $1 OR name = $2", [term, other])',
  ],
  [
    'TypeORM, beside other parameters',
    ofTypeorm("this.dataSource.query(`UPDATE customers SET name = '${term}' WHERE id = $1`, [7])"),
    'SET name = $2 WHERE id = $1`, [7, term])',
  ],
  [
    'TypeORM on MySQL',
    ofTypeorm("this.dataSource.query(`SELECT id FROM customers WHERE name = '${term}'`)"),
    'WHERE name = ?`, [term])',
    'mysql',
  ],
  [
    'a query builder',
    ofTypeorm("this.customers.createQueryBuilder('c').where(`c.name = '${term}'`).getMany()"),
    '.where(`c.name = :term`, { term }).getMany()',
  ],
  [
    'a query builder with parameters',
    ofTypeorm("this.customers.createQueryBuilder('c').where(`c.name = '${term}' AND c.id > :id`, { id: 7 }).getMany()"),
    '.where(`c.name = :term AND c.id > :id`, { id: 7, term: term })',
  ],
  [
    'Prisma',
    ofPrisma('prisma.$queryRawUnsafe(`SELECT id FROM "Customer" WHERE name = \'${term}\'`)'),
    'prisma.$queryRaw`SELECT id FROM "Customer" WHERE name = ${term}`;',
  ],
  [
    'Prisma, joined text',
    ofPrisma('prisma.$executeRawUnsafe("UPDATE \\"Customer\\" SET name = \'" + term + "\' WHERE id = 1")'),
    'prisma.$executeRaw`UPDATE "Customer" SET name = ${term} WHERE id = 1`;',
  ],
  [
    'Sequelize',
    sequelize("exports.search = (status) => sequelize.query(`SELECT id FROM orders WHERE status = '${status}'`);"),
    'query(`SELECT id FROM orders WHERE status = :status`, { replacements: { status } })',
  ],
  [
    'a cursor of Django',
    ofDjango("cursor.execute(f\"SELECT id FROM shop_customer WHERE name = '{term}' AND email LIKE '%@x'\")"),
    'cursor.execute("SELECT id FROM shop_customer WHERE name = %s AND email LIKE \'%%@x\'", [term])',
  ],
  [
    'a formatted statement of Django',
    ofDjango('cursor.execute("SELECT id FROM shop_customer WHERE name = \'%s\'" % term)'),
    'cursor.execute("SELECT id FROM shop_customer WHERE name = %s", [term])',
  ],
  [
    'raw of Django',
    ofDjango('return list(Customer.objects.raw("SELECT id FROM shop_customer WHERE name = \'" + term + "\'"))'),
    'raw("SELECT id FROM shop_customer WHERE name = %s", [term])',
  ],
  [
    'SQLAlchemy',
    ofSqlalchemy('session.execute(text(f"SELECT id FROM customers WHERE name = \'{term}\'")).all()'),
    'session.execute(text("SELECT id FROM customers WHERE name = :term"), {"term": term}).all()',
  ],
  [
    'FromSqlRaw of EF Core',
    ofEf('db.Customers.FromSqlRaw($"SELECT * FROM \\"Customers\\" WHERE \\"Name\\" = \'{term}\'").ToList()'),
    'FromSqlInterpolated($"SELECT * FROM \\"Customers\\" WHERE \\"Name\\" = {term}").ToList()',
  ],
  [
    'ExecuteSqlRaw of EF Core, joined text',
    ofEf('db.Database.ExecuteSqlRaw("DELETE FROM \\"Customers\\" WHERE \\"Name\\" = \'" + term + "\'")'),
    'ExecuteSqlInterpolated($"DELETE FROM \\"Customers\\" WHERE \\"Name\\" = {term}")',
  ],
  [
    'Dapper',
    ofDapper('connection.Query<Customer>($"SELECT Id FROM customers WHERE name = \'{term}\'")'),
    'connection.Query<Customer>("SELECT Id FROM customers WHERE name = @term", new { term })',
  ],
  [
    'Dapper, a pattern',
    ofDapper('connection.Execute("DELETE FROM customers WHERE name LIKE \'" + term + "%\'")'),
    'connection.Execute("DELETE FROM customers WHERE name LIKE @term", new { term = term + "%" })',
  ],
  ['MyBatis', ofMybatis("name = '${term}'"), 'WHERE name = #{term}\n', 'mysql'],
  ['MyBatis, a pattern', ofMybatis("name LIKE '%${term}%'"), "WHERE name LIKE CONCAT('%', #{term}, '%')\n", 'mysql'],
  [
    'an annotation of MyBatis',
    ofMybatis('id = #{term}', "SELECT id FROM customers WHERE name = '${term}'"),
    '@Select("SELECT id FROM customers WHERE name = #{term}")',
    'mysql',
  ],
  [
    'JPA',
    ofJava('entityManager.createNativeQuery("SELECT id FROM customers WHERE name = \'" + term + "\'").getResultList()'),
    'createNativeQuery("SELECT id FROM customers WHERE name = :term").setParameter("term", term).getResultList()',
  ],
  [
    'JdbcTemplate',
    ofJava('template.update(String.format("DELETE FROM customers WHERE name = \'%s\'", term))'),
    'template.update("DELETE FROM customers WHERE name = ?", term)',
  ],
];

const traps: readonly (readonly [string, Files])[] = [
  ['a part of a longer text of MyBatis', ofMybatis("name = 'x-${term}'")],
  ['a name', ofTypeorm("this.dataSource.query('SELECT id FROM customers ORDER BY ' + term + ' LIMIT 10')")],
  ['a part of a longer text', ofTypeorm("this.dataSource.query(`SELECT id FROM customers WHERE name = 'x-${term}'`)")],
  [
    'a list',
    ofTypeorm(
      "this.customers.createQueryBuilder('c').where(`c.name IN ('${term.split(\",\").join(\"','\")}')`).getMany()",
    ),
  ],
  [
    'parameters that are made elsewhere',
    typeorm(
      "  async search(term: string, values: unknown[]) {\n    return this.dataSource.query(`SELECT id FROM customers WHERE name = '${term}' AND id = $1`, values);\n  }",
    ),
  ],
  [
    'a cursor with parameters',
    ofDjango('cursor.execute(f"SELECT id FROM shop_customer WHERE name = \'{term}\' AND id = %s", [7])'),
  ],
];

describe('the fix of sql-injection', () => {
  for (const [name, files, expected, dialect] of cases)
    it(`binds the value: ${name}`, async () => {
      const after = await proveFix(files, 'sql-injection', dialect ?? 'postgresql');
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(expected), text);
    });

  for (const [name, files] of traps)
    it(`is not offered for ${name}`, async () => {
      assert.equal((await makeFix(files, 'sql-injection')).files, null);
    });
});
