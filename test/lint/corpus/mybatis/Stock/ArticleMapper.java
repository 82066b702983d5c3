package org.example.stock;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;

@Mapper
public interface ArticleMapper {
  Article findById(@Param("id") Long id);

  List<Article> findByIds(@Param("ids") List<Long> ids);

  List<Article> findAll();

  List<Map<String, Object>> findTitles(@Param("supplierId") Long supplierId);

  List<Article> suggestions(@Param("supplierId") Long supplierId);

  long countOfSupplier(@Param("supplierId") Long supplierId);

  List<Article> findBySupplier(@Param("supplierId") Long supplierId);

  List<Article> searchTitle(@Param("title") String title);

  List<Article> listSorted(@Param("supplierId") Long supplierId, @Param("sort") String sort);

  List<Article> listOfYear(@Param("year") int year, @Param("supplierId") Long supplierId);

  List<Article> listLike(@Param("pattern") Article pattern);

  List<Article> listTitled(@Param("pattern") Article pattern);

  Article findBySku(@Param("sku") String sku);

  List<Article> listedSince(@Param("family") String family, @Param("since") OffsetDateTime since);

  int unlist();

  int forgetCounts();

  void insertEntry(StockEntry entry);

  void insertEntries(@Param("entries") List<StockEntry> entries);

  void setFamily(@Param("id") Long id, @Param("family") String family);
}
