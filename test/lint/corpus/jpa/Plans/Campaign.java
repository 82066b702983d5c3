package org.example.plans;

import jakarta.persistence.*;

@Entity
@Table(name = "campaigns")
public class Campaign {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false)
  private String name;

  public Long getId() { return id; }
  public String getName() { return name; }
}
