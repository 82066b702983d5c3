// rules: query-in-loop
package org.example.library.paging;

import static org.example.library.paging.Pages.eachRow;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.example.library.Loan;
import org.example.library.LoanRepository;
import org.example.library.Member;
import org.example.library.MemberRepository;
import org.springframework.stereotype.Service;

@Service
public class Reminders {
  private final MemberRepository members;
  private final LoanRepository loans;

  public Reminders(MemberRepository members, LoanRepository loans) {
    this.members = members;
    this.loans = loans;
  }

  // bad query-in-loop: the helper calls it with each row of each page
  public List<Loan> twins() {
    List<Loan> found = new ArrayList<>();
    eachRow(members::findAll, member -> add(found, member)); // expect query-in-loop
    return found;
  }

  private void add(List<Loan> found, Member member) {
    found.addAll(loans.findByDue(LocalDate.parse(member.getName())));
  }

  // bad query-in-loop: rows that are handed over
  public List<Loan> namesakes() {
    List<Loan> found = new ArrayList<>();
    List<Member> all = members.findAll();
    Pages.eachOf(all, member -> {
      found.addAll(loans.findByDue(LocalDate.parse(member.getName()))); // expect query-in-loop
    });
    return found;
  }

  // trap query-in-loop: one question for each page
  public List<Loan> pages() {
    List<Loan> found = new ArrayList<>();
    Pages.eachPage(members::findAll, page -> found.addAll(loans.findByDue(LocalDate.parse(page.toString()))));
    return found;
  }

  // trap query-in-loop: nothing says that these are rows
  public List<Loan> named(List<String> names) {
    List<Loan> found = new ArrayList<>();
    Pages.eachOf(names, name -> found.addAll(loans.findByDue(LocalDate.parse(name))));
    return found;
  }
}
