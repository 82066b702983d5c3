package org.example.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class EntryResource {
  private final EntityManager entityManager;

  public EntryResource(EntityManager entityManager) {
    this.entityManager = entityManager;
  }

  // trap unbounded-list: of what is found only the first
  @GetMapping("/entries/latest")
  public Optional<Entry> latest() {
    return entityManager.createQuery("SELECT e FROM Entry e", Entry.class).getResultList().stream().findFirst();
  }

  // bad unbounded-list: all there are
  @GetMapping("/entries") // expect unbounded-list
  public List<Entry> all() {
    return entityManager.createQuery("SELECT e FROM Entry e", Entry.class).getResultList();
  }
}
