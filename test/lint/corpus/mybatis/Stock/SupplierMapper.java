package org.example.stock;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

@Mapper
public interface SupplierMapper {
  @Select("SELECT id, code, name, country FROM suppliers WHERE id = #{id}")
  Supplier findById(Long id);

  @Select({
    "<script>",
    "SELECT id, code, name, country FROM suppliers WHERE id IN",
    "<foreach collection='ids' item='id' open='(' separator=',' close=')'>#{id}</foreach>",
    "</script>"
  })
  List<Supplier> findByIds(@Param("ids") List<Long> ids);
}
