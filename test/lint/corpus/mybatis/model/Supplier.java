package org.example.stock;

public class Supplier {
  private Long id;
  private String code;
  private String name;
  private String country;

  public Long getId() { return id; }
  public String getCode() { return code; }
  public String getName() { return name; }
  public String getCountry() { return country; }
}
