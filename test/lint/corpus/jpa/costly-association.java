package org.example.library;

import jakarta.persistence.*;
import java.util.*;

@Entity
@Table(name = "readers")
class Reader {
  @Id
  @GeneratedValue
  private Long id;

  // bad: one topic less writes all others again
  @ManyToMany
  private List<Topic> topics = new ArrayList<>(); // expect

  // trap: a set takes one row out
  @ManyToMany
  @JoinTable(name = "reader_languages")
  private Set<Language> languages = new HashSet<>();

  // bad: as a collection it is a bag too
  @ManyToMany
  @JoinTable(name = "reader_follows")
  private Collection<Topic> follows = new ArrayList<>(); // expect

  // bad: a table in between for what the other side could hold
  @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
  private List<Bookmark> bookmarks = new ArrayList<>(); // expect

  // trap: the other side holds the key
  @OneToMany(mappedBy = "reader")
  private List<Card> cards = new ArrayList<>();

  // bad: whether there is a profile is asked per reader
  @OneToOne(mappedBy = "reader", fetch = FetchType.LAZY)
  private Profile profile; // expect

  // trap: there is always one, so a proxy can stand for it
  @OneToOne(mappedBy = "reader", fetch = FetchType.LAZY, optional = false)
  private Account account;
}

@Entity
class Topic {
  @Id
  @GeneratedValue
  private Long id;

  // trap: positions say which row is which
  @ManyToMany
  @OrderColumn(name = "place")
  @JoinTable(name = "related_topics")
  private List<Topic> related = new ArrayList<>();

  // trap: the inverse side writes nothing
  @ManyToMany(mappedBy = "topics")
  private List<Reader> readers = new ArrayList<>();
}

@Entity
class Language {
  @Id
  private String code;
}

@Entity
class Bookmark {
  @Id
  @GeneratedValue
  private Long id;

  private int page;
}

@Entity
class Card {
  @Id
  @GeneratedValue
  private Long id;

  // trap: the side that holds the key
  @ManyToOne(fetch = FetchType.LAZY)
  private Reader reader;
}

@Entity
class Profile {
  @Id
  @GeneratedValue
  private Long id;

  @OneToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "reader_id")
  private Reader reader;

  // bad: another inverse side
  @OneToOne(mappedBy = "profile", fetch = FetchType.LAZY)
  private Picture picture; // expect
}

@Entity
class Account {
  @Id
  private Long id;

  @OneToOne(fetch = FetchType.LAZY, optional = false)
  @MapsId
  private Reader reader;
}

@Entity
class Picture {
  @Id
  @GeneratedValue
  private Long id;

  @OneToOne(fetch = FetchType.LAZY)
  private Profile profile;
}
