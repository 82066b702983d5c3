import {
  CanActivate,
  ExecutionContext,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AuthenticatedRequest, Principal } from './principal';

@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    if (!token) {
      throw new UnauthorizedException('Sign in first');
    }
    request.principal = await this.verify(token);
    return true;
  }

  private async verify(token: string): Promise<Principal> {
    try {
      return await this.jwt.verifyAsync<Principal>(token);
    } catch {
      throw new UnauthorizedException('The token is not valid');
    }
  }
}
