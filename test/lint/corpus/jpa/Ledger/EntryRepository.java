package org.example.ledger;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface EntryRepository extends JpaRepository<Entry, Long> {
  List<Entry> findByNumber(String number);

  List<Entry> findByRemark(String remark);

  long countByActive(Integer active);
}
