// at: src/main/java/org/example/clinic/Visit.java
// rules: eager-collection
package org.example.clinic;

import jakarta.persistence.*;
import java.util.*;

@Entity
@Table(name = "visits", indexes = @Index(columnList = "bed_id"))
public class Visit {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap eager-collection: the collection at the end of the way is told where it stands
  @ManyToOne
  private Bed bed;
}

@Entity
@Table(name = "beds", indexes = @Index(columnList = "keeper_id"))
class Bed {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne
  private Account keeper;
}
