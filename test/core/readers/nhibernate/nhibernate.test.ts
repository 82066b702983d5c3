import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nhibernateReader } from '../../../../src/core/readers/nhibernate/reader.ts';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { analyzeFiles } from '../../../support/analyze.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadCSharp, sourcesIn } from '../efcore/read.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

describe('NHibernate reader', function () {
  this.timeout(1_800_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  function read(files: Readonly<Record<string, string>>): LinkResult {
    return readTexts(nhibernateReader, new Map(Object.entries(files)), syntax).link();
  }

  it('finds types in classes without virtual members, in their bases and in enumerations, wherever something maps them', async () => {
    const classes = {
      'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
      'Models/Secret.cs':
        'namespace Shop.Models { public abstract class Secret { public string Value; public DateTime? Until { get; set; } } }',
      'Models/ApiSecret.cs':
        'namespace Shop.Models { public class ApiSecret : Secret { public int Id { get; set; } public Kind Kind { get; set; } } }',
      'Models/Kind.cs': 'namespace Shop.Models { public enum Kind { Shared, Own } }',
    };
    const map = `using FluentNHibernate.Mapping; using Shop.Models;
namespace Shop.Mappings { public class ApiSecretMap : ClassMap<ApiSecret> { public ApiSecretMap() { Not.LazyLoad(); Id(x => x.Id); Map(x => x.Value).Length(20); Map(x => x.Until); Map(x => x.Kind).CustomType<Kind>(); } } }`;
    const { schema } = await analyzeFiles({ ...classes, 'Mappings/ApiSecretMap.cs': map }, 'mssql');
    assert.deepEqual(
      schema.tables.map(({ name, columns }) => [name, ...columns.map((column) => `${column.name} ${column.type}`)]),
      [['ApiSecret', 'Id int32', 'Value string', 'Until datetime', 'Kind int32']],
    );
  });

  it('maps subclasses of a table, of tables of their own, and secondary tables', () => {
    const { tables } = read({
      'a.hbm.xml': `<hibernate-mapping xmlns="urn:nhibernate-mapping-2.2" namespace="A">
        <class name="Animal" table="animals" discriminator-value="a"><id name="Id"><generator class="native"/></id><discriminator column="kind" length="4"/>
          <property name="Name" type="String"/>
          <subclass name="Dog" discriminator-value="d"><property name="Breed" type="String" not-null="true"/></subclass>
          <joined-subclass name="Bird" table="birds"><key column="animal_id" on-delete="cascade"/><property name="Wings" type="Int32"/></joined-subclass>
          <join table="tags"><key column="animal_id"/><property name="Tag" type="String"/></join></class></hibernate-mapping>`,
    });
    assert.deepEqual(
      tables.map(({ name, primaryKey, columns }) => [
        name,
        primaryKey,
        columns.map((column) => column.name + (column.nullable ? '?' : '')),
      ]),
      [
        ['animals', ['Id'], ['Id', 'kind', 'Name?', 'Breed?']],
        ['birds', ['animal_id'], ['animal_id', 'Wings?']],
        ['tags', ['animal_id'], ['animal_id', 'Tag?']],
      ],
    );
    assert.deepEqual(
      tables[1]?.foreignKeys.map(({ references, onDelete }) => [references.table, onDelete]),
      [['animals', 'CASCADE']],
    );
    assert.equal(tables[0]?.inheritance?.discriminatorColumn, 'kind');
  });

  it('tells that conventions of automapping are not executed, once', () => {
    const { tables, problems } = read({
      'A.cs': `public class Account { public virtual Guid Id { get; set; } public virtual string Name { get; set; } public virtual Owner Owner { get; set; } }
        public class Owner { public virtual int Id { get; set; } }
        public class AccountMap : IAutoMappingOverride<Account> { public void Override(AutoMapping<Account> m) { m.Map(x => x.Name).Length(9); } }
        public class OwnerMap : IAutoMappingOverride<Owner> { public void Override(AutoMapping<Owner> m) { m.Table("owners"); } }`,
    });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['conventions-not-executed'],
    );
    const account = tables.find(({ name }) => name === 'Account');
    assert.deepEqual(
      account?.columns.map(({ name, length }) => [name, length]),
      [
        ['Id', null],
        ['Owner_id', null],
        ['Name', 9],
      ],
    );
    assert.equal(account.foreignKeys[0]?.references.table, 'owners');
  });

  it('reads the queries of sessions', () => {
    const { files } = read({
      'Map.cs': `using FluentNHibernate.Mapping; public class Order { public virtual int Id { get; set; } public virtual string Number { get; set; } }
        public class OrderMap : ClassMap<Order> { public OrderMap() { Id(x => x.Id); Table("orders"); Map(x => x.Number).Column("no"); } }`,
      'Service.cs': `using NHibernate; public class Service { public void Run(ISession session, int[] ids) {
        var found = session.Query<Order>().Where(o => o.Number == "1").OrderBy(o => o.Id).Take(5).ToList();
        foreach (var id in ids) { var order = session.Get<Order>(id); }
        session.CreateSQLQuery("SELECT * FROM orders WHERE no = '" + ids + "'").List(); } }`,
    });
    const queries = files.flatMap((file) => file.queries);
    assert.deepEqual(
      queries.map(({ api, table, filters, loop }) => [api, table, filters[0]?.target?.columns, loop !== null]),
      [
        ['ToList', 'orders', ['no'], false],
        ['Get', 'orders', ['Id'], true],
        ['CreateSQLQuery', 'orders', ['no'], false],
      ],
    );
    assert.equal(queries[2]?.sql?.interpolations[0]?.position, 'value');
  });

  it('leaves mappings of Hibernate and contexts of EF Core to others', () => {
    assert.equal(
      nhibernateReader.detect('A.hbm.xml', '<hibernate-mapping package="a.b"><class name="A"/></hibernate-mapping>'),
      false,
    );
    assert.equal(
      nhibernateReader.detect(
        'A.cs',
        'using Microsoft.EntityFrameworkCore; public class A { public virtual int Id { get; set; } }',
      ),
      false,
    );
  });

  it('reads cuts and seeded mutations', () => {
    const random = seeded(9);
    const texts = [
      ...Object.entries(sourcesIn(join(fixtures, 'domain/nhibernate'))),
      ...Object.entries(sourcesIn(join(fixtures, 'nhibernate/fluent'))),
    ];
    let found = 0;
    const count = (name: string, text: string): void => {
      const { tables } = read({ [name]: text });
      assert.ok(
        tables.every((table) => table.name !== '' && table.at.line > 0),
        text,
      );
      found += tables.length;
    };
    let cuts = 0;
    for (const [name, text] of texts.filter(([path]) => /Library|People/u.test(path)))
      for (const cut of cutsOf(text)) {
        count(name, cut);
        cuts++;
      }
    for (let times = 0; times < mutationCount; times++) {
      const [name, text] = texts[times % texts.length]!;
      count(name, mutated(text, random, 1 + random.below(4)));
    }
    assert.ok(found > mutationCount, `${found} found`);
    console.log(`      ${cuts} cuts, ${mutationCount} mutations, ${found} tables`);
  });
});
