package org.example.plans;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

@ApplicationScoped
public class PlanArchive implements PanacheRepository<Plan> {
  // trap self-invoked-transaction: Quarkus puts the transaction into a subclass, which calls of the object itself reach
  public void storeAll(Plan first, Plan second) {
    store(first);
    store(second);
  }

  @Transactional
  public void store(Plan plan) {
    persist(plan);
  }
}
