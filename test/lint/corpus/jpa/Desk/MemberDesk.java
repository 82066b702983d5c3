// rules: query-in-loop, write-in-loop
package org.example.library.desk;

import java.util.List;
import org.example.library.Loan;
import org.example.library.Member;

/** What the desk asks of members; where they are kept is nobody's business. */
public interface MemberDesk {
  Member byName(String name);

  List<Loan> loansOf(Long member);

  void rename(Long member, String name);

  String greeting(Member member);

  void close();
}
