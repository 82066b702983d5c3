package org.example.library;

import jakarta.persistence.*;

@Entity
@Table(name = "copies")
public class Copy {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String barcode;

  public String getBarcode() { return barcode; }
}
