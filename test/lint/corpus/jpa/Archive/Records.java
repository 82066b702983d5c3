// rules: code-enforced-uniqueness, unindexed-filter, missing-foreign-key-index
package org.example.archive;

import jakarta.persistence.*;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

@Entity
@Table(name = "shelves")
class Shelf {
  @Id
  private Long id;
}

@Entity
@Table(name = "records")
class Record {
  @Id
  private Long id;

  // trap unindexed-filter: nothing of the project makes the table, so that nobody knows its indexes
  private String signature;

  // trap missing-foreign-key-index: nor which of its references have one
  @ManyToOne
  @JoinColumn(name = "shelf_id")
  private Shelf shelf;

  public String getSignature() { return signature; }
}

interface RecordRepository extends JpaRepository<Record, Long> {
  List<Record> findByShelf(Shelf shelf);

  boolean existsBySignature(String signature);
}

public class RecordService {
  private final RecordRepository records;

  public RecordService(RecordRepository records) {
    this.records = records;
  }

  // trap code-enforced-uniqueness: nor what is unique
  public void file(Record record) {
    if (records.existsBySignature(record.getSignature())) throw new IllegalStateException("filed");
    records.save(record);
  }
}
