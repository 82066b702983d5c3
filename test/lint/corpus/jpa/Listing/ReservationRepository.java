// at: src/main/java/org/example/desk/ReservationRepository.java
package org.example.desk;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

public interface ReservationRepository extends JpaRepository<Reservation, Long> {
  List<Reservation> findByOpenTrue();

  List<Reservation> findByMemberId(Long memberId);

  List<Reservation> findTop50ByOrderByWantedFromDesc();

  Page<Reservation> findByTitleStartingWith(String beginning, Pageable page);
}
