// rules: query-in-loop, write-in-loop, lazy-relation-in-loop, remote-call-in-transaction, self-invoked-transaction
package org.example.plans;

import com.cosium.spring.data.jpa.entity.graph.domain2.EntityGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  public Optional<Plan> getOptionalPlan(String title) {
    return plans.findByTitle(title).stream().findFirst();
  }

  // trap query-in-loop: one plan at most
  public boolean isAlone(String title) {
    return getOptionalPlan(title).filter(plan -> plans.findByCampaignId(plan.getId()).isEmpty()).isPresent();
  }

  // trap query-in-loop: only an optional is asked what else there is
  public String describe(String title) {
    return parse(title)
        .map(each -> {
          return plans.findByTitle(each).toString();
        })
        .orElse("none");
  }

  // trap write-in-loop: the child is told the key of its parent, just made
  // bad write-in-loop: all children could be written after that
  public void branch(List<Plan> roots) {
    for (Plan root : roots) {
      Plan parent = plans.save(root.copy());
      plans.save(Plan.below(parent)); // expect write-in-loop
    }
  }

  // trap write-in-loop: what another machine has taken is marked before the next is sent
  public void hand(List<Plan> sent) {
    for (Plan plan : sent) {
      ledgerClient.open(plan);
      plans.save(plan.handed());
    }
  }

  // bad write-in-loop: of whoever asks, one after the other
  public void keep(List<Plan> wanted) {
    for (Plan plan : wanted) {
      plans.save(plan); // expect write-in-loop
    }
  }

  enum Season { SPRING, AUTUMN }

  // trap query-in-loop: as many as the program has constants
  public void perSeason() {
    for (Season season : Season.values()) {
      plans.findByTitle(season.name());
    }
  }

  // trap query-in-loop: the program lists the templates
  public void check(Map<String, String> titleTemplates) {
    titleTemplates.keySet().forEach(template -> {
      plans.findByTitle(template);
    });
  }

  // bad query-in-loop: of whoever asks, as many as there are
  public void titles(List<String> titles) {
    titles.forEach(title -> {
      plans.findByTitle(title); // expect query-in-loop
    });
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
    plans.flush();
  }
}
