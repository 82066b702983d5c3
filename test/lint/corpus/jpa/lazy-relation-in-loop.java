package org.example.library;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class LoanReminders {
  private final LoanRepository loans;
  private final MemberRepository members;

  public LoanReminders(LoanRepository loans, MemberRepository members) {
    this.loans = loans;
    this.members = members;
  }

  // bad: the loop goes through the call itself
  public void remind(LocalDate today) {
    for (Loan loan : loans.findByDueBefore(today)) {
      System.out.println(loan.getMember().getName()); // expect
    }
  }

  private List<Loan> overdue(LocalDate today) {
    return loans.findByDueBefore(today);
  }

  // bad: through a method of the class that hands on what the repository finds
  public List<String> names(LocalDate today) {
    List<String> names = new ArrayList<>();
    for (Loan loan : overdue(today)) {
      names.add(loan.getMember().getName()); // expect
    }
    return names;
  }

  // bad: a callback on the call
  public void print() {
    members.findAll().forEach(member -> System.out.println(member.getLoans().size())); // expect
  }

  // trap: a proxy knows its key
  public void number(LocalDate today) {
    for (Loan loan : loans.findByDueBefore(today)) {
      System.out.println(loan.getMember().getId());
    }
  }

  // trap: the repository loads the members with the loans
  public void remindToday(LocalDate today) {
    for (Loan loan : loans.findByDue(today)) {
      System.out.println(loan.getMember().getName());
    }
  }

  // trap: the copies come with every loan
  public void shelve(LocalDate today) {
    for (Loan loan : loans.findByDueBefore(today)) {
      System.out.println(loan.getDue());
    }
  }

  // trap: one member, whose loans are one query
  public void ofMember(Long id) {
    Member member = members.findById(id).orElseThrow();
    for (Loan loan : member.getLoans()) {
      System.out.println(loan.getDue());
    }
  }
}
