package org.example.plans;

import jakarta.persistence.*;

@Entity
@Table(name = "plans", indexes = @Index(columnList = "campaign_id"))
public class Plan {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "campaign_id")
  private Campaign campaign;

  @Column(nullable = false)
  private String title;

  public Long getId() { return id; }
  public Campaign getCampaign() { return campaign; }
  public String getTitle() { return title; }
}
