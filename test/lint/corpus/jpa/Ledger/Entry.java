// rules: unindexed-filter, missing-foreign-key-index, unbounded-list, validating-constraint
package org.example.ledger;

import jakarta.persistence.*;

@Entity
@Table(name = "entries")
public class Entry {
  @Id
  private Long id;

  // trap missing-foreign-key-index: one of the first change sets has made it
  @ManyToOne
  @JoinColumn(name = "book_id")
  private Book book;

  // trap unindexed-filter: a change set has made its index
  private String number;

  // bad unindexed-filter: none has
  private String remark; // expect unindexed-filter

  // trap unindexed-filter: yes or no
  private Integer active;
}
