// rules: query-in-loop, write-in-loop
package org.example.library.desk;

import java.util.ArrayList;
import java.util.List;
import org.example.library.Loan;
import org.example.library.Member;
import org.example.library.MemberRepository;
import org.springframework.stereotype.Service;

@Service
public class Counter {
  private final MemberDesk desk;
  private final MemberRepository members;

  public Counter(MemberDesk desk, MemberRepository members) {
    this.desk = desk;
    this.members = members;
  }

  // bad query-in-loop: the class behind the interface asks for each name
  public List<Member> present(List<String> names) {
    List<Member> found = new ArrayList<>();
    for (String name : names) {
      found.add(desk.byName(name)); // expect query-in-loop
    }
    return found;
  }

  // bad query-in-loop: for each row of a query
  public int borrowed() {
    int count = 0;
    for (Member member : members.findAll()) {
      count += desk.loansOf(member.getId()).size(); // expect query-in-loop
    }
    return count;
  }

  // bad write-in-loop: the class behind the interface writes for each row
  public void shout() {
    members.findAll().forEach(member -> desk.rename(member.getId(), member.getName().toUpperCase())); // expect write-in-loop
  }

  // trap query-in-loop: what the class behind the interface does asks nothing
  public List<String> greet() {
    List<String> greetings = new ArrayList<>();
    for (Member member : members.findAll()) {
      greetings.add(desk.greeting(member));
    }
    desk.close();
    return greetings;
  }

  private MemberDesk getDesk() {
    return desk;
  }

  // bad query-in-loop: what the getter gives is the field
  public List<Member> called(List<Member> found) {
    for (Member member : members.findAll()) {
      found.add(getDesk().byName(member.getName())); // expect query-in-loop
    }
    return found;
  }

  // trap query-in-loop: it asks nothing
  public List<String> greeted() {
    List<String> greetings = new ArrayList<>();
    for (Member member : members.findAll()) {
      greetings.add(getDesk().greeting(member));
    }
    return greetings;
  }
}
