export const roles = ["viewer", "operator", "administrator"] as const;
export type Role = (typeof roles)[number];

export interface Principal {
	readonly subject: string;
	readonly roles: readonly Role[];
}
