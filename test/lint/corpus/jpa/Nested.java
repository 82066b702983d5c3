// rules: lazy-relation-in-loop
package org.example.library.nested;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.example.library.*;
import org.springframework.stereotype.Service;

@Service
public class Nested {
  private final MemberRepository members;
  private final LoanRepository loans;

  public Nested(MemberRepository members, LoanRepository loans) {
    this.members = members;
    this.loans = loans;
  }

  // bad: the loans of each member
  public List<String> shelves() {
    List<String> shelves = new ArrayList<>();
    for (Member member : members.findAll()) {
      for (Loan loan : member.getLoans()) { // expect
        shelves.add(loan.getCopy().getBarcode());
      }
    }
    return shelves;
  }

  // bad: the query selects what its rows lead to
  public int owed(LocalDate day) {
    int owed = 0;
    for (Member member : loans.findDebtors(day)) {
      owed += member.getLoans().size(); // expect
    }
    return owed;
  }

  // trap: the members themselves are selected
  public List<String> debtors(LocalDate day) {
    List<String> names = new ArrayList<>();
    for (Member member : loans.findDebtors(day)) {
      names.add(member.getName());
    }
    return names;
  }

  // trap: one member has its loans by one query
  public int count(Long id) {
    Member member = members.findById(id).orElseThrow();
    int count = 0;
    for (Loan loan : member.getLoans()) {
      count += loan.getDue().getDayOfMonth();
    }
    return count;
  }
}
