import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'mocha';
import type { Query } from '../../../../src/core/schema/code.ts';
import type { Column } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { describeModel } from '../../../conformance/described.ts';
import { jpaReader } from '../../../../src/core/readers/jpa/reader.ts';
import { loadJava, readJpa } from './read.ts';
import type { Files, JpaResult } from './read.ts';

const domain = new URL('../../../conformance/fixtures/domain/', import.meta.url);

function kotlin(...classes: readonly string[]): Files {
  return [['shop/Model.kt', `package shop\nimport jakarta.persistence.*\nimport java.util.*\n${classes.join('\n')}`]];
}

describe('JPA reader on Kotlin', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  function columns(files: Files, table: string): string[] {
    const shown = ({ name, rawType, length, nullable, generated }: Column): string =>
      [
        name,
        length === null ? rawType : `${rawType}(${length})`,
        ...(nullable ? ['null'] : []),
        ...(generated ? [generated.kind] : []),
      ].join(' ');
    return readJpa(files, syntax).table(table).columns.map(shown).sort();
  }

  it('reads the shop as it reads that of Java', () => {
    const read = (path: string): JpaResult => readJpa([[path, readFileSync(new URL(path, domain), 'utf8')]], syntax);
    const [ofJava, ofKotlin] = [read('jpa/Shop.java'), read('jpa-kotlin/Shop.kt')];
    const described = ({ tables, enums }: JpaResult): ReturnType<typeof describeModel> => describeModel(tables, enums);
    // People put what has a default value last: the order of columns is another one.
    const sorted = (result: JpaResult): unknown =>
      described(result)
        .tables.map((table) => ({ ...table, columns: table.columns.toSorted((x, y) => (x.name < y.name ? -1 : 1)) }))
        .toSorted((x, y) => (x.name < y.name ? -1 : 1));
    assert.ok(ofKotlin.tables.length >= 10);
    assert.deepEqual(sorted(ofKotlin), sorted(ofJava));
    assert.deepEqual(ofKotlin.problems, []);
  });

  it('takes types that cannot be null for primitive ones, and for nothing more', () => {
    // What is no primitive type may be null for Hibernate, whatever Kotlin says of it.
    const files = kotlin(
      `@Entity class A(@Id var id: Long, var count: Int, var maybe: Int?, var name: String, var flag: Boolean = false, var at: java.time.Instant,
         var bytes: ByteArray, var price: java.math.BigDecimal?, var letter: Char, var key: UUID, var tags: Array<String>)`,
    );
    assert.deepEqual(columns(files, 'a'), [
      'at timestamp with time zone null',
      'bytes bytea null',
      'count integer',
      'flag boolean',
      'id bigint',
      'key uuid null',
      'letter char(1)',
      'maybe integer null',
      'name varchar(255) null',
      'price numeric null',
      'tags varchar(255) null',
    ]);
  });

  it('reads empty lists, which the grammar does not know', () => {
    const files = kotlin('@Entity @Table(name = "t", uniqueConstraints = [], indexes = [ ]) class A(@Id val id: Long)');
    assert.deepEqual(columns(files, 't'), ['id bigint']);
    assert.deepEqual(readJpa(files, syntax).problems, []);
  });

  it('sees through value classes', () => {
    const files = kotlin(
      '@JvmInline value class OrderId(val value: Long)',
      '@JvmInline value class Email(val text: String)',
      '@Entity class A(@Id val id: OrderId, var email: Email)',
    );
    assert.deepEqual(columns(files, 'a'), ['email varchar(255) null', 'id bigint']);
  });

  it('puts annotations where the compiler puts them', () => {
    const files = kotlin(
      'import jakarta.validation.constraints.NotNull',
      `@Entity class A(@field:Id @field:GeneratedValue(strategy = GenerationType.IDENTITY) var id: Long? = null,
         @NotNull var onParameter: String, @field:NotNull var onField: String, @get:Column(name = "unseen") var ofGetter: String?,
         @param:Column(name = "unseen") var ofParameter: String?, plain: String, @field:[NotNull Column(name = "both")] var two: String)`,
      '@Entity class B(@get:Id var id: Long, @get:Column(name = "stated") var name: String, private var hidden: String, @Column(name = "unseen") var field: String?) { @get:Transient val label: String get() = name; val isOpen: Boolean get() = true }',
    );
    const names = (table: string): string[] =>
      columns(files, table)
        .map((each) => each.split(' ')[0] ?? '')
        .sort();
    assert.deepEqual(names('a'), ['both', 'id', 'ofgetter', 'ofparameter', 'onfield', 'onparameter']);
    assert.deepEqual(
      readJpa(files, syntax)
        .table('a')
        .columns.filter(({ nullable }) => !nullable)
        .map(({ name }) => name)
        .sort(),
      ['both', 'id', 'onfield'],
    );
    assert.deepEqual(names('b'), ['field', 'id', 'open', 'stated']);
  });

  it('reads classes that extend each other across languages', () => {
    const files: Files = [
      [
        'shop/Base.java',
        'package shop; import jakarta.persistence.*; @MappedSuperclass public abstract class Base<T> { @Id protected T id; @Version int version; }',
      ],
      [
        'shop/Audited.kt',
        `package shop
         import jakarta.persistence.*
         import org.springframework.data.annotation.CreatedDate
         @MappedSuperclass
         abstract class Audited<T>(@CreatedDate @Column(updatable = false) var createdAt: java.time.Instant? = null) : Base<T>()`,
      ],
      [
        'shop/Item.kt',
        `package shop
         import jakarta.persistence.Entity as Persistent
         import jakarta.persistence.*
         @Persistent
         @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
         sealed class Item(var name: String) : Audited<Long>() {
           @ElementCollection
           val prices: MutableMap<String, Int> = mutableMapOf()
           @Embedded
           var size: Size = Size()
           companion object { const val MAX = 10 }
         }
         @Embeddable
         class Size {
           var width = 0
           var height: Int? = null
         }
         @Entity
         class Book : Item { var pages: Int = 0; constructor(name: String) : super(name) }`,
      ],
      [
        'shop/Shelf.java',
        'package shop; import jakarta.persistence.*; import java.util.*; @Entity class Shelf extends Base<UUID> { @ManyToMany Set<Item> items; }',
      ],
    ];
    assert.deepEqual(
      columns(files, 'item')
        .map((each) => each.split(' ')[0])
        .sort(),
      ['createdat', 'dtype', 'height', 'id', 'name', 'pages', 'version', 'width'],
    );
    const result = readJpa(files, syntax);
    assert.deepEqual(
      result
        .table('item_prices')
        .columns.map(({ name }) => name)
        .sort(),
      ['item_id', 'prices', 'prices_key'],
    );
    assert.equal(result.table('shelf_item').columns.length, 2);
    assert.equal(result.table('item').columns.find(({ name }) => name === 'createdat')?.role, 'created-at');
    assert.deepEqual(result.problems, []);
  });

  it('finds constants of companions, objects, files and other files', () => {
    const files: Files = [
      [
        'shop/limits/Limits.kt',
        'package shop.limits\nconst val NAME = 20\nprivate const val HALF = NAME / 2\nconst val DOUBLE = NAME * 2\nobject Names { const val PREFIX = "t_"; const val ORDERS = "${PREFIX}orders" }',
      ],
      [
        'shop/Order.kt',
        `package shop
         import jakarta.persistence.*
         import shop.limits.*
         import shop.limits.Names.ORDERS
         @Entity @Table(name = ORDERS)
         class Order(@Id val id: Long, @Column(length = NAME) val a: String, @Column(length = DOUBLE) val b: String,
           @Column(length = MAX) val c: String, @Column(length = Order.MAX) val d: String, @Column(name = Names.PREFIX + "e") val e: String) {
           companion object { private const val MAX = 7 }
         }`,
      ],
    ];
    assert.deepEqual(columns(files, 't_orders').sort(), [
      'a varchar(20) null',
      'b varchar(40) null',
      'c varchar(7) null',
      'd varchar(7) null',
      'id bigint',
      't_e varchar(255) null',
    ]);
  });

  it('keeps the table of a class that is being typed', () => {
    const text = `package shop
      import jakarta.persistence.*
      @Entity
      @Table(name = "orders")
      class Order(@Id val id: Long, @Column(length = 20) val status: String) : Base() {
        var total: Int = 0
        companion object { const val MAX = 10 }
        val x
      @Entity
      class Line(@Id val id: Long)`;
    // What stands between the head of the class and the half of a property is not made out.
    assert.deepEqual(columns([['shop/Order.kt', text]], 'orders'), ['id bigint', 'status varchar(20) null']);
  });

  it('leaves entities of telephones alone', () => {
    const text = 'package app\nimport androidx.room.*\n@Entity data class Note(@PrimaryKey val id: Long)';
    assert.equal(jpaReader.detect('app/Note.kt', text), false);
    assert.equal(
      jpaReader.part?.('app/NoteRepository.kt', 'package app\nclass NoteRepository(val dao: NoteDao)'),
      'joins',
    );
  });
});

const model = kotlin(
  '@Entity @Table(name = "orders") class Order(@Id var id: Long, var status: String, @ManyToOne(fetch = FetchType.LAZY) var customer: Customer, @OneToMany(mappedBy = "order") val lines: MutableList<Line>)',
  '@Entity class Customer(@Id var id: Long, var email: String)',
  '@Entity class Line(@Id var id: Long, var quantity: Int, @ManyToOne var order: Order)',
  `interface OrderRepository : org.springframework.data.jpa.repository.JpaRepository<Order, Long> {
     fun findTop3ByCustomerEmailAndStatusInOrderByIdDesc(email: String, status: List<String>): List<Order>
     fun findByStatus(status: String): Order?
     @Query("""
       select o from Order o join fetch o.lines
       where o.status = :status order by o.id""")
     fun withLines(@Param("status") status: String): List<Order>
     @Query(value = "select * from orders where status = ?1", nativeQuery = true)
     fun raw(status: String): List<Order>
     fun total(order: Order): Int = order.lines.size
   }`,
);

describe('Queries of JPA in Kotlin', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  function told(query: Query): string {
    return [
      query.api,
      query.operation,
      query.table ?? '-',
      query.rows,
      ...query.filters.map(({ path, comparison }) => `${path} ${comparison}`),
      ...(query.sorts.length > 0 ? [`by ${query.sorts.map(({ path }) => path).join()}`] : []),
      ...(query.limit ? [`limit ${query.limit.value ?? '?'}`] : []),
      ...(query.loads.length > 0 ? [`loads ${query.loads.map(({ path }) => path).join()}`] : []),
      ...(query.result === null ? [] : [`→ ${query.result}`]),
    ].join('; ');
  }

  it('reads repositories', () => {
    const { files } = readJpa(model, syntax);
    assert.deepEqual(files[0]?.queries.map(told), [
      'findTop3ByCustomerEmailAndStatusInOrderByIdDesc; select; orders; many; customer.email eq; status in; by id; limit 3',
      'findByStatus; select; orders; one; status eq',
      'withLines; select; orders; many; status eq; by id; loads lines',
      'raw; select; orders; many; status eq',
    ]);
  });

  it('reads calls with their loops, and what is read of the elements', () => {
    const service = `package shop
      import org.springframework.stereotype.Service
      import org.springframework.transaction.annotation.Transactional
      private const val LOAD = "select o from Order o where o.status = 'open'"
      @Service
      class OrderService(private val orders: OrderRepository, private val em: EntityManager, private val jdbc: JdbcTemplate) {
        @Transactional
        fun run(ids: List<Long>, name: String) {
          for (id in ids) {
            val order = orders.findById(id).orElseThrow { Missing(id) }
            println(order.customer.email)
            orders.save(order)
          }
          ids.mapNotNull { orders.findByIdOrNull(it) }.forEach { o -> print(o.customer) }
          ids.forEach(orders::deleteById)
          val one = orders.findByIdOrNull(1) ?: throw Missing(1)
          orders.findAll(PageRequest.of(0, 10))
          em.find(Order::class.java, 1L)
          em.createQuery(LOAD, Order::class.java).setMaxResults(5).resultList
          jdbc.queryForObject("select count(*) from orders where status = '$name'", Int::class.java)
        }
        companion object {
          fun empty() = emptyList<Order>()
        }
      }`;
    const { files } = readJpa([...model, ['shop/OrderService.kt', service]], syntax);
    const facts = files.find(({ file }) => file.endsWith('OrderService.kt'));
    const queries = facts?.queries ?? [];
    const loops = facts?.loops ?? [];
    assert.deepEqual(
      queries.map(
        (query) =>
          `${told(query)}${query.loop === null ? '' : ` in ${loops[query.loop]?.kind} over ${loops[query.loop]?.iterable}`}`,
      ),
      [
        'findById; select; orders; one; id eq; → order in for-of over ids',
        'save; upsert; orders; one in for-of over ids',
        'findByIdOrNull; select; orders; one; id eq in stream over ids',
        'deleteById; delete; orders; none; id eq in forEach over ids',
        'findByIdOrNull; select; orders; one; id eq; → one',
        'findAll; select; orders; many; limit ?',
        'find; select; orders; one; id eq',
        'createQuery; select; orders; many; status eq; limit 5',
        'queryForObject; count; orders; one; status eq',
      ],
    );
    assert.deepEqual(
      (facts?.accesses ?? []).map(({ path }) => path),
      ['o.customer'],
    );
    assert.deepEqual(
      queries.at(-1)?.sql?.interpolations.map(({ text, position }) => [text, position]),
      [['name', 'value']],
    );
    assert.deepEqual(
      facts?.functions.filter(({ name }) => name !== null).map(({ name, owner, exported }) => [name, owner, exported]),
      [
        ['run', 'OrderService', true],
        ['empty', 'OrderService', true],
      ],
    );
    assert.equal(facts.transactions.length, 1);
    assert.ok(queries.every(({ transaction }) => transaction === 0));
  });

  it('reads endpoints and calls between classes', () => {
    const controller = `package shop
      import org.springframework.web.bind.annotation.*
      import shop.search.findOrders
      @RestController @RequestMapping("/orders")
      class OrderController(private val service: OrderService) {
        @GetMapping("/{id}") fun one(@PathVariable id: Long) = service.load(id)
        @PostMapping(value = ["/a", "/b"]) fun two() { helper(); findOrders(1); top() }
        private fun helper() {}
      }
      fun top() {}`;
    const { files } = readJpa([...model, ['shop/OrderController.kt', controller]], syntax);
    const facts = files.find(({ file }) => file.endsWith('OrderController.kt'));
    assert.deepEqual(
      facts?.endpoints.map(({ method, path, handler }) => `${method} ${path} ${handler}`),
      [
        'GET /orders/{id} OrderController.one',
        'POST /orders/a OrderController.two',
        'POST /orders/b OrderController.two',
      ],
    );
    assert.deepEqual(
      facts.calls.map(({ callee }) => callee),
      ['this.service.load', 'this.helper', 'findOrders', 'top'],
    );
  });
});
