// rules: nullable-unique-column
package org.example.plans;

import jakarta.persistence.*;
import java.util.List;

@Entity
// trap nullable-unique-column: nothing here says what is required
@Table(
    name = "plans",
    indexes = @Index(columnList = "campaign_id"),
    uniqueConstraints = @UniqueConstraint(columnNames = {"season", "place"}))
public class Plan {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "campaign_id")
  private Campaign campaign;

  @Column(nullable = false)
  private String title;

  private Integer season;

  private Integer place;

  @ElementCollection
  private List<String> remarks;

  public Long getId() { return id; }
  public Campaign getCampaign() { return campaign; }
  public String getTitle() { return title; }
}
