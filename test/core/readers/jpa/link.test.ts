import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadJava, readJpa } from './read.ts';
import type { Files } from './read.ts';

const boot: Files[number] = ['pom.xml', '<project><artifactId>spring-boot-starter-data-jpa</artifactId></project>'];

function entity(body: string, imports = ''): Files[number] {
  return ['src/main/java/shop/Model.java', `package shop;\nimport jakarta.persistence.*;\n${imports}\n${body}`];
}

describe('JPA reader', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  it('names tables and columns as plain JPA does, and as Spring Boot does', () => {
    const source = entity('@Entity class LineItem { @Id Long id; String unitPrice; @ManyToOne LineItem partOf; }');
    const columns = (files: Files): readonly string[] =>
      readJpa(files, syntax, 'mysql').tables.flatMap(({ name, columns: own }) => [
        name,
        ...own.map((each) => each.name),
      ]);
    assert.deepEqual(columns([source]), ['LineItem', 'id', 'unitPrice', 'partOf_id']);
    assert.deepEqual(columns([source, boot]), ['line_item', 'id', 'unit_price', 'part_of_id']);
    const stated: Files[number] = [
      'src/main/resources/application.yml',
      'spring:\n  jpa:\n    hibernate:\n      naming:\n        physical-strategy: org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl\n',
    ];
    assert.deepEqual(columns([source, boot, stated]), ['LineItem', 'id', 'unitPrice', 'partOf_id']);
  });

  it('says which superclass is missing where an entity has no key without it', () => {
    const { problems } = readJpa(
      [
        entity('@Entity class Rate extends Persistable<Long> { String name; }', 'import other.module.Persistable;'),
        [
          'src/main/java/shop/Keyed.java',
          'package shop;\nimport jakarta.persistence.*;\n@Entity class Keyed extends Other { @Id Long id; }',
        ],
      ],
      syntax,
    );
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message.split(':')[0]]),
      [['unresolved-base', 'Rate extends Persistable, whose source is not in this project']],
    );
  });

  it('does not take entities of other libraries for its own', () => {
    const files: Files = [
      [
        'A.java',
        'package a; import androidx.room.Entity; import javax.persistence.Id; @Entity class A { @Id long id; }',
      ],
      [
        'B.java',
        'package a; import org.springframework.data.mongodb.core.mapping.Document; @Document class B { String id; }',
      ],
    ];
    assert.deepEqual(readJpa(files, syntax).tables, []);
  });

  it('finds superclasses, embeddables, constants and enumerations in other files', () => {
    const files: Files = [
      [
        'base/Base.java',
        'package base; import jakarta.persistence.*; @MappedSuperclass public abstract class Base<K> { @Id @GeneratedValue(strategy = GenerationType.IDENTITY) K id; @Version int version; }',
      ],
      [
        'base/Names.java',
        'package base; public final class Names { public static final String PREFIX = "shop_"; public static final int LONG = 2 * 100; }',
      ],
      ['model/Kind.java', 'package model; public enum Kind { A, B }'],
      [
        'model/Money.java',
        'package model; import jakarta.persistence.*; @Embeddable public record Money(java.math.BigDecimal amount, @Column(length = 3) String currency) {}',
      ],
      [
        'model/Offer.java',
        'package model; import base.*; import jakarta.persistence.*; import static base.Names.LONG; @Entity @Table(name = Names.PREFIX + "offers") class Offer extends Base<java.util.UUID> { @Column(length = LONG) String title; Kind kind; @Embedded @AttributeOverride(name = "amount", column = @Column(name = "price", precision = 10, scale = 3)) Money price; }',
      ],
    ];
    const table = readJpa(files, syntax).table('shop_offers');
    assert.deepEqual(
      table.columns.map(({ name, type, property, length, precision, scale }) => [
        name,
        type,
        property,
        length ?? precision,
        scale,
      ]),
      [
        ['id', 'uuid', 'id', null, null],
        ['version', 'int32', 'version', null, null],
        ['title', 'string', 'title', 200, null],
        ['kind', 'int16', 'kind', null, null],
        ['price', 'decimal', 'price.amount', 10, 3],
        ['currency', 'string', 'price.currency', 3, null],
      ],
    );
    assert.equal(table.columns[1]?.role, 'version');
  });

  it('tells how relations are held, loaded and cascaded', () => {
    const { table } = readJpa(
      [
        entity(
          `@Entity @Table(name = "orders") class Order { @Id Long id; @ManyToOne(fetch = FetchType.LAZY, optional = false) Customer customer; @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, orphanRemoval = true) List<Line> lines; @ManyToMany Set<Tag> tags; }
           @Entity class Customer { @Id Long id; @OneToOne(mappedBy = "customer") Card card; @OneToMany(mappedBy = "customer") List<Order> orders; }
           @Entity class Card { @Id Long id; @OneToOne Customer customer; }
           @Entity class Line { @Id Long id; @ManyToOne Order order; }
           @Entity class Tag { @Id Long id; @ManyToMany(mappedBy = "tags") Set<Order> orders; }`,
          'import java.util.*;',
        ),
      ],
      syntax,
    );
    const shown = (name: string): readonly string[] =>
      table(name).relations.map(({ property, kind, owner, columns, inverse, joinTable, fetch, cascade }) =>
        [
          property,
          kind,
          owner ? 'owner' : 'inverse',
          columns.join('+'),
          inverse ?? '-',
          joinTable ?? '-',
          fetch,
          cascade.join('+'),
        ].join(' '),
      );
    assert.deepEqual(shown('orders'), [
      'customer many-to-one owner customer_id orders - lazy ',
      'lines one-to-many inverse  order - lazy all+orphan-removal',
      'tags many-to-many owner  orders orders_tag lazy ',
    ]);
    assert.deepEqual(shown('customer'), [
      'card one-to-one inverse  customer - eager ',
      'orders one-to-many inverse  customer - lazy ',
    ]);
    assert.deepEqual(shown('card'), ['customer one-to-one owner customer_id card - eager ']);
    assert.deepEqual(shown('tag'), ['orders many-to-many inverse  tags orders_tag lazy ']);
    assert.deepEqual(table('orders_tag').primaryKey, ['orders_id', 'tags_id']);
    assert.deepEqual(
      table('card').uniques.map(({ columns }) => columns),
      [['customer_id']],
    );
  });

  it('keeps what Hibernate 5 did otherwise', () => {
    const source: Files[number] = [
      'A.java',
      'package a; import javax.persistence.*; @Entity class Moment { @Id Long id; java.math.BigDecimal amount; java.time.LocalDateTime at; @OneToOne Moment next; @Enumerated Kind kind; } enum Kind { X }',
    ];
    const { columns, uniques } = readJpa([source], syntax).table('moment');
    assert.deepEqual(
      columns.map(({ name, rawType, precision }) => [name, rawType, precision]),
      [
        ['id', 'bigint', null],
        ['amount', 'numeric', 19],
        ['at', 'timestamp', null],
        ['kind', 'integer', null],
        ['next_id', 'bigint', null],
      ].toSorted(
        (a, b) => columns.findIndex(({ name }) => name === a[0]) - columns.findIndex(({ name }) => name === b[0]),
      ),
    );
    assert.deepEqual(uniques, []);
  });

  it('leaves entities of tests out where the application has its own', () => {
    const own = entity('@Entity class Order { @Id Long id; }');
    const test: Files[number] = [
      'src/test/java/shop/Fake.java',
      'package shop; import jakarta.persistence.*; @Entity class Fake { @Id Long id; }',
    ];
    assert.deepEqual(
      readJpa([own, test], syntax).tables.map(({ name }) => name),
      ['order'],
    );
    assert.deepEqual(
      readJpa([test], syntax).tables.map(({ name }) => name),
      ['fake'],
    );
  });

  it('reads orm.xml over what annotations say', () => {
    const files: Files = [
      entity('class Plain { Long key; String title; Plain parent; java.util.Set<String> words; }'),
      [
        'META-INF/orm.xml',
        `<entity-mappings xmlns="https://jakarta.ee/xml/ns/persistence/orm"><package>shop</package><access>FIELD</access>
          <entity class="Plain" metadata-complete="true"><table name="plains"><unique-constraint><column-name>title</column-name></unique-constraint></table>
            <attributes><id name="key"><column name="plain_key"/><generated-value strategy="IDENTITY"/></id>
              <basic name="title"><column name="title" length="40" nullable="false"/></basic>
              <many-to-one name="parent" fetch="LAZY"><join-column name="parent_key"/></many-to-one>
              <element-collection name="words"><column name="word"/><collection-table name="plain_words"><join-column name="plain"/></collection-table></element-collection>
            </attributes></entity></entity-mappings>`,
      ],
    ];
    const { table } = readJpa(files, syntax);
    const plains = table('plains');
    assert.deepEqual(plains.primaryKey, ['plain_key']);
    assert.deepEqual(
      plains.columns.map(({ name, nullable }) => [name, nullable]),
      [
        ['plain_key', false],
        ['title', false],
        ['parent_key', true],
      ],
    );
    assert.equal(plains.columns[0]?.generated?.kind, 'identity');
    assert.deepEqual(
      plains.uniques.map(({ columns }) => columns),
      [['title']],
    );
    assert.deepEqual(
      plains.relations.map(({ property, fetch }) => [property, fetch]),
      [
        ['parent', 'lazy'],
        ['words', 'lazy'],
      ].slice(0, 1),
    );
    assert.deepEqual(
      table('plain_words').columns.map(({ name }) => name),
      ['plain', 'word'],
    );
  });

  it('follows a naming strategy of the project as far as its text shows what it does', () => {
    const files: Files = [
      entity('@Entity class LineItem { @Id Long id; @Column(name = "unit_price") String unitPrice; }'),
      [
        'shop/Names.java',
        'package shop; public class Names extends org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl { Identifier toPhysicalColumnName(Identifier name) { return of(name.getText().replaceAll("_", "").toUpperCase()); } }',
      ],
      ['application.properties', 'spring.jpa.hibernate.naming.physical-strategy=shop.Names\n'],
    ];
    assert.deepEqual(
      readJpa(files, syntax, 'mysql').tables.flatMap(({ name, columns }) => [
        name,
        ...columns.map((each) => each.name),
      ]),
      ['LINEITEM', 'ID', 'UNITPRICE'],
    );
  });

  it('names tables by the strategy that the program sets', () => {
    const files: Files = [
      [
        'src/FeedbackNote.java',
        'import jakarta.persistence.*;\n@Entity\npublic class FeedbackNote {\n  @Id Long id;\n  String writtenBy;\n}\n',
      ],
      [
        'src/Sessions.java',
        'import org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy;\nimport org.hibernate.cfg.Configuration;\nclass Sessions {\n  static void build() {\n    Configuration config = new Configuration();\n    config.setPhysicalNamingStrategy(new CamelCaseToUnderscoresNamingStrategy());\n  }\n}\n',
      ],
    ];
    const { tables } = readJpa(files, syntax);
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, ...columns.map((column) => column.name)]),
      [['feedback_note', 'id', 'written_by']],
    );
  });

  it('drops nothing where the specification asks for tables to be created', () => {
    const unit = (key: string) =>
      `<persistence><persistence-unit name="a"><properties><property name="jakarta.persistence.jdbc.url" value="jdbc:postgresql://db/shop"/><property name="${key}" value="create"/></properties></persistence-unit></persistence>`;
    const sourceOf = (key: string) =>
      readJpa([['META-INF/persistence.xml', unit(key)]], syntax).files.flatMap(({ dataSources }) =>
        dataSources.map(({ synchronize, onlyCreates = false, dropSchema }) => [synchronize, onlyCreates, dropSchema]),
      );
    assert.deepEqual(sourceOf('jakarta.persistence.schema-generation.database.action'), [[true, true, false]]);
    assert.deepEqual(sourceOf('hibernate.hbm2ddl.auto'), [[true, false, true]]);
  });

  it('reads settings of the data source without keeping a password', () => {
    const files: Files = [
      [
        'src/main/resources/application.properties',
        'spring.datasource.url=jdbc:postgresql://localhost/shop?sslmode=disable\nspring.datasource.password=s3cret-value\nspring.jpa.hibernate.ddl-auto=update\nspring.datasource.hikari.maximum-pool-size=12\n',
      ],
      [
        'src/main/resources/application-prod.yml',
        'spring:\n  datasource:\n    url: ${DB_URL}\n    password: ${DB_PASSWORD}\n',
      ],
      [
        'META-INF/persistence.xml',
        '<persistence><persistence-unit name="a"><properties><property name="jakarta.persistence.jdbc.url" value="jdbc:mysql://db/shop"/><property name="hibernate.hbm2ddl.auto" value="create-drop"/></properties></persistence-unit></persistence>',
      ],
    ];
    const sources = readJpa(files, syntax).files.flatMap(({ dataSources }) => dataSources);
    assert.deepEqual(
      sources.map(({ dialect, synchronize, dropSchema, tls, poolSize, passwordInFile }) => ({
        dialect,
        synchronize,
        dropSchema,
        tls,
        poolSize,
        passwordInFile,
      })),
      [
        { dialect: 'postgresql', synchronize: true, dropSchema: false, tls: false, poolSize: 12, passwordInFile: true },
        { dialect: null, synchronize: null, dropSchema: null, tls: null, poolSize: null, passwordInFile: false },
        { dialect: 'mysql', synchronize: true, dropSchema: true, tls: null, poolSize: null, passwordInFile: false },
      ],
    );
    assert.ok(!JSON.stringify(sources).includes('s3cret-value'));
  });
});
