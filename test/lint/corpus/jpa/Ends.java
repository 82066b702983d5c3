// rules: query-in-loop, repeated-query
package org.example.library.ends;

import java.util.ArrayList;
import java.util.List;
import org.example.library.*;
import org.hibernate.Criteria;
import org.hibernate.Query;
import org.hibernate.Session;
import org.hibernate.criterion.Restrictions;
import org.springframework.stereotype.Service;

@Service
public class Ends {
  private final MemberRepository members;
  private final Session session;

  public Ends(MemberRepository members, Session session) {
    this.members = members;
    this.session = session;
  }

  // trap query-in-loop: what is thrown ends the loop
  public void check(List<Long> ids) {
    ids.forEach(id -> {
      if (id < 0) {
        throw new IllegalArgumentException(members.findById(-id).orElseThrow().getName());
      }
    });
    for (Long id : ids) {
      if (id > 1000) throw new IllegalArgumentException(members.findById(id).orElseThrow().getName());
    }
  }

  // trap query-in-loop: the round that has found it is the last
  public String first(List<Long> ids) {
    String name = null;
    for (Long id : ids) {
      if (id > 0) {
        Member member = members.findById(id).orElseThrow();
        name = member.getName();
        break;
      }
    }
    return name;
  }

  // bad query-in-loop: a `break` of the `switch`, and not of the loop
  public List<String> names(List<Long> ids, String kind) {
    List<String> names = new ArrayList<>();
    for (Long id : ids) {
      switch (kind) {
        case "name": {
          names.add(members.findById(id).orElseThrow().getName()); // expect query-in-loop
          break;
        }
        default:
          names.add("");
      }
    }
    return names;
  }

  // bad query-in-loop: what is thrown is caught within the round
  public int missing(List<Long> ids) {
    int missing = 0;
    for (Long id : ids) {
      try {
        if (id > 0) {
          Member member = members.findById(id).orElseThrow(); // expect query-in-loop
          throw new IllegalStateException(member.getName());
        }
      } catch (IllegalStateException e) {
        missing++;
      }
    }
    return missing;
  }

  // trap repeated-query: the value is set by a statement of its own
  // bad query-in-loop: with each of them
  public List<Loan> loans(List<Member> found) {
    List<Loan> loans = new ArrayList<>();
    for (Member member : found) {
      Query query = session.createQuery("from Loan where member = :member"); // expect query-in-loop
      query.setParameter("member", member);
      loans.addAll(query.list());
    }
    return loans;
  }

  // bad repeated-query: there is nothing to set
  public int count(List<Member> found) {
    int count = 0;
    for (Member member : found) {
      count += session.createQuery("from Copy where barcode is null").list().size(); // expect repeated-query
    }
    return count;
  }
}
