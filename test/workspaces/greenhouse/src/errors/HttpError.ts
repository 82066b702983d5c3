/** An answer that is not a success, with what the caller is told. */
export class HttpError extends Error {
	constructor(readonly status: number, message: string) {
		super(message);
		this.name = "HttpError";
	}
}
