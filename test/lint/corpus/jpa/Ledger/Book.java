package org.example.ledger;

import jakarta.persistence.*;

@Entity
@Table(name = "books")
public class Book {
  @Id
  private Long id;
}
