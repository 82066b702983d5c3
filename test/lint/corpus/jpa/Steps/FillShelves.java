// at: src/main/java/org/example/library/steps/FillShelves.java
// rules: write-in-loop
package org.example.library.steps;

import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.jdbc.core.JdbcTemplate;

// trap write-in-loop: a step that runs once, wherever it lies
public class FillShelves extends BaseJavaMigration {
  private JdbcTemplate template;

  @Override
  public void migrate(Context context) {
    List<String> names = template.queryForList("SELECT name FROM members", String.class);
    for (String name : names) {
      template.update("INSERT INTO shelves (name) VALUES (?)", name);
    }
  }
}
