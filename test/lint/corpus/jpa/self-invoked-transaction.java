package org.example.till;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.util.List;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
public class TillService {
  private final TillService self;
  private final ReceiptWriter writer;
  private final ReceiptRepository receipts;

  public TillService(@Lazy TillService self, ReceiptWriter writer, ReceiptRepository receipts) {
    this.self = self;
    this.writer = writer;
    this.receipts = receipts;
  }

  // bad: in a loop of the same object
  public void closeAll(List<Long> tills) {
    for (Long till : tills) {
      close(till); // expect
    }
  }

  // bad: in a callback
  public void openAll(List<Long> tills) {
    tills.forEach(till -> this.open(till)); // expect
  }

  // bad: in a condition
  public String state(Long till) {
    if (isBalanced(till)) return "balanced"; // expect
    return "open";
  }

  // trap: what only reads leaves nothing half done
  public long shown(Long till) {
    return total(till);
  }

  // trap: the one write is a transaction of its own
  public void stampAll(List<Long> tills) {
    for (Long till : tills) stamp(till);
  }

  // bad: a write for each line
  public void lines(Long till) {
    writeLines(List.of(till)); // expect
  }

  // bad: the row that was read is changed, and never written
  public void printed(Long receipt) {
    mark(receipt); // expect
  }

  // trap: the row that was read is only looked at
  public void copied(Long receipt) {
    copy(receipt);
  }

  @Transactional
  public void mark(Long id) {
    Receipt receipt = receipts.findById(id).orElseThrow();
    receipt.setPrinted(true);
    writer.write(id);
  }

  @Transactional
  public void copy(Long id) {
    Receipt receipt = receipts.findById(id).orElseThrow();
    if (receipt.isPrinted()) writer.write(id);
  }

  @Transactional
  public void close(Long till) {
    writer.write(till);
    writer.write(-till);
  }

  @Transactional
  public void open(Long till) {
    writer.write(till);
    writer.write(-till);
  }

  @Transactional
  public boolean isBalanced(Long till) {
    writer.write(till);
    return writer.sum(till) == 0;
  }

  @Transactional(readOnly = true)
  public long total(Long till) {
    return writer.sum(till) + writer.sum(-till);
  }

  @Transactional
  public void stamp(Long till) {
    if (till > 0) writer.write(till);
  }

  @Transactional
  public void writeLines(List<Long> lines) {
    for (Long line : lines) writer.write(line);
  }

  // trap: through the proxy of itself
  public void closeByProxy(Long till) {
    self.close(till);
  }

  // trap: another object
  public void print(Long till) {
    writer.write(till);
  }

  // trap: the method that is called has none of its own
  public void count(Long till) {
    add(till);
  }

  private void add(Long till) {
    writer.sum(till);
  }
}

@Service
class ReceiptWriter {
  @Transactional
  public void write(Long till) {}

  @Transactional
  public long sum(Long till) {
    return till;
  }
}

@Entity
class Receipt {
  @Id @GeneratedValue private Long id;
  private boolean printed;

  public boolean isPrinted() {
    return printed;
  }

  public void setPrinted(boolean printed) {
    this.printed = printed;
  }
}

interface ReceiptRepository extends JpaRepository<Receipt, Long> {}
