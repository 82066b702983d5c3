// at: src/main/java/org/example/clinic/Account.java
// rules: missing-foreign-key-index, soft-delete-unique, plaintext-password, numbered-columns, unprotected-sensitive-column, eager-collection
package org.example.clinic;

import jakarta.persistence.*;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.*;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;

@Entity
@Table(name = "accounts")
public class Account {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false, unique = true)
  private String email;

  // bad plaintext-password: no hash is as short as this
  @Column(name = "password", length = 20)
  private String password; // expect plaintext-password

  // bad eager-collection: all orders with every account
  @OneToMany(mappedBy = "account", fetch = FetchType.EAGER)
  private List<Shift> shifts = new ArrayList<>(); // expect eager-collection

  // bad eager-collection: a join table as well
  // bad missing-foreign-key-index: the smaller key leads that of the join table
  @ManyToMany(fetch = FetchType.EAGER)
  @JoinTable(name = "account_wards")
  private Set<Ward> wards = new HashSet<>(); // expect eager-collection, missing-foreign-key-index

  // trap eager-collection: a collection is lazy by itself
  @OneToMany(mappedBy = "owner")
  private Set<Key> keys = new HashSet<>();

  // trap eager-collection: stated
  @ManyToMany(fetch = FetchType.LAZY)
  @JoinTable(name = "account_languages")
  private Set<Ward> languages = new HashSet<>(); // expect missing-foreign-key-index
}

@Entity
@Table(name = "wards")
class Ward {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  // bad numbered-columns: beds in a row
  private String bed1; // expect numbered-columns
  private String bed2;
  private String bed3;
  private String bed4;

  // trap numbered-columns: names of standards
  private String iso639;
  private String sha256;
}

@Entity
@Table(name = "shifts", indexes = @Index(columnList = "account_id"))
class Shift {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  private Account account;
}

@Entity
@Table(name = "access_keys", indexes = @Index(columnList = "owner_id"))
class Key {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  private Account owner;

  // trap plaintext-password: a hash with its salt
  @Column(name = "password_hash", length = 60)
  private String passwordHash;
}

@Entity
@Table(name = "portal_users")
class PortalUser {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap plaintext-password: long enough for every hash
  @JsonIgnore
  @Column(length = 255)
  private String password;
}

@Entity
@Table(name = "kiosk_users")
class KioskUser {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // bad plaintext-password: a repository looks it up
  private String password; // expect plaintext-password

  // bad soft-delete-unique: whoever was deleted keeps the address
  @Column(name = "mail", nullable = false, unique = true)
  private String mail; // expect soft-delete-unique

  @Column(name = "deleted_at")
  private java.time.Instant deletedAt;
}

@Entity
@Table(name = "kiosk_sessions")
class KioskSession {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap soft-delete-unique: rows are removed for good
  @Column(nullable = false, unique = true)
  private String token;

  @Column(name = "closed_at")
  private java.time.Instant closedAt;
}

interface KioskUserRepository extends org.springframework.data.jpa.repository.JpaRepository<KioskUser, Long> {
  Optional<KioskUser> findByMailAndPassword(String mail, String password);
}
