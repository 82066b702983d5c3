package org.example.library;

import jakarta.persistence.*;
import java.time.LocalDate;

@Entity
@Table(name = "loans", indexes = {@Index(columnList = "member_id"), @Index(columnList = "copy_id")})
public class Loan {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "member_id")
  private Member member;

  @ManyToOne(fetch = FetchType.EAGER, optional = false)
  @JoinColumn(name = "copy_id")
  private Copy copy;

  private LocalDate due;

  public Long getId() { return id; }
  public Member getMember() { return member; }
  public Copy getCopy() { return copy; }
  public LocalDate getDue() { return due; }
}
