// rules: lazy-relation-in-loop, remote-call-in-transaction, self-invoked-transaction
package org.example.plans;

import com.cosium.spring.data.jpa.entity.graph.domain2.EntityGraph;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Service
public class PlanService {
  private final PlanRepository plans;
  private final HttpClient client;
  private final PlatformTransactionManager manager;
  private final Consumer<Plan> onFull;

  // trap self-invoked-transaction: whoever is handed the lambda calls it later, in a transaction of its own
  public PlanService(PlanRepository plans, HttpClient client, PlatformTransactionManager manager) {
    this.plans = plans;
    this.client = client;
    this.manager = manager;
    this.onFull = plan -> {
      trim(plan);
    };
  }

  // trap lazy-relation-in-loop: all of them have one campaign, which the session reads once
  public void ofOne(Long campaignId) {
    for (Plan plan : plans.findByCampaignId(campaignId)) {
      System.out.println(plan.getCampaign().getName());
    }
  }

  // trap lazy-relation-in-loop: the caller says what is loaded
  public void matching(String title, EntityGraph graph) {
    for (Plan plan : plans.findByTitleLike(title, graph)) {
      System.out.println(plan.getCampaign().getName());
    }
  }

  // bad lazy-relation-in-loop: plans of many campaigns share a title
  public void called(String title) {
    for (Plan plan : plans.findByTitle(title)) {
      System.out.println(plan.getCampaign().getName()); // expect lazy-relation-in-loop
    }
  }

  // trap remote-call-in-transaction: an address is put together, and nothing sent
  @Transactional
  public Object address(Plan plan) {
    plans.save(plan);
    return client.target("https://plans.example.com/" + plan.getId());
  }

  // bad remote-call-in-transaction: here it is
  @Transactional
  public Object publish(Plan plan) {
    plans.save(plan);
    return client.post("https://plans.example.com/" + plan.getId()); // expect remote-call-in-transaction
  }

  // trap self-invoked-transaction: begun by hand, by a template made here
  public void trimByHand(Plan plan) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.execute(status -> {
      trim(plan);
      return null;
    });
  }

  // bad self-invoked-transaction: no transaction
  public void trimNow(Plan plan) {
    trim(plan); // expect self-invoked-transaction
  }

  @Transactional
  public void trim(Plan plan) {
    plans.save(plan);
  }
}
