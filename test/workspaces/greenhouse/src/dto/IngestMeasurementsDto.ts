import { Type } from "class-transformer";
import { ArrayMaxSize, ArrayMinSize, IsDate, IsInt, IsNumber, Min, ValidateNested } from "class-validator";

export class IngestedMeasurementDto {
	@IsInt()
	@Min(1)
	sensorId!: number;

	@Type(() => Date)
	@IsDate()
	measuredAt!: Date;

	@IsNumber({ allowInfinity: false, allowNaN: false })
	value!: number;
}

export class IngestMeasurementsDto {
	@ValidateNested({ each: true })
	@Type(() => IngestedMeasurementDto)
	@ArrayMinSize(1)
	@ArrayMaxSize(1000)
	measurements!: IngestedMeasurementDto[];
}
