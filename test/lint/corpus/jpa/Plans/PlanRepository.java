package org.example.plans;

import com.cosium.spring.data.jpa.entity.graph.domain2.EntityGraph;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

public interface PlanRepository extends JpaRepository<Plan, Long> {
  List<Plan> findByCampaignId(Long campaignId);

  List<Plan> findByTitle(String title);

  List<Plan> findByTitleLike(String title, EntityGraph graph);
}
