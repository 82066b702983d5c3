package org.example.library;

import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

public class LoanQueries {
  private final EntityManager entityManager;
  private final JdbcTemplate template;

  public LoanQueries(EntityManager entityManager, JdbcTemplate template) {
    this.entityManager = entityManager;
    this.template = template;
  }

  // bad: a native query
  public List<?> ofMember(String name) {
    return entityManager.createNativeQuery("SELECT id FROM members WHERE name = '" + name + "'").getResultList(); // expect
  }

  // bad: formatted
  public void forget(String name) {
    template.update(String.format("DELETE FROM members WHERE name = '%s'", name)); // expect
  }

  // trap: bound
  public List<?> bound(String name) {
    return entityManager.createNativeQuery("SELECT id FROM members WHERE name = ?1").setParameter(1, name).getResultList();
  }

  // trap: an identifier of a fixed form
  public List<?> byKey(UUID key) {
    return entityManager.createNativeQuery("SELECT id FROM members WHERE id = '" + key + "'").getResultList();
  }

  // trap: marks for the parameters
  public void several(List<Object> ids) {
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    template.update("DELETE FROM members WHERE id IN (" + marks + ")", ids.toArray());
  }

  // trap: a constant of a class within another
  public List<?> retired() {
    return entityManager.createNativeQuery("SELECT id FROM members WHERE standing = " + Member.STANDING.Retired).getResultList();
  }
}
