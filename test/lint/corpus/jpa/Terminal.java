// rules: eager-collection, plaintext-password
package org.example.till;

import jakarta.persistence.*;
import java.util.*;

@Entity
@Table(name = "terminals")
public class Terminal {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // bad plaintext-password: thirty characters hold no hash of today
  @Column(name = "admin_password", length = 30)
  private String adminPassword; // expect plaintext-password

  // trap plaintext-password: a hash of 97 characters (Argon2)
  @Column(name = "clerk_password_hash", length = 97)
  private String clerkPasswordHash;

  // bad eager-collection: every entry of the journal with each terminal
  @OneToMany(mappedBy = "terminal", fetch = FetchType.EAGER, cascade = CascadeType.ALL)
  private Set<JournalEntry> journal = new HashSet<>(); // expect eager-collection
}

@Entity
@Table(name = "journal_entries", indexes = @Index(columnList = "terminal_id"))
class JournalEntry {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap eager-collection: one row, joined
  @ManyToOne(fetch = FetchType.EAGER)
  private Terminal terminal;
}
