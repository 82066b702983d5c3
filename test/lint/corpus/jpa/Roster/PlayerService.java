// rules: code-enforced-uniqueness, unindexed-filter
package org.example.roster;

import jakarta.persistence.*;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

@Entity
@Table(name = "players")
class Player {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private String nickname;

  // bad unindexed-filter: no index of the script is about it
  private String email; // expect unindexed-filter

  // trap unindexed-filter: one of the script is
  private int shirt;

  // trap unindexed-filter: a name of four
  @Enumerated(EnumType.STRING)
  private Place place;

  public Long getId() { return id; }
  public String getNickname() { return nickname; }
  public String getEmail() { return email; }
  public void setEmail(String email) { this.email = email; }
}

enum Place {
  GOAL,
  BACK,
  MIDDLE,
  FRONT,
}

interface PlayerRepository extends JpaRepository<Player, Long> {
  boolean existsByNickname(String nickname);

  Player findByEmail(String email);

  List<Player> findByShirt(int shirt);

  List<Player> findByPlace(Place place);
}

public class PlayerService {
  private final PlayerRepository players;

  public PlayerService(PlayerRepository players) {
    this.players = players;
  }

  // trap code-enforced-uniqueness: a script beside the entities makes the key
  public Player enlist(Player player) {
    if (players.existsByNickname(player.getNickname())) throw new IllegalStateException("taken");
    return players.save(player);
  }

  // bad code-enforced-uniqueness: no key of the script is about it
  public Player invite(Player player) {
    if (players.findByEmail(player.getEmail()) != null) throw new IllegalStateException("taken"); // expect code-enforced-uniqueness
    return players.save(player);
  }

  // trap code-enforced-uniqueness: the row that is saved was there before
  public void move(Player given) {
    Player known = players.findById(given.getId()).orElseThrow();
    Player other = players.findByEmail(given.getEmail());
    if (other != null && !other.getId().equals(known.getId())) throw new IllegalStateException("taken");
    known.setEmail(given.getEmail());
    players.save(known);
  }
}
