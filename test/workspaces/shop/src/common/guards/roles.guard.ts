import {
  CanActivate,
  ExecutionContext,
  Injectable,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthenticatedRequest } from './principal';

const ROLES = 'roles';

export const Roles = (...roles: string[]) => SetMetadata(ROLES, roles);

@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const required = this.reflector.get<string[] | undefined>(
      ROLES,
      context.getHandler(),
    );
    const { principal } = context
      .switchToHttp()
      .getRequest<AuthenticatedRequest>();
    return !required || required.some((role) => principal.roles.includes(role));
  }
}
