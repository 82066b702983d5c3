/** What all generated controllers share: problem details, validation, preconditions. Written once into the shared folder. */
import { Imports } from '../shared/imports.ts';
import { sharedPath } from '../endpoints/sharedFiles.ts';
import type { SupportFile } from '../endpoints/sharedFiles.ts';
import type { ProjectPlan } from '../shared/project.ts';

/** The shared files of controllers; `pagination` is the file of `Page`. */
export interface Support {
  readonly filter: SupportFile;
  readonly valid: SupportFile;
  readonly exchange: SupportFile;
  readonly preconditions: SupportFile;
  readonly integers: SupportFile;
  readonly problems: SupportFile;
  readonly pagination: string;
}

/** `errors` is the file of the domain errors; `scoped` = only paths with a version are answered, others as ever. */
export function problemFilter(project: ProjectPlan, errors: string, scoped: boolean): SupportFile {
  const path = sharedPath(project, 'http', ['problem'], 'filter');
  return { path, name: 'ProblemFilter', also: ['FieldError'], text: () => filterText(project, path, errors, scoped) };
}

function filterText(project: ProjectPlan, path: string, errors: string, scoped: boolean): string {
  const imports = new Imports(project, path);
  imports.use('node:http', 'STATUS_CODES');
  imports.use('@nestjs/common', 'Catch', 'HttpException', 'HttpStatus', 'Logger');
  imports.useType('@nestjs/common', 'ArgumentsHost');
  imports.use('@nestjs/core', 'HttpAdapterHost');
  imports.useFile(errors, 'ConflictError', 'InvalidValueError', 'NotFoundError', 'StaleVersionError');
  if (scoped) imports.use('@nestjs/core', 'BaseExceptionFilter');
  else imports.useType('@nestjs/common', 'ExceptionFilter');
  const base = scoped ? 'extends BaseExceptionFilter' : 'implements ExceptionFilter';
  const override = scoped ? 'override ' : '';
  const leave = scoped
    ? `// Routes without a version keep the format that their callers know.
    if (!/\\/v\\d+(?:\\/|$)/.test(instance) || httpAdapter.isHeadersSent(response)) {
      super.catch(exception, host);
      return;
    }`
    : `if (httpAdapter.isHeadersSent(response)) {
      httpAdapter.end(response);
      return;
    }`;
  return `${imports.toString()}export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Problem details: RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldError[];
}

type Failure = Pick<Problem, 'status' | 'detail' | 'errors'>;

/** Answers errors${scoped ? ' of versioned routes' : ''} as \`application/problem+json\`. */
@Catch()
export class ProblemFilter ${base} {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {${scoped ? '\n    super();\n  ' : ''}}

  ${override}catch(exception: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const http = host.switchToHttp();
    const response = http.getResponse<unknown>();
    const instance = String(httpAdapter.getRequestUrl(http.getRequest())).replace(/\\?.*$/, '');
    ${leave}
    const { status, ...failure } = failureOf(exception);
    if (status >= 500) {
      // The stack alone: what else database errors carry holds the values of the query.
      this.logger.error(exception instanceof Error ? exception.stack : exception);
    }
    const problem: Problem = {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      instance,
      ...failure,
    };
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json');
    // As text: an object would be answered as plain application/json.
    httpAdapter.reply(response, JSON.stringify(problem), status);
  }
}

function failureOf(exception: unknown): Failure {
  if (exception instanceof HttpException) {
    return { status: exception.getStatus(), detail: exception.message, ...errorsOf(exception) };
  }
  if (exception instanceof NotFoundError) {
    return { status: HttpStatus.NOT_FOUND, detail: exception.message };
  }
  if (exception instanceof ConflictError) {
    return { status: HttpStatus.CONFLICT, detail: exception.message };
  }
  if (exception instanceof StaleVersionError) {
    return { status: HttpStatus.PRECONDITION_FAILED, detail: exception.message };
  }
  if (exception instanceof InvalidValueError) {
    const errors = exception.fields.map((field) => ({ field, message: exception.message }));
    return { status: HttpStatus.BAD_REQUEST, detail: exception.message, errors };
  }
  return fromPlatform(exception);
}

function errorsOf(exception: HttpException): Pick<Failure, 'errors'> {
  const response = exception.getResponse();
  return typeof response === 'object' && 'errors' in response && Array.isArray(response.errors)
    ? { errors: response.errors as FieldError[] }
    : {};
}

/** Errors of the platform's own parsers carry a status: a body that is too large, a charset that is not known. */
function fromPlatform(exception: unknown): Failure {
  if (exception instanceof Error && 'statusCode' in exception) {
    const { statusCode, message } = exception;
    if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
      return { status: statusCode, detail: message };
    }
  }
  return { status: HttpStatus.INTERNAL_SERVER_ERROR, detail: 'The request could not be handled.' };
}
`;
}

/** Decorators for parameters: `@ValidBody(CreateProductDto)`, `@ValidQuery(ProductQueryDto)`. */
export function validDecorators(project: ProjectPlan, filter: SupportFile): SupportFile {
  const path = sharedPath(project, 'http', ['valid'], 'decorator');
  return {
    path,
    name: 'ValidBody',
    also: ['ValidQuery'],
    text() {
      const imports = new Imports(project, path);
      imports.use('@nestjs/common', 'BadRequestException', 'createParamDecorator', 'ValidationPipe');
      imports.useType('@nestjs/common', 'ExecutionContext', 'Type', 'ValidationError');
      imports.useFileType(filter.path, 'FieldError');
      return `${imports.toString()}/** The body as an instance of the class; what the class does not name is refused, not dropped. */
export const ValidBody = (type: Type<object>): ParameterDecorator => valid('body', type);

/** The query string as an instance of the class; parameters that the class does not name are refused. */
export const ValidQuery = (type: Type<object>): ParameterDecorator => valid('query', type);

type Part = 'body' | 'query';

/** Global pipes leave custom decorators alone, so that only this pipe decides what is valid. */
function valid(part: Part, type: Type<object>): ParameterDecorator {
  const read = createParamDecorator((_data: unknown, context: ExecutionContext): object => {
    const value = context.switchToHttp().getRequest<Record<Part, unknown>>()[part];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new BadRequestException(\`The \${part} must be an object.\`);
    }
    return value;
  });
  return read(
    new ValidationPipe({
      expectedType: type,
      validateCustomDecorators: true,
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => new BadRequestException({
        message: 'The request is not valid.',
        errors: fieldErrors(errors),
      }),
    }),
  );
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent + property;
    const messages = Object.values(constraints);
    return [...messages.map((message) => ({ field, message })), ...fieldErrors(children, \`\${field}.\`)];
  });
}
`;
    },
  };
}

/** What controllers need of the platform's requests and answers, the same for Express and Fastify. */
export function exchange(project: ProjectPlan): SupportFile {
  const path = sharedPath(project, 'http', ['exchange']);
  return {
    path,
    name: 'locationOf',
    also: ['HttpRequest', 'HttpResponse'],
    text: () => `/** What requests of Express and Fastify have in common. */
export interface HttpRequest {
  readonly originalUrl: string;
}

/** What responses of Express and Fastify have in common. */
export interface HttpResponse {
  header(name: string, value: string): unknown;
}

/** Path of a resource that a request to its collection has created. */
export function locationOf(request: HttpRequest, ...key: readonly (string | number)[]): string {
  const collection = request.originalUrl.replace(/\\/?(?:\\?.*)?$/, '');
  return [collection, ...key.map((part) => encodeURIComponent(part))].join('/');
}
`,
  };
}

/** Entity tags of versioned rows. */
export function preconditions(project: ProjectPlan): SupportFile {
  const path = sharedPath(project, 'http', ['preconditions']);
  return {
    path,
    name: 'entityTag',
    also: ['requiredVersion', 'statedVersion'],
    text() {
      const imports = new Imports(project, path);
      imports.use('@nestjs/common', 'HttpException', 'HttpStatus', 'PreconditionFailedException');
      return `${imports.toString()}export function entityTag(version: number): string {
  return \`"\${version}"\`;
}

/** The version that \`If-Match\` names; undefined where any will do. */
export function statedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') {
    return undefined;
  }
  const version = /^\\s*"(\\d{1,10})"\\s*$/.exec(ifMatch)?.[1];
  if (version === undefined) {
    throw new PreconditionFailedException('If-Match is not the ETag of an answer.');
  }
  return Number(version);
}

/** As \`statedVersion\`, for changes that must say which version they are based on. */
export function requiredVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) {
    throw new HttpException('Send the ETag of the last answer as If-Match.', HttpStatus.PRECONDITION_REQUIRED);
  }
  return statedVersion(ifMatch);
}
`;
    },
  };
}

/** Keys that are whole numbers, up to the largest of the column's type. */
export function integerPipe(project: ProjectPlan): SupportFile {
  const path = sharedPath(project, 'http', ['parse', 'integer'], 'pipe');
  return {
    path,
    name: 'ParseIntegerPipe',
    also: ['ParseBigIntegerPipe'],
    text() {
      const imports = new Imports(project, path);
      imports.use('@nestjs/common', 'BadRequestException', 'Injectable');
      imports.useType('@nestjs/common', 'ArgumentMetadata', 'PipeTransform');
      return `${imports.toString()}const largestInteger = 2_147_483_647;
const largestBigInteger = '9223372036854775807';

/** A whole number of 32 bits. */
@Injectable()
export class ParseIntegerPipe implements PipeTransform<string, number> {
  transform(value: string, { data }: ArgumentMetadata): number {
    if (!/^-?\\d{1,10}$/.test(value) || Math.abs(Number(value)) > largestInteger) {
      throw new BadRequestException(\`\${data ?? 'The key'} must be a whole number.\`);
    }
    return Number(value);
  }
}

/** A whole number of 64 bits, which stays text: JavaScript's numbers cannot hold all of them. */
@Injectable()
export class ParseBigIntegerPipe implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!/^-?\\d{1,19}$/.test(value) || value.replace('-', '').padStart(19, '0') > largestBigInteger) {
      throw new BadRequestException(\`\${data ?? 'The key'} must be a whole number.\`);
    }
    return value;
  }
}
`;
    },
  };
}

/** Where the project has no guard of its own: roles of `request.user`, which passport's strategies fill. */
export function rolesGuard(project: ProjectPlan): SupportFile {
  const path = sharedPath(project, 'http', ['roles'], 'guard');
  return {
    path,
    name: 'RolesGuard',
    also: ['Roles'],
    text() {
      const imports = new Imports(project, path);
      imports.use('@nestjs/common', 'Injectable', 'SetMetadata', 'UnauthorizedException');
      imports.useType('@nestjs/common', 'CanActivate', 'CustomDecorator', 'ExecutionContext');
      imports.use('@nestjs/core', 'Reflector');
      return `${imports.toString()}const metadataKey = 'roles';

interface AuthenticatedRequest {
  readonly user?: { readonly roles?: readonly string[] };
}

/** Roles of which a caller needs one. */
export const Roles = (...roles: string[]): CustomDecorator => SetMetadata(metadataKey, roles);

/** Asks for a role of \`request.user\`, which authentication has to set; a handler without roles is closed to everyone. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!user) {
      throw new UnauthorizedException('Sign in first.');
    }
    const targets = [context.getHandler(), context.getClass()];
    const required = this.reflector.getAllAndOverride<string[] | undefined>(metadataKey, targets) ?? [];
    return required.some((role) => user.roles?.includes(role));
  }
}
`;
    },
  };
}
