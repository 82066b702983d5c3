// at: src/main/java/org/example/plans/db/V3__FillTitles.java
package org.example.plans.db;

import java.util.List;
import org.example.plans.Plan;
import org.example.plans.PlanRepository;

public class V3__FillTitles {
  private PlanRepository plans;

  // trap query-in-loop: Flyway runs it once
  public void migrate(List<String> titles) {
    for (String title : titles) {
      plans.findByTitle(title);
    }
  }
}
