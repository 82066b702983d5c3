// at: src/main/java/org/example/clinic/Patient.java
// rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, numbered-columns, soft-delete-unique, nullable-unique-column, unprotected-sensitive-column
package org.example.clinic;

import jakarta.persistence.*;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.SQLDelete;
import org.hibernate.annotations.SQLRestriction;

@Entity
@Table(
  name = "patients",
  // trap redundant-index: the unique one keeps rows apart, the longer one cannot
  uniqueConstraints = @UniqueConstraint(name = "uk_patients_chart", columnNames = "chart_number"),
  indexes = {
    // bad redundant-index: the next one begins with it
    @Index(name = "ix_patients_family", columnList = "family_name"), // expect redundant-index
    @Index(name = "ix_patients_names", columnList = "family_name, given_name"),
    // trap redundant-index: the second column of the other
    @Index(name = "ix_patients_given", columnList = "given_name"),
    // bad redundant-index: the unique constraint serves it
    @Index(name = "ix_patients_chart", columnList = "chart_number"), // expect redundant-index
    // trap redundant-index: the order of the columns differs
    @Index(name = "ix_patients_born", columnList = "birthday, family_name, given_name"),
    // trap missing-foreign-key-index: an index of the table leads with the key
    @Index(name = "ix_patients_practice", columnList = "practice_id, family_name"),
  })
public class Patient {
  // trap narrow-primary-key: Long is 64 bits
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "chart_number", nullable = false, length = 20)
  private String chartNumber;

  @Column(name = "given_name", nullable = false)
  private String givenName;

  @Column(name = "family_name", nullable = false)
  private String familyName;

  private LocalDate birthday;

  // bad unprotected-sensitive-column: a diagnosis in the clear
  @Column(name = "diagnosis", length = 400)
  private String diagnosis; // expect unprotected-sensitive-column

  // trap unprotected-sensitive-column: a converter encrypts it
  @Convert(converter = EncryptedString.class)
  @Column(name = "medical_record")
  private String medicalRecord;

  // bad unprotected-sensitive-column: the number of a card
  @Column(name = "card_number", length = 19)
  private String cardNumber; // expect unprotected-sensitive-column

  // trap unprotected-sensitive-column: its last digits alone
  @Column(name = "card_last4", length = 4)
  private String cardLast4;

  // trap missing-foreign-key-index: the index above begins with it
  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "practice_id")
  private Practice practice;

  // bad missing-foreign-key-index: Hibernate makes the constraint and no index
  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "referred_by_id")
  private Practice referredBy; // expect missing-foreign-key-index

  // trap missing-foreign-key-index: the owner of a one-to-one is unique
  @OneToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "insurance_id", unique = true)
  private Insurance insurance;

  // bad missing-foreign-key-index: the join table of a set has the key (patient, doctor), nothing begins with the doctor
  @ManyToMany
  @JoinTable(
    name = "patient_doctors",
    joinColumns = @JoinColumn(name = "patient_id"),
    inverseJoinColumns = @JoinColumn(name = "doctor_id"))
  private Set<Doctor> doctors = new HashSet<>(); // expect missing-foreign-key-index

  // trap missing-foreign-key-index: Hibernate 6 sorts the key (allergy, patient), and the index does the rest
  @ManyToMany
  @JoinTable(
    name = "patient_allergies",
    joinColumns = @JoinColumn(name = "patient_id"),
    inverseJoinColumns = @JoinColumn(name = "allergy_id"),
    indexes = @Index(columnList = "patient_id"))
  private Set<Allergy> allergies = new HashSet<>();

  // bad numbered-columns: one contact after the other
  private String phone1; // expect numbered-columns
  private String phone2;
  private String phone3;

  // trap numbered-columns: the lines of one address
  private String addressLine1;
  private String addressLine2;
}

@Entity
@Table(name = "doctors")
class Doctor {
  @Id
  private UUID id;

  private String name;
}

@Entity
@Table(name = "allergies")
class Allergy {
  // trap narrow-primary-key: a list that people keep
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  private String label;
}

@Entity
@Table(name = "insurances")
class Insurance {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;
}

@Entity
@Table(name = "practices", uniqueConstraints = {
  // bad soft-delete-unique: the slug of a closed practice stays taken
  @UniqueConstraint(name = "uk_practices_slug", columnNames = "slug"), // expect soft-delete-unique
  // trap soft-delete-unique: the point in time of deletion is part of it
  // bad nullable-unique-column: yet for live rows it is NULL, so that two of them may share a name
  @UniqueConstraint(name = "uk_practices_name", columnNames = {"name", "deleted_at"}), // expect nullable-unique-column
})
@SQLDelete(sql = "UPDATE practices SET deleted_at = now() WHERE id = ?")
@SQLRestriction("deleted_at IS NULL")
class Practice {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false)
  private String slug;

  @Column(nullable = false)
  private String name;

  @Column(name = "deleted_at")
  private Instant deletedAt;
}

@Entity
@Table(name = "audit_events")
class AuditEvent {
  // bad narrow-primary-key: 32 bits for what only grows
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id; // expect narrow-primary-key

  private String action;

  @Column(name = "happened_at", nullable = false)
  private Instant happenedAt;
}

@Entity
@Table(name = "login_messages")
class LoginMessage {
  // bad narrow-primary-key: int is 32 bits as well
  @Id
  @GeneratedValue
  private int id; // expect narrow-primary-key

  private String text;

  @Column(name = "sent_at", nullable = false)
  private Instant sentAt;
}

@Entity
@Table(name = "log_entries")
class LogEntry {
  // trap narrow-primary-key: not generated by counting
  @Id
  @GeneratedValue(strategy = GenerationType.UUID)
  private UUID id;

  private String line;

  private Instant at;
}

@Entity
@Table(name = "invoices", uniqueConstraints = {
  // bad nullable-unique-column: two invoices without a branch may have one number
  @UniqueConstraint(name = "uk_invoices_number", columnNames = {"branch_code", "number"}), // expect nullable-unique-column
  // trap nullable-unique-column: none of them can be NULL
  @UniqueConstraint(name = "uk_invoices_reference", columnNames = {"year", "reference"}),
})
class Invoice {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "branch_code")
  private String branchCode;

  @Column(nullable = false)
  private String number;

  // trap nullable-unique-column: a primitive is required
  private int year;

  @Column(nullable = false)
  private String reference;

  // bad lossy-column-type: money as floating point
  @Column(name = "total_amount")
  private double totalAmount; // expect lossy-column-type

  // bad lossy-column-type: boxed, it is the same
  private Float price; // expect lossy-column-type

  // trap lossy-column-type: a decimal
  @Column(precision = 12, scale = 2)
  private BigDecimal discount;

  // trap lossy-column-type: minutes are no money
  private double minutes;

  // trap lossy-column-type: an instant is stored with its zone
  @Column(name = "paid_at")
  private Instant paidAt;
}

@Entity
@Table(name = "appointments", indexes = @Index(columnList = "patient_id"))
class Appointment {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  // trap missing-foreign-key-index: stated at the table
  @ManyToOne(fetch = FetchType.LAZY)
  private Patient patient;

  // bad missing-foreign-key-index: the name comes from the naming strategy
  @ManyToOne(fetch = FetchType.LAZY)
  private Doctor attendingDoctor; // expect missing-foreign-key-index


  @Column(name = "room_id")
  private Integer roomId;

  @Column(name = "slot")
  private String slot;
}

@Entity
@Table(name = "slots", indexes = {
  // bad nullable-unique-column: an index can be unique too
  @Index(name = "ux_slots", columnList = "room, starts_at", unique = true), // expect nullable-unique-column
  // trap nullable-unique-column: a plain index
  @Index(name = "ix_slots", columnList = "ends_at, room"),
})
class Slot {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String room;

  @Column(name = "starts_at", nullable = false)
  private Instant startsAt;

  @Column(name = "ends_at", nullable = false)
  private Instant endsAt;
}

@Converter
class EncryptedString implements AttributeConverter<String, String> {
  public String convertToDatabaseColumn(String plain) { return Vault.encrypt(plain); }
  public String convertToEntityAttribute(String sealed) { return Vault.decrypt(sealed); }
}
