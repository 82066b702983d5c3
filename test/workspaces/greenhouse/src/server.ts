import "reflect-metadata";
import { createApp } from "./app.js";
import { dataSource } from "./dataSource.js";

await dataSource.initialize();
const server = createApp(dataSource).listen(Number(process.env.PORT ?? 3000));

process.once("SIGTERM", () => {
	server.close(() => {
		void dataSource.destroy();
	});
});
