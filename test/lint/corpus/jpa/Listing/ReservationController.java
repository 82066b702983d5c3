// at: src/main/java/org/example/desk/ReservationController.java
// rules: unbounded-list
package org.example.desk;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.web.bind.annotation.*;

@RestController
@RequestMapping("/reservations")
public class ReservationController {
  private final ReservationRepository reservations;

  public ReservationController(ReservationRepository reservations) {
    this.reservations = reservations;
  }

  // bad: every wish of every year
  @GetMapping // expect
  public List<Reservation> list() {
    return reservations.findAll();
  }

  // bad: as many as are open
  @GetMapping("/open") // expect
  public List<Reservation> open() {
    return reservations.findByOpenTrue();
  }

  // trap: of one member
  @GetMapping("/of/{memberId}")
  public List<Reservation> of(@PathVariable Long memberId) {
    return reservations.findByMemberId(memberId);
  }

  // trap: fifty
  @GetMapping("/newest")
  public List<Reservation> newest() {
    return reservations.findTop50ByOrderByWantedFromDesc();
  }

  // trap: one of them
  @GetMapping("/any")
  public Reservation any() {
    return reservations.findAll().stream().findFirst().orElse(null);
  }

  // trap: a page
  @GetMapping("/search")
  public Page<Reservation> search(@RequestParam String title, Pageable page) {
    return reservations.findByTitleStartingWith(title, page);
  }
}
