package org.example.library;

import com.example.courier.CourierFault;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

class OverdueException extends Exception {
  OverdueException(String message) {
    super(message);
  }
}

class BlockedMemberException extends OverdueException {
  BlockedMemberException(String message) {
    super(message);
  }
}

class UnknownCopyException extends IllegalArgumentException {
  UnknownCopyException(String message) {
    super(message);
  }
}

@Service
class LendingDesk {
  private static final Logger log = LoggerFactory.getLogger(LendingDesk.class);
  private final LoanRepository loans;
  private final MemberRepository members;
  private final Postman postman;
  private final CardPrinter printer;
  private final Rulebook rules;

  LendingDesk(LoanRepository loans, MemberRepository members, Postman postman, CardPrinter printer, Rulebook rules) {
    this.loans = loans;
    this.members = members;
    this.postman = postman;
    this.printer = printer;
    this.rules = rules;
  }

  // bad: the loan stays where no letter could be sent
  @Transactional // expect
  public void lend(Loan loan) throws MessagingException {
    loans.save(loan);
    postman.confirm(loan);
  }

  // bad: an exception of the project itself, by two steps
  @Transactional // expect
  public Loan renew(Loan loan) throws BlockedMemberException {
    Loan saved = loans.save(loan);
    rules.mayRenew(saved);
    return saved;
  }

  // bad: the members before the one that fails stay
  @Transactional // expect
  public void enrol(List<Member> newcomers) throws IOException {
    for (Member member : newcomers) {
      printer.print(member);
      members.save(member);
    }
  }

  // bad: in a transaction of its own, one of two
  @Transactional(propagation = Propagation.REQUIRES_NEW, timeout = 30) // expect
  public void expel(Member member) throws IllegalStateException, TimeoutException {
    members.delete(member);
    printer.shred(member);
  }

  // bad: said to be for writing
  @Transactional(readOnly = false) // expect
  public void replaceCard(Member member) throws Exception {
    members.save(member);
    printer.print(member);
  }

  // trap: it goes with the letter
  @Transactional(rollbackFor = MessagingException.class)
  public void lendOrNot(Loan loan) throws MessagingException {
    loans.save(loan);
    postman.confirm(loan);
  }

  // trap: it is to stay, and that is said
  @Transactional(noRollbackFor = MessagingException.class)
  public void lendAnyway(Loan loan) throws MessagingException {
    loans.save(loan);
    postman.confirm(loan);
  }

  // trap: nothing has been written when the letter fails
  @Transactional
  public void announce(Loan loan) throws MessagingException {
    postman.announce(loan);
    loans.save(loan);
  }

  // trap: nothing but a line in the log behind it
  @Transactional
  public void collect(Path list, Loan loan) throws IOException {
    printer.read(list);
    loans.save(loan);
    log.info("collected {}", list);
  }

  // trap: unchecked, though it is declared
  @Transactional
  public void move(Loan loan) throws UnknownCopyException {
    loans.save(loan);
    rules.check(loan);
  }

  // trap: nobody here knows what a library's fault extends
  @Transactional
  public void send(Loan loan) throws CourierFault {
    loans.save(loan);
    postman.hand(loan);
  }

  // trap: only reads
  @Transactional(readOnly = true)
  public void printAll(List<Member> wanted) throws IOException {
    for (Member member : members.findAll()) printer.print(member);
  }

  // trap: not in a transaction
  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  public void importCards(Member member) throws IOException {
    members.save(member);
    printer.print(member);
  }

  // bad: a helper writes, and what fails behind it is the project's own
  @Transactional // expect
  public void transfer(Loan loan) throws OverdueException {
    keep(loan);
    forbidOverdue(loan);
  }

  // trap: what stands behind the write throws nothing that is checked
  @Transactional
  public String receipt(Path printed, Loan loan) throws IOException {
    printer.read(printed);
    loans.save(loan);
    return described(loan);
  }

  private void keep(Loan loan) {
    loans.save(loan);
  }

  private void forbidOverdue(Loan loan) throws OverdueException {
    if (rules.isOverdue(loan)) throw new OverdueException("Bring it back first");
  }

  private String described(Loan loan) {
    return "Loan " + loan.getId();
  }

  // trap: no transaction of its own
  public void reprint(Member member) throws IOException {
    members.save(member);
    printer.print(member);
  }
}

@Service
@Transactional
class ReturnDesk {
  private final LoanRepository loans;
  private final CardPrinter printer;

  ReturnDesk(LoanRepository loans, CardPrinter printer) {
    this.loans = loans;
    this.printer = printer;
  }

  // bad: what the class says holds for the method
  public void takeBack(Loan loan) throws IOException { // expect
    loans.delete(loan);
    printer.receipt(loan);
  }

  // trap: what the method says holds instead
  @Transactional(rollbackFor = Exception.class)
  public void takeBackOrNot(Loan loan) throws IOException {
    loans.delete(loan);
    printer.receipt(loan);
  }
}
