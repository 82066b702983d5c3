export interface Principal {
  readonly sub: string;
  readonly roles: readonly string[];
}

export interface AuthenticatedRequest {
  readonly headers: { readonly authorization?: string };
  principal: Principal;
}
