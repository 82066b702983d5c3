import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadJava, readJpa } from './read.ts';
import type { Files, JpaResult } from './read.ts';

const model: Files = [
  [
    'shop/Order.java',
    'package shop; import jakarta.persistence.*; import java.util.*; @Entity @Table(name = "orders") class Order { @Id Long id; String status; java.time.Instant createdAt; @ManyToOne Customer customer; @OneToMany(mappedBy = "order") List<Line> lines; }',
  ],
  [
    'shop/Customer.java',
    'package shop; import jakarta.persistence.*; @Entity class Customer { @Id Long id; String email; String emailAddress; }',
  ],
  [
    'shop/Line.java',
    'package shop; import jakarta.persistence.*; @Entity class Line { @Id Long id; int quantity; @ManyToOne Order order; }',
  ],
];

describe('Queries of JPA', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadJava();
  });

  function read(path: string, text: string): JpaResult {
    return readJpa([...model, [path, text]], syntax);
  }

  function queriesOf(result: JpaResult, path: string): readonly Query[] {
    return result.files.find(({ file }) => file === path)?.queries ?? [];
  }

  function told(query: Query): string {
    const filters = query.filters.map(
      ({ path, comparison, orGroup, target, wrapped }) =>
        `${path} ${comparison}${orGroup ? `/${orGroup}` : ''}${wrapped ? ' wrapped' : ''} ${target ? `${target.table}.${target.columns.join('+')}` : '?'}`,
    );
    const sorts = query.sorts.map(({ path, direction }) => `${path} ${direction}`);
    return [
      query.api,
      query.operation,
      query.table ?? '-',
      query.rows,
      ...filters,
      ...sorts.map((sort) => `by ${sort}`),
      ...(query.limit ? [`limit ${query.limit.value ?? '?'}`] : []),
      ...query.loads.map(({ path }) => `loads ${path}`),
    ].join('; ');
  }

  it('takes the names of repository methods apart', () => {
    const path = 'shop/OrderRepository.java';
    const result = read(
      path,
      `package shop; import org.springframework.data.jpa.repository.*; import org.springframework.data.domain.*; import java.util.*;
       interface OrderRepository extends JpaRepository<Order, Long> {
         List<Order> findByCustomerEmailAndStatusOrderByCreatedAtDesc(String email, String status);
         Optional<Order> findFirstByStatusOrCustomerEmailAddressIgnoreCase(String status, String email);
         List<Order> findTop10ByCreatedAtBetweenAndStatusNotIn(java.time.Instant a, java.time.Instant b, List<String> s);
         long countByCustomer_Email(String email);
         boolean existsByCustomer(Customer customer);
         void deleteByStatus(String status);
         Page<Order> findByStatusStartingWith(String start, Pageable pageable);
         @EntityGraph(attributePaths = {"lines", "customer"}) List<Order> findByStatusIsNull();
       }`,
    );
    assert.deepEqual(queriesOf(result, path).map(told), [
      'findByCustomerEmailAndStatusOrderByCreatedAtDesc; select; orders; many; customer.email eq customer.email; status eq orders.status; by createdAt desc',
      'findFirstByStatusOrCustomerEmailAddressIgnoreCase; select; orders; one; status eq/1 orders.status; customer.emailAddress eq/2 wrapped customer.emailaddress; limit 1',
      'findTop10ByCreatedAtBetweenAndStatusNotIn; select; orders; many; createdAt range orders.createdat; status other orders.status; limit 10',
      'countByCustomer_Email; count; orders; one; customer.email eq customer.email',
      'existsByCustomer; exists; orders; one; customer eq orders.customer_id',
      'deleteByStatus; delete; orders; none; status eq orders.status',
      'findByStatusStartingWith; select; orders; many; status prefix orders.status; by  unknown; limit ?',
      'findByStatusIsNull; select; orders; many; status is-null orders.status; loads lines; loads customer',
    ]);
  });

  it('reads JPQL and SQL of @Query', () => {
    const path = 'shop/OrderRepository.java';
    const result = read(
      path,
      `package shop; import org.springframework.data.jpa.repository.*; import java.util.*;
       interface OrderRepository extends BaseRepository<Order> {
         @Query("select distinct o from Order o left join fetch o.lines l where o.customer.email = :email and l.quantity > 3 order by o.createdAt desc") List<Order> big(String email);
         @Query("select o from #{#entityName} o where lower(o.status) like %:part%") List<Order> search(String part);
         @Query(value = "SELECT * FROM orders WHERE status = ?1 ORDER BY createdat", nativeQuery = true) List<Order> raw(String status);
         @Modifying @Query("update Order o set o.status = 'X' where o.id in :ids") int close(List<Long> ids);
       }
       interface BaseRepository<T> extends JpaRepository<T, Long> {}`,
    );
    assert.deepEqual(queriesOf(result, path).map(told), [
      'big; select; orders; many; customer.email eq customer.email; lines.quantity range line.quantity; by createdAt desc; loads lines',
      'search; select; orders; many; status contains wrapped orders.status',
      'raw; select; orders; many; status eq orders.status; by createdat asc',
      'close; update; orders; none; id in orders.id',
    ]);
  });

  it('finds calls of inherited methods with their loops, and calls that lead to declared ones', () => {
    const path = 'shop/OrderService.java';
    const result = readJpa(
      [
        ...model,
        [
          'shop/OrderRepository.java',
          'package shop; interface OrderRepository extends org.springframework.data.jpa.repository.JpaRepository<Order, Long> { java.util.List<Order> findByStatus(String s); }',
        ],
        [
          path,
          `package shop; import org.springframework.transaction.annotation.Transactional; import java.util.*;
           class OrderService { private final OrderRepository orders; private final OtherService other;
             @Transactional public void close(List<Long> ids) {
               for (Long id : ids) { Order order = orders.findById(id).orElseThrow(); order.getCustomer().getEmail(); orders.save(order); }
               List<Order> open = orders.findByStatus("open");
               open.forEach(each -> orders.delete(each));
               open.stream().map(each -> each.getLines()).toList();
               other.findById(3L);
             } }
           class OtherService { Object findById(Long id) { return null; } }`,
        ],
      ],
      syntax,
    );
    const facts = result.files.find(({ file }) => file === path);
    assert.deepEqual(
      facts?.queries.map((query) => [
        query.api,
        query.table,
        query.result,
        query.loop === null ? null : facts.loops[query.loop]?.kind,
        query.transaction,
      ]),
      [
        ['findById', 'orders', 'order', 'for-of', 0],
        ['save', 'orders', null, 'for-of', 0],
        ['delete', 'orders', null, 'forEach', 0],
      ],
    );
    assert.deepEqual(
      facts.loops.map(({ kind, variables, iterable }) => [kind, variables.join(), iterable]),
      [
        ['for-of', 'id', 'ids'],
        ['forEach', 'each', 'open'],
        ['stream', 'each', 'open'],
      ],
    );
    const call = facts.calls.find(({ callee }) => callee === 'this.orders.findByStatus');
    assert.deepEqual([call?.result, call?.loop], ['open', null]);
    assert.deepEqual(
      facts.accesses.map(({ path: access }) => access),
      ['each.lines'],
    );
  });

  it('reads entity managers, native SQL and JDBC templates, with what is put into the text', () => {
    const path = 'shop/Reports.java';
    const result = read(
      path,
      `package shop; import jakarta.persistence.*; import org.springframework.jdbc.core.JdbcTemplate;
       class Reports { private EntityManager em; private JdbcTemplate jdbc; static final String BASE = "select o from Order o ";
         Order one(Long id) { return em.find(Order.class, id); }
         java.util.List<Order> page(String status) { return em.createQuery(BASE + "where o.status = :s order by o.id", Order.class).setParameter("s", status).setMaxResults(20).getResultList(); }
         Object native_(String name) { return em.createNativeQuery("select * from orders where status = '" + name + "'").getResultList(); }
         int update(String status) { return jdbc.update("UPDATE orders SET status = ? WHERE id = ?", status, 1); }
         void store(Order order) { em.persist(order); }
       }`,
    );
    const queries = queriesOf(result, path);
    assert.deepEqual(queries.map(told), [
      'find; select; orders; one; id eq orders.id',
      'createQuery; select; orders; many; status eq orders.status; by id asc; limit 20',
      'createNativeQuery; select; orders; many; status eq orders.status',
      'update; update; orders; none; id eq orders.id',
      'persist; insert; orders; none',
    ]);
    assert.deepEqual(
      queries[2]?.sql?.interpolations.map(({ text, position }) => [text, position]),
      [['name', 'value']],
    );
  });

  it('reads endpoints of Spring, JAX-RS and Micronaut', () => {
    const path = 'shop/Api.java';
    const result = read(
      path,
      `package shop; import org.springframework.web.bind.annotation.*; import jakarta.ws.rs.*; import org.springframework.security.access.prepost.PreAuthorize; import jakarta.persistence.EntityManager;
       @RestController @RequestMapping("/api/orders") class OrderController { @GetMapping("/{id}") Order one() { return null; } @PreAuthorize("hasRole('ADMIN')") @RequestMapping(value = {"", "/new"}, method = RequestMethod.POST) Order create() { return null; } }
       @Path("customers") class CustomerResource { @GET @Path("{id}") Object one() { return null; } }`,
    );
    const endpoints = result.files.find(({ file }) => file === path)?.endpoints ?? [];
    assert.deepEqual(
      endpoints.map(({ method, path: route, framework, handler, guards }) => [
        method,
        route,
        framework,
        handler,
        guards.join(),
      ]),
      [
        ['GET', '/api/orders/{id}', 'spring', 'OrderController.one', ''],
        ['POST', '/api/orders', 'spring', 'OrderController.create', "PreAuthorize(hasRole('ADMIN'))"],
        ['POST', '/api/orders/new', 'spring', 'OrderController.create', "PreAuthorize(hasRole('ADMIN'))"],
        ['GET', '/customers/{id}', 'jax-rs', 'CustomerResource.one', ''],
      ],
    );
  });

  it('reads criteria of Hibernate', () => {
    const result = read(
      'shop/OrderDao.java',
      `package shop; import org.hibernate.*; import org.hibernate.criterion.*; import java.util.*;
       class OrderDao { private SessionFactory sessionFactory;
         Order byStatus(String status) {
           return (Order) sessionFactory.getCurrentSession().createCriteria(Order.class, "o").add(Restrictions.eq("o.status", status)).uniqueResult();
         }
         List<Order> newest(Session session, boolean open) {
           Criteria criteria = session.createCriteria(Order.class);
           if (open) criteria.add(Restrictions.isNull("createdAt"));
           criteria.addOrder(org.hibernate.criterion.Order.desc("createdAt")).setMaxResults(10);
           List<Order> found = criteria.list();
           return found;
         }
         List<Order> either(Session session, String status) {
           Criteria criteria = session.createCriteria(Order.class);
           criteria.add(Restrictions.or(Restrictions.eq("status", status), Restrictions.isNull("status")));
           return criteria.list();
         }
         void lines(Criteria criteria) { criteria.createCriteria("lines"); } }`,
    );
    assert.deepEqual(
      queriesOf(result, 'shop/OrderDao.java').map(({ entity, rows, complete, filters, sorts, limit, result: to }) => [
        entity,
        rows,
        complete,
        filters.map(({ path, comparison }) => `${path} ${comparison}`),
        sorts.map(({ path, direction }) => `${path} ${direction}`),
        limit?.value ?? null,
        to,
      ]),
      [
        ['Order', 'one', true, ['status eq'], [], null, null],
        ['Order', 'many', true, ['createdAt is-null'], ['createdAt desc'], 10, 'found'],
        ['Order', 'many', false, [], [], null, null],
      ],
    );
  });
});
