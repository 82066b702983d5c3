package org.example.library;

import java.time.LocalDate;
import java.util.List;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

public interface LoanRepository extends JpaRepository<Loan, Long> {
  List<Loan> findByDueBefore(LocalDate day);

  @EntityGraph(attributePaths = "member")
  List<Loan> findByDue(LocalDate day);
}
