package org.example.stock;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

@Mapper
public interface TruckMapper {
  @Select("SELECT id, plate, tour, loaded FROM trucks WHERE plate = #{plate}")
  Truck findByPlate(@Param("plate") String plate);

  @Update("UPDATE trucks SET loaded = false WHERE tour = #{tour}")
  int unload(@Param("tour") String tour);

  @Select("SELECT id, plate, tour, loaded FROM trucks WHERE chassis = #{chassis}")
  Truck findByChassis(@Param("chassis") String chassis);

  @Select("SELECT id, plate, tour, loaded FROM trucks WHERE loaded = true")
  List<Truck> findLoaded();

  @Select("SELECT id, plate, tour, loaded FROM trucks WHERE yard = #{yard} ORDER BY bay")
  List<Truck> findInYard(@Param("yard") String yard);
}
