import type { NextFunction, Request, Response } from "express";
import { jwtVerify } from "jose";
import { HttpError } from "../errors/HttpError.js";
import type { Principal, Role } from "./principal.js";
import { roles } from "./principal.js";

/** Lets signed-in callers through and notes who they are. */
export async function authenticate(request: Request, response: Response, next: NextFunction): Promise<void> {
	const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
	if (token === undefined) {
		throw new HttpError(401, "Sign in first.");
	}
	response.locals.principal = await principalOf(token);
	next();
}

async function principalOf(token: string): Promise<Principal> {
	try {
		const { payload } = await jwtVerify(token, new TextEncoder().encode(process.env.TOKEN_SECRET), {
			algorithms: ["HS256"],
		});
		const granted = Array.isArray(payload.roles) ? payload.roles : [];
		return {
			subject: payload.sub ?? "",
			roles: granted.filter((role): role is Role => roles.includes(role as Role)),
		};
	} catch {
		throw new HttpError(401, "The token is not valid.");
	}
}
