import type { NextFunction, Request, Response } from "express";
import { HttpError } from "../errors/HttpError.js";

/** The last middleware: what was thrown becomes an answer without internals. */
export function errorHandler(error: unknown, request: Request, response: Response, next: NextFunction): void {
	if (response.headersSent) {
		next(error);
		return;
	}
	const status = error instanceof HttpError ? error.status : statusOf(error);
	response
		.status(status)
		.type("application/problem+json")
		.json({
			type: "about:blank",
			title: status < 500 ? "The request was refused" : "Internal error",
			status,
			detail: error instanceof HttpError ? error.message : null,
			instance: request.originalUrl,
		});
}

/** Of body-parser and of Express itself: malformed JSON, bodies that are too large. */
function statusOf(error: unknown): number {
	if (typeof error !== "object" || error === null || !("status" in error)) {
		return 500;
	}
	return typeof error.status === "number" && error.status >= 400 && error.status < 500 ? error.status : 500;
}
