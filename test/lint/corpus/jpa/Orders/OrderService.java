// at: src/main/java/org/example/shop/OrderService.java
// rules: query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, wasteful-sql, unordered-pagination, paginated-collection-join, multiple-collection-loads, self-invoked-transaction, remote-call-in-transaction, code-enforced-uniqueness
package org.example.shop;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.*;
import java.util.stream.Collectors;
import org.springframework.data.domain.*;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestTemplate;

@Service
public class OrderService {
  private final PurchaseOrderRepository orders;
  private final CustomerRepository customers;
  private final EntityManager entityManager;
  private final RestTemplate rest;
  private final TransactionTemplate transactions;

  public OrderService(PurchaseOrderRepository orders, CustomerRepository customers, EntityManager entityManager, RestTemplate rest, TransactionTemplate transactions) {
    this.orders = orders;
    this.customers = customers;
    this.entityManager = entityManager;
    this.rest = rest;
    this.transactions = transactions;
  }

  // bad query-in-loop: a look-up per id
  public List<PurchaseOrder> load(List<Long> ids) {
    List<PurchaseOrder> found = new ArrayList<>();
    for (Long id : ids) {
      orders.findById(id).ifPresent(found::add); // expect query-in-loop
    }
    return found;
  }

  // bad query-in-loop: in a stream
  public Map<Long, List<PurchaseOrder>> byCustomer() {
    return customers.findAll().stream()
      .collect(Collectors.toMap(Customer::getId, customer -> orders.findByCustomerId(customer.getId()))); // expect query-in-loop
  }

  // trap query-in-loop: one query for all
  public List<PurchaseOrder> loadAll(List<Long> ids) {
    return orders.findAllById(ids);
  }

  // trap query-in-loop: pages, not rows
  public long countAll() {
    long count = 0;
    Pageable page = PageRequest.of(0, 500, Sort.by("id"));
    while (page.isPaged()) {
      Slice<PurchaseOrder> slice = orders.findAll(page);
      count += slice.getNumberOfElements();
      page = slice.nextPageable();
    }
    return count;
  }

  // bad write-in-loop: save by save
  public void payAll(List<PurchaseOrder> due) {
    for (PurchaseOrder order : due) {
      order.setPaid(true);
      orders.save(order); // expect write-in-loop
    }
  }

  // bad write-in-loop: delete by delete
  public void forget(List<Long> ids) {
    ids.forEach(id -> orders.deleteById(id)); // expect write-in-loop
  }

  // trap write-in-loop: all at once
  public void payTogether(List<PurchaseOrder> due) {
    for (PurchaseOrder order : due) {
      order.setPaid(true);
    }
    orders.saveAll(due);
  }

  // trap write-in-loop: one row
  public void pay(Long id) {
    PurchaseOrder order = orders.findById(id).orElseThrow();
    order.setPaid(true);
    orders.save(order);
  }

  // bad filter-in-memory: all orders for the paid ones
  public List<PurchaseOrder> paid() {
    return orders.findAll().stream().filter(PurchaseOrder::isPaid).toList(); // expect filter-in-memory
  }

  // bad filter-in-memory: the first one that fits
  public Optional<PurchaseOrder> unpaid() {
    return orders.findAll().stream().filter(order -> !order.isPaid()).findFirst(); // expect filter-in-memory
  }

  // trap filter-in-memory: the database counts
  public long count() {
    return orders.count();
  }

  // trap filter-in-memory: the rows are all wanted
  public List<String> numbers() {
    return orders.findAll().stream().map(PurchaseOrder::getNumber).toList();
  }

  // bad repeated-query: the same customer for every order
  public int notify(Long customerId, List<PurchaseOrder> list) {
    int sent = 0;
    for (PurchaseOrder order : list) {
      Customer customer = customers.findById(customerId).orElseThrow(); // expect repeated-query
      sent += customer.getEmail().length() + order.getNumber().length();
    }
    return sent;
  }

  // bad repeated-query: asked twice with nothing in between
  public String label(Long id) {
    PurchaseOrder order = orders.findById(id).orElseThrow();
    String number = order.getNumber();
    PurchaseOrder again = orders.findById(id).orElseThrow(); // expect repeated-query
    return number + again.getTotal();
  }

  // trap repeated-query: something was written in between
  public PurchaseOrder again(String number) {
    PurchaseOrder order = orders.findByNumber(number).orElseThrow();
    orders.delete(order);
    return orders.findByNumber(number).orElse(null);
  }

  // trap repeated-query: another value
  public boolean both(String one, String other) {
    return orders.findByNumber(one).isPresent() && orders.findByNumber(other).isPresent();
  }

  // bad unfiltered-write: JPQL without where
  public void settle() {
    entityManager.createQuery("update PurchaseOrder o set o.paid = true").executeUpdate(); // expect unfiltered-write
  }

  // bad unfiltered-write: native
  public void revoke() {
    entityManager.createNativeQuery("DELETE FROM shipments").executeUpdate(); // expect unfiltered-write
  }

  // trap unfiltered-write: one channel
  public void markChannel(String channel) {
    entityManager.createQuery("update PurchaseOrder o set o.paid = true where o.channel = :channel")
      .setParameter("channel", channel)
      .executeUpdate();
  }

  // trap unfiltered-write: an entity is one row
  public void remove(PurchaseOrder order) {
    entityManager.remove(order);
  }

  // bad wasteful-sql: sorted by chance
  public List<?> some() {
    return entityManager.createNativeQuery("SELECT id FROM purchase_orders ORDER BY random() LIMIT 5").getResultList(); // expect wasteful-sql
  }

  // bad wasteful-sql: columns by their place
  public void copy() {
    entityManager.createNativeQuery("INSERT INTO shipments VALUES (1, 2)").executeUpdate(); // expect wasteful-sql
  }

  // trap wasteful-sql: count(*) reads no columns
  public Object total() {
    return entityManager.createNativeQuery("SELECT count(*) FROM shipments").getSingleResult();
  }

  // trap wasteful-sql: JPQL names an entity
  public List<PurchaseOrder> everything() {
    return entityManager.createQuery("select o from PurchaseOrder o order by o.id", PurchaseOrder.class).getResultList();
  }

  // bad unordered-pagination: no order
  public Page<PurchaseOrder> page(int number) {
    return orders.findAll(PageRequest.of(number, 20)); // expect unordered-pagination
  }

  // bad unordered-pagination: in JPQL
  public List<PurchaseOrder> slice(int from) {
    return entityManager.createQuery("select o from PurchaseOrder o where o.paid = false", PurchaseOrder.class) // expect unordered-pagination
      .setFirstResult(from)
      .setMaxResults(20)
      .getResultList();
  }

  // trap unordered-pagination: by the key
  public Page<PurchaseOrder> sorted(int number) {
    return orders.findAll(PageRequest.of(number, 20, Sort.by("placedAt").descending().and(Sort.by("id"))));
  }

  // trap unordered-pagination: who calls it sorts
  public Page<PurchaseOrder> given(Pageable pageable) {
    return orders.findAll(pageable);
  }

  // bad paginated-collection-join: Hibernate reads all rows and cuts in memory
  public List<PurchaseOrder> withItems() {
    return entityManager.createQuery("select o from PurchaseOrder o join fetch o.items order by o.id", PurchaseOrder.class) // expect paginated-collection-join
      .setMaxResults(20)
      .getResultList();
  }

  // bad paginated-collection-join: a left join is no better
  public List<PurchaseOrder> withShipments(int from) {
    return entityManager.createQuery("select distinct o from PurchaseOrder o left join fetch o.shipments order by o.id", PurchaseOrder.class) // expect paginated-collection-join
      .setFirstResult(from)
      .setMaxResults(20)
      .getResultList();
  }

  // trap paginated-collection-join: a to-one relation adds no rows
  public List<PurchaseOrder> withCustomers() {
    return entityManager.createQuery("select o from PurchaseOrder o join fetch o.customer order by o.id", PurchaseOrder.class)
      .setMaxResults(20)
      .getResultList();
  }

  // trap paginated-collection-join: all of them
  public List<PurchaseOrder> complete() {
    return entityManager.createQuery("select o from PurchaseOrder o join fetch o.items", PurchaseOrder.class).getResultList();
  }

  // bad multiple-collection-loads: items times shipments
  public List<PurchaseOrder> all() {
    return entityManager.createQuery("select o from PurchaseOrder o left join fetch o.items left join fetch o.shipments", PurchaseOrder.class) // expect multiple-collection-loads
      .getResultList();
  }

  // bad multiple-collection-loads: of one row too
  public PurchaseOrder one(Long id) {
    return entityManager.createQuery("select o from PurchaseOrder o join fetch o.items join fetch o.shipments where o.id = :id", PurchaseOrder.class) // expect multiple-collection-loads
      .setParameter("id", id)
      .getSingleResult();
  }

  // trap multiple-collection-loads: one collection and one row
  public List<PurchaseOrder> withBoth() {
    return entityManager.createQuery("select o from PurchaseOrder o join fetch o.items join fetch o.customer", PurchaseOrder.class).getResultList();
  }

  // trap multiple-collection-loads: joined for a condition, not loaded
  public List<PurchaseOrder> shipped() {
    return entityManager.createQuery("select distinct o from PurchaseOrder o join o.shipments s join fetch o.items where s.id > 0", PurchaseOrder.class).getResultList();
  }

  // bad self-invoked-transaction: the proxy is not asked
  public void place(PurchaseOrder order) {
    store(order); // expect self-invoked-transaction
  }

  // bad self-invoked-transaction: on this
  public void placeAll(List<PurchaseOrder> list) {
    this.storeAll(list); // expect self-invoked-transaction
  }

  @Transactional
  public void store(PurchaseOrder order) {
    orders.save(order);
    customers.save(order.getCustomer());
  }

  @Transactional
  public void storeAll(List<PurchaseOrder> list) {
    orders.saveAll(list);
    customers.flush();
  }

  // trap self-invoked-transaction: the caller has one already
  @Transactional
  public void replace(PurchaseOrder old, PurchaseOrder order) {
    orders.delete(old);
    store(order);
  }

  // trap self-invoked-transaction: begun by hand
  public void begin(PurchaseOrder order) {
    transactions.executeWithoutResult(status -> store(order));
  }

  // bad remote-call-in-transaction: the rows stay locked until the other side answers
  @Transactional
  public void charge(PurchaseOrder order) {
    orders.save(order);
    rest.postForObject("https://pay.example.org/charges", order.getTotal(), String.class); // expect remote-call-in-transaction
  }

  // bad remote-call-in-transaction: in a template
  public void announce(PurchaseOrder order) {
    transactions.executeWithoutResult(status -> {
      orders.save(order);
      rest.getForObject("https://hooks.example.org/orders", String.class); // expect remote-call-in-transaction
    });
  }

  // trap remote-call-in-transaction: after it
  public void announceLater(PurchaseOrder order) {
    transactions.executeWithoutResult(status -> orders.save(order));
    rest.getForObject("https://hooks.example.org/orders", String.class);
  }

  // trap remote-call-in-transaction: none is open
  public String rate() {
    return rest.getForObject("https://rates.example.org", String.class);
  }

  // bad code-enforced-uniqueness: so does existsBy…
  public void rename(Customer customer, String nickname) {
    if (customers.existsByNickname(nickname)) throw new IllegalStateException("taken"); // expect code-enforced-uniqueness
    customers.save(customer);
  }

  // bad code-enforced-uniqueness: asked and saved
  public PurchaseOrder create(String number, PurchaseOrder order) {
    if (orders.findByNumber(number).isPresent()) throw new IllegalArgumentException("duplicate"); // expect code-enforced-uniqueness
    return orders.save(order);
  }

  // trap code-enforced-uniqueness: unique in the database as well
  public Customer register(String email, Customer customer) {
    if (customers.findByEmail(email).isPresent()) throw new IllegalArgumentException("known");
    return customers.save(customer);
  }

  // trap code-enforced-uniqueness: the primary key is
  public void insert(Long id, Customer customer) {
    if (customers.existsById(id)) throw new IllegalArgumentException("there");
    customers.save(customer);
  }
}
