package org.example.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class StockService {
  private final ArticleMapper articleMapper;
  private final SupplierMapper supplierMapper;
  private final SqlSessionFactory sessions;

  public StockService(ArticleMapper articleMapper, SupplierMapper supplierMapper, SqlSessionFactory sessions) {
    this.articleMapper = articleMapper;
    this.supplierMapper = supplierMapper;
    this.sessions = sessions;
  }

  // bad query-in-loop: a supplier for each article
  public Map<String, String> suppliersOf(List<Article> articles) {
    Map<String, String> names = new HashMap<>();
    for (Article article : articles) {
      Supplier supplier = supplierMapper.findById(article.getSupplierId()); // expect query-in-loop
      names.put(article.getSku(), supplier.getName());
    }
    return names;
  }

  // bad query-in-loop: in a stream
  public List<List<Article>> ofSuppliers(List<Supplier> suppliers) {
    return suppliers.stream()
        .map(supplier -> articleMapper.findBySupplier(supplier.getId())) // expect query-in-loop
        .collect(Collectors.toList());
  }

  // trap query-in-loop: read once, then looked up
  public Map<String, String> supplierNames(List<Article> articles) {
    List<Long> ids = articles.stream().map(Article::getSupplierId).distinct().collect(Collectors.toList());
    Map<Long, Supplier> suppliers = supplierMapper.findByIds(ids).stream().collect(Collectors.toMap(Supplier::getId, each -> each));
    Map<String, String> names = new HashMap<>();
    for (Article article : articles) {
      names.put(article.getSku(), suppliers.get(article.getSupplierId()).getName());
    }
    return names;
  }

  // bad write-in-loop: a statement per entry
  @Transactional
  public void record(List<StockEntry> entries) {
    for (StockEntry entry : entries) {
      articleMapper.insertEntry(entry); // expect write-in-loop
    }
  }

  // bad write-in-loop: each row is set to the same
  @Transactional
  public void move(List<Long> ids, String family) {
    ids.forEach(id -> articleMapper.setFamily(id, family)); // expect write-in-loop
  }

  // trap write-in-loop: one statement with many rows
  @Transactional
  public void recordAll(List<StockEntry> entries) {
    articleMapper.insertEntries(entries);
  }

  // trap write-in-loop: the executor sends them together
  public void recordInBatch(List<StockEntry> entries) {
    try (SqlSession session = sessions.openSession(ExecutorType.BATCH)) {
      ArticleMapper mapper = session.getMapper(ArticleMapper.class);
      for (StockEntry entry : entries) {
        mapper.insertEntry(entry);
      }
      session.commit();
    }
  }

  // bad filter-in-memory: all articles for a family
  public List<Article> ofFamily(String family) {
    return articleMapper.findAll().stream().filter(article -> family.equals(article.getFamily())).collect(Collectors.toList()); // expect filter-in-memory
  }

  // bad filter-in-memory: and for those without one
  public long withoutFamily() {
    return articleMapper.findAll().stream().filter(article -> article.getFamily() == null).count(); // expect filter-in-memory
  }

  // trap filter-in-memory: the statement has chosen
  public List<Article> titled(Long supplierId) {
    return articleMapper.findBySupplier(supplierId).stream().filter(article -> !article.getTitle().isBlank()).collect(Collectors.toList());
  }

  // trap filter-in-memory: all of them in another shape
  public List<String> skus() {
    return articleMapper.findAll().stream().map(Article::getSku).collect(Collectors.toList());
  }

  // bad repeated-query: the supplier is one and the same
  public List<String> labels(Long supplierId, List<Article> articles) {
    List<String> labels = new ArrayList<>();
    for (Article article : articles) {
      Supplier supplier = supplierMapper.findById(supplierId); // expect repeated-query
      labels.add(supplier.getName() + ": " + article.getTitle());
    }
    return labels;
  }

  // bad repeated-query: a few lines later it is asked for again
  public String header(String sku) {
    Article first = articleMapper.findBySku(sku);
    String title = first.getTitle();
    Article again = articleMapper.findBySku(sku); // expect repeated-query
    return title + " " + again.getFamily();
  }

  // trap repeated-query: it has been changed in between
  @Transactional
  public String rename(Long id, String family) {
    Article before = articleMapper.findById(id);
    articleMapper.setFamily(id, family);
    Article after = articleMapper.findById(id);
    return before.getFamily() + " became " + after.getFamily();
  }

  // trap repeated-query: two articles
  public boolean sameFamily(Long one, Long other) {
    Article left = articleMapper.findById(one);
    Article right = articleMapper.findById(other);
    return left.getFamily().equals(right.getFamily());
  }

  // bad self-invoked-transaction: no proxy is in between
  public void importAll(List<StockEntry> entries) {
    recordCounted(entries); // expect self-invoked-transaction
  }

  @Transactional
  public void recordCounted(List<StockEntry> entries) {
    articleMapper.insertEntries(entries);
    articleMapper.forgetCounts();
  }

  // bad self-invoked-transaction: nor does `this` make one
  public void restock(List<StockEntry> entries) {
    if (!entries.isEmpty()) {
      this.recordCounted(entries); // expect self-invoked-transaction
    }
  }

  // trap self-invoked-transaction: one has begun already
  @Transactional
  public void recount(List<StockEntry> entries) {
    recordCounted(entries);
  }

  // trap self-invoked-transaction: what it calls needs none
  public String sku(Long id) {
    return skuOf(id);
  }

  private String skuOf(Long id) {
    return articleMapper.findById(id).getSku();
  }
}
