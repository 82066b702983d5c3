import express from "express";
import type { Express } from "express";
import type { DataSource } from "typeorm";
import { authenticate } from "./middleware/authenticate.js";
import { errorHandler } from "./middleware/errorHandler.js";
import { ingestionRoutes } from "./routes/ingestionRoutes.js";

export function createApp(dataSource: DataSource): Express {
	const app = express();
	app.disable("x-powered-by");
	app.use(express.json({ limit: "256kb" }));

	app.get("/healthz", (_request, response) => {
		response.status(dataSource.isInitialized ? 200 : 503).end();
	});

	app.use("/v1", authenticate);
	app.use("/v1/ingestions", ingestionRoutes(dataSource));

	app.use(errorHandler);
	return app;
}
