package org.example.stock;

import java.time.OffsetDateTime;

public class Article {
  private Long id;
  private String sku;
  private String title;
  private String family;
  private Long supplierId;
  private OffsetDateTime listedAt;

  public Long getId() { return id; }
  public String getSku() { return sku; }
  public String getTitle() { return title; }
  public String getFamily() { return family; }
  public Long getSupplierId() { return supplierId; }
  public OffsetDateTime getListedAt() { return listedAt; }
  public void setFamily(String family) { this.family = family; }
}
