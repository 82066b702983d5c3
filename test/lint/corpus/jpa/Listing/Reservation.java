// at: src/main/java/org/example/desk/Reservation.java
package org.example.desk;

import jakarta.persistence.*;
import java.time.LocalDate;
import org.example.library.Member;

@Entity
@Table(name = "reservations", indexes = @Index(columnList = "member_id"))
public class Reservation {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "member_id")
  private Member member;

  private String title;

  private LocalDate wantedFrom;

  private boolean open;

  public Long getId() { return id; }
  public String getTitle() { return title; }
}
