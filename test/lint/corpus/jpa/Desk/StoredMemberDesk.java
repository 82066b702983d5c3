// rules: query-in-loop, write-in-loop
package org.example.library.desk;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.example.library.Loan;
import org.example.library.Member;
import org.springframework.stereotype.Repository;

@Repository
public class StoredMemberDesk implements MemberDesk {
  @PersistenceContext
  private EntityManager entityManager;

  @Override
  public Member byName(String name) {
    return entityManager
      .createQuery("select m from Member m where m.name = :name", Member.class)
      .setParameter("name", name)
      .getSingleResult();
  }

  @Override
  public List<Loan> loansOf(Long member) {
    return entityManager
      .createQuery("select l from Loan l where l.member.id = :member", Loan.class)
      .setParameter("member", member)
      .getResultList();
  }

  @Override
  public void rename(Long member, String name) {
    entityManager
      .createQuery("update Member m set m.name = :name where m.id = :id")
      .setParameter("name", name)
      .setParameter("id", member)
      .executeUpdate();
  }

  @Override
  public String greeting(Member member) {
    return "Hello, " + member.getName();
  }

  @Override
  public void close() {
    System.out.println("Closed.");
  }
}
