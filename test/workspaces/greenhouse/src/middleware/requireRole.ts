import type { NextFunction, Request, RequestHandler, Response } from "express";
import { HttpError } from "../errors/HttpError.js";
import type { Principal, Role } from "./principal.js";

/** Lets callers through that have one of the roles. Comes after `authenticate`. */
export function requireRole(...allowed: readonly Role[]): RequestHandler {
	return (_request: Request, response: Response, next: NextFunction): void => {
		const principal = response.locals.principal as Principal | undefined;
		if (!allowed.some((role) => principal?.roles.includes(role))) {
			throw new HttpError(403, `This needs the role ${allowed.join(" or ")}.`);
		}
		next();
	};
}
