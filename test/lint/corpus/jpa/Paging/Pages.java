// rules: query-in-loop
package org.example.library.paging;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;

/** Page after page, and one row after the other. */
public final class Pages {
  private Pages() {}

  public static <T> void eachRow(Function<Pageable, Page<T>> read, Consumer<? super T> action) {
    Pageable next = PageRequest.of(0, 500);
    while (true) {
      Page<T> page = read.apply(next);
      if (!page.hasContent()) {
        break;
      }
      page.forEach(action);
      next = next.next();
    }
  }

  public static <T> void eachOf(List<T> rows, Consumer<T> action) {
    for (T row : rows) {
      action.accept(row);
    }
  }

  public static <T> void eachPage(Function<Pageable, Page<T>> read, Consumer<Page<T>> action) {
    Pageable next = PageRequest.of(0, 500);
    while (true) {
      Page<T> page = read.apply(next);
      if (!page.hasContent()) {
        break;
      }
      action.accept(page);
      next = next.next();
    }
  }
}
