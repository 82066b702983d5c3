package org.example.library;

import jakarta.persistence.*;
import java.util.HashSet;
import java.util.Set;

@Entity
@Table(name = "members")
public class Member {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String name;

  @OneToMany(mappedBy = "member")
  private Set<Loan> loans = new HashSet<>();

  public Long getId() { return id; }
  public String getName() { return name; }
  public Set<Loan> getLoans() { return loans; }
}
