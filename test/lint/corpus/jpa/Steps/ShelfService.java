// at: src/main/java/org/example/library/steps/ShelfService.java
package org.example.library.steps;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

@Service
public class ShelfService {
  private JdbcTemplate template;

  // bad write-in-loop: the same, whenever it is asked
  public void fill() {
    List<String> names = template.queryForList("SELECT name FROM members", String.class);
    for (String name : names) {
      template.update("INSERT INTO shelves (name) VALUES (?)", name); // expect write-in-loop
    }
  }
}
