import { plainToInstance } from "class-transformer";
import { validate } from "class-validator";
import { Router } from "express";
import type { DataSource } from "typeorm";
import { IngestMeasurementsDto } from "../dto/IngestMeasurementsDto.js";
import { HttpError } from "../errors/HttpError.js";
import { requireRole } from "../middleware/requireRole.js";
import { IngestionService } from "../services/IngestionService.js";

export function ingestionRoutes(dataSource: DataSource): Router {
	const router = Router();
	const service = new IngestionService(dataSource);

	router.post("/", requireRole("operator", "administrator"), async (request, response) => {
		const body = plainToInstance(IngestMeasurementsDto, request.body);
		const errors = await validate(body, { whitelist: true, forbidNonWhitelisted: true });
		if (errors.length > 0) {
			throw new HttpError(400, errors.map(String).join("\n"));
		}
		response.status(202).json({ accepted: await service.ingest(body.measurements) });
	});

	return router;
}
