// at: src/main/java/org/example/shop/PurchaseOrder.java
// rules: unindexed-filter, range-before-equality, unsearchable-filter, code-enforced-uniqueness
package org.example.shop;

import jakarta.persistence.*;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
import org.springframework.data.repository.query.Param;

@Entity
@Table(name = "purchase_orders", indexes = {
  @Index(columnList = "customer_id"),
  @Index(columnList = "placed_at, channel"),
  @Index(columnList = "number"),
})
public class PurchaseOrder {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false)
  private String number;

  // bad unindexed-filter: a derived query looks for it
  @Column(nullable = false)
  private String voucher; // expect unindexed-filter

  // bad unindexed-filter: JPQL does
  @Column(name = "tracking_code")
  private String trackingCode; // expect unindexed-filter

  // trap unindexed-filter: an index begins with it
  @Column(name = "placed_at", nullable = false)
  private Instant placedAt;

  // bad unindexed-filter: an update looks for it, and the index above begins with something else
  private String channel; // expect unindexed-filter

  // trap unindexed-filter: true or false
  private boolean paid;

  private BigDecimal total;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "customer_id")
  private Customer customer;

  @OneToMany(mappedBy = "order", cascade = CascadeType.ALL)
  private Set<OrderItem> items = new HashSet<>();

  @OneToMany(mappedBy = "order")
  private Set<Shipment> shipments = new HashSet<>();

  public Long getId() { return id; }
  public String getNumber() { return number; }
  public boolean isPaid() { return paid; }
  public void setPaid(boolean paid) { this.paid = paid; }
  public BigDecimal getTotal() { return total; }
  public Customer getCustomer() { return customer; }
  public Set<OrderItem> getItems() { return items; }
}

@Entity
@Table(name = "order_items", indexes = @Index(columnList = "order_id"))
class OrderItem {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "order_id")
  private PurchaseOrder order;

  private String sku;
}

@Entity
@Table(name = "shipments", indexes = @Index(columnList = "order_id"))
class Shipment {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "order_id")
  private PurchaseOrder order;
}

@Entity
@Table(name = "customers", indexes = @Index(columnList = "last_name"))
class Customer {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap unindexed-filter: unique
  @Column(unique = true, nullable = false)
  private String email;

  @Column(name = "last_name")
  private String lastName;

  // bad unindexed-filter: whether there is one is asked too
  @Column(nullable = false)
  private String nickname; // expect unindexed-filter

  public Long getId() { return id; }
  public String getEmail() { return email; }
}

interface PurchaseOrderRepository extends JpaRepository<PurchaseOrder, Long> {
  List<PurchaseOrder> findByVoucher(String voucher);

  @Query("select o from PurchaseOrder o where o.trackingCode = :code")
  Optional<PurchaseOrder> track(@Param("code") String code);

  List<PurchaseOrder> findByPlacedAtAfter(Instant since);

  List<PurchaseOrder> findByPaidFalse();

  List<PurchaseOrder> findByCustomerId(Long customerId);

  // bad range-before-equality: the range stands first in the index
  List<PurchaseOrder> findByChannelAndPlacedAtAfter(String channel, Instant since); // expect range-before-equality

  // trap range-before-equality: both are equal
  List<PurchaseOrder> findByChannelAndPlacedAt(String channel, Instant at);

  // bad range-before-equality: JPQL is no different
  @Query("select o from PurchaseOrder o where o.placedAt >= :since and o.channel = :channel")
  List<PurchaseOrder> recent(@Param("since") Instant since, @Param("channel") String channel); // expect range-before-equality

  // trap range-before-equality: the key comes first
  List<PurchaseOrder> findByCustomerIdAndPlacedAtAfter(Long customerId, Instant since);

  Optional<PurchaseOrder> findByNumber(String number);
}

interface CustomerRepository extends JpaRepository<Customer, Long> {
  Optional<Customer> findByEmail(String email);

  boolean existsByNickname(String nickname);

  // bad unsearchable-filter: a wildcard on both sides
  List<Customer> findByLastNameContaining(String part); // expect unsearchable-filter

  // bad unsearchable-filter: upper() around the column
  List<Customer> findByEmailIgnoreCase(String email); // expect unsearchable-filter

  // trap unsearchable-filter: an index serves a beginning
  List<Customer> findByLastNameStartingWith(String start);

  // trap unsearchable-filter: a function of the value, not of the column
  @Query("select c from Customer c where c.lastName = upper(:name)")
  List<Customer> named(@Param("name") String name);
}
