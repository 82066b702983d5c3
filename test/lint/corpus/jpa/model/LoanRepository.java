package org.example.library;

import java.time.LocalDate;
import java.util.List;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

public interface LoanRepository extends JpaRepository<Loan, Long> {
  List<Loan> findByDueBefore(LocalDate day);

  @EntityGraph(attributePaths = "member")
  List<Loan> findByDue(LocalDate day);

  @Query("select m from Loan l join l.member m where l.due < :day")
  List<Member> findDebtors(LocalDate day);
}
