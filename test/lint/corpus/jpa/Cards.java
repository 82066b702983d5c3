// rules: lazy-relation-in-loop
package org.example.library.cards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.example.library.*;
import org.springframework.stereotype.Service;

class LoanCard {
  private final String member;
  private final LocalDate due;

  LoanCard(Loan loan) {
    this(loan.getMember().getName(), loan.getDue());
  }

  LoanCard(String member, LocalDate due) {
    this.member = member;
    this.due = due;
  }

  static LoanCard of(Loan loan) {
    return new LoanCard(loan);
  }
}

class DueDate {
  private final Long member;
  private final LocalDate due;

  DueDate(Loan loan) {
    this.member = loan.getMember().getId();
    this.due = loan.getDue();
  }
}

class CardBox {
  private final List<LoanCard> cards;

  CardBox(List<Loan> loans) {
    this.cards = cardsOf(loans);
  }

  private static List<LoanCard> cardsOf(List<Loan> found) {
    return found.stream().map(LoanCard::new).toList();
  }

  static int size(List<Loan> loans) {
    return loans.size();
  }
}

@Service
public class Cards {
  private final LoanRepository loans;

  public Cards(LoanRepository loans) {
    this.loans = loans;
  }

  // bad: the constructor of what is answered with reads the member
  public List<LoanCard> overdue(LocalDate today) {
    return loans.findByDueBefore(today).stream()
      .map(loan -> new LoanCard(loan)) // expect
      .collect(Collectors.toList());
  }

  // bad: a reference to the constructor
  public List<LoanCard> late(LocalDate today) {
    return loans.findByDueBefore(today).stream()
      .map(LoanCard::new) // expect
      .toList();
  }

  // bad: a reference to a method that makes it
  public List<LoanCard> older(LocalDate today) {
    List<Loan> found = loans.findByDueBefore(today);
    return found.stream()
      .map(LoanCard::of) // expect
      .toList();
  }

  // bad: a reference to the getter
  public List<Member> debtors(LocalDate today) {
    return loans.findByDueBefore(today).stream()
      .map(Loan::getMember) // expect
      .toList();
  }

  // bad: by index
  public List<String> names(LocalDate today) {
    List<String> names = new ArrayList<>();
    List<Loan> found = loans.findByDueBefore(today);
    for (int i = 0; i < found.size(); i++) {
      Loan loan = found.get(i);
      names.add(loan.getMember().getName()); // expect
    }
    return names;
  }

  // bad: by an iterator
  public void print(LocalDate today) {
    List<Loan> found = loans.findByDueBefore(today);
    Iterator<Loan> each = found.iterator();
    while (each.hasNext()) {
      Loan loan = each.next();
      System.out.println(loan.getMember().getName()); // expect
    }
  }

  // bad: what the rows are given to goes through them
  public CardBox box(LocalDate today) {
    List<Loan> found = loans.findByDueBefore(today);
    return new CardBox(found); // expect
  }

  // trap: given with their members
  public CardBox boxOf(LocalDate today) {
    List<Loan> found = loans.findByDue(today);
    return new CardBox(found);
  }

  // trap: what the rows are given to reads none of them
  public int size(LocalDate today) {
    List<Loan> found = loans.findByDueBefore(today);
    return CardBox.size(found);
  }

  // trap: the repository loads the members with the loans
  public List<LoanCard> today(LocalDate today) {
    return loans.findByDue(today).stream().map(LoanCard::new).toList();
  }

  // trap: a reference has its key
  public List<DueDate> dates(LocalDate today) {
    return loans.findByDueBefore(today).stream().map(DueDate::new).toList();
  }

  // trap: a reference is compared and handed on without being read
  public void move(LocalDate today, Copy copy) {
    for (Loan loan : loans.findByDueBefore(today)) {
      if (loan.getMember() == null) {
        continue;
      }
      Loan other = new Loan();
      other.setMember(loan.getMember());
    }
  }
}
