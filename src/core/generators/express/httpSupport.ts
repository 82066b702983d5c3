/** What all generated routers share: problem details, validation, parameters, preconditions. Written once into the shared folder. */
import { sharedPath } from '../endpoints/sharedFiles.ts';
import type { SupportFile } from '../endpoints/sharedFiles.ts';
import { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface Support {
  readonly problems: SupportFile;
  readonly handler: SupportFile;
  readonly validated: SupportFile;
  readonly parameters: SupportFile;
  readonly preconditions: SupportFile;
  readonly roles: SupportFile;
  /** Null where Express itself passes on what asynchronous handlers throw: since version 5. */
  readonly handled: SupportFile | null;
}

/** `errors` is the file of the domain errors; `last` = no handler of the project comes behind. */
export function supportOf(project: ProjectPlan, errors: string, last: boolean): Support {
  const problems = problemFile(project);
  return {
    problems,
    handler: handlerFile(project, problems, errors, last),
    validated: validatedFile(project, problems),
    parameters: parametersFile(project, problems),
    preconditions: preconditionsFile(project, problems),
    roles: rolesFile(project, problems),
    handled: passesRejections(project) ? null : handledFile(project),
  };
}

/** https://expressjs.com/en/guide/error-handling.html: "Starting with Express 5, route handlers … that return a Promise will call next(value)". */
function passesRejections({ manifest }: ProjectPlan): boolean {
  return /^\D*(?:[5-9]|\d\d)/u.test(manifest.range('express') ?? '5') || manifest.has('express-async-errors');
}

function supportFile(
  project: ProjectPlan,
  words: readonly string[],
  names: readonly [string, ...string[]],
  body: (imports: Imports) => string,
): SupportFile {
  const path = sharedPath(project, 'http', words);
  const [name, ...also] = names;
  return {
    path,
    name,
    also,
    text() {
      const imports = new Imports(project, path);
      const text = body(imports);
      return imports.toString() + text;
    },
  };
}

function problemFile(project: ProjectPlan): SupportFile {
  return supportFile(
    project,
    ['request', 'error'],
    ['RequestError', 'FieldError'],
    () => `export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What is wrong with a request, for the one who sent it. */
export class RequestError extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(status: number, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.errors = errors;
  }
}
`,
  );
}

function handlerFile(project: ProjectPlan, problems: SupportFile, errors: string, last: boolean): SupportFile {
  return supportFile(project, ['problem', 'handler'], ['problemHandler', 'routeNotFound'], (imports) => {
    imports.use('node:http', 'STATUS_CODES');
    imports.useType('express', 'NextFunction', 'Request', 'Response');
    imports.useFile(errors, 'ConflictError', 'InvalidValueError', 'NotFoundError', 'StaleVersionError');
    imports.useFile(problems.path, 'RequestError');
    imports.useFileType(problems.path, 'FieldError');
    const returns = last ? 'Failure' : 'Failure | null';
    const otherwise = last ? `{ status: 500, detail: 'The request could not be handled.' }` : 'null';
    const pass = last
      ? `if (response.headersSent) {
    next(error);
    return;
  }
  const failure = failureOf(error);`
      : `const failure = failureOf(error);
  if (!failure || response.headersSent) {
    next(error);
    return;
  }`;
    return `interface Failure {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** Passes requests that no route has answered on to the handler of errors. */
export function routeNotFound(request: Request, _response: Response, next: NextFunction): void {
  next(new RequestError(404, \`There is no \${request.method} \${pathOf(request)}\`));
}

/** Answers errors as problem details (RFC 9457)${last ? '' : '; those that it does not know go on to the next handler'}. */
export function problemHandler(error: unknown, request: Request, response: Response, next: NextFunction): void {
  ${pass}
  const { status, ...rest } = failure;
  const title = STATUS_CODES[status] ?? 'Error';
  const problem = { type: 'about:blank', title, status, instance: pathOf(request), ...rest };
  response.status(status).type('application/problem+json').json(problem);
}

function failureOf(error: unknown): ${returns} {
  if (error instanceof RequestError) {
    const { status, message, errors } = error;
    return errors.length === 0 ? { status, detail: message } : { status, detail: message, errors };
  }
  if (error instanceof NotFoundError) {
    return { status: 404, detail: error.message };
  }
  if (error instanceof ConflictError) {
    return { status: 409, detail: error.message };
  }
  if (error instanceof StaleVersionError) {
    return { status: 412, detail: error.message };
  }
  if (error instanceof InvalidValueError) {
    const errors = error.fields.map((field) => ({ field, message: error.message }));
    return { status: 400, detail: error.message, errors };
  }
  return fromExpress(error);
}

/** Errors of Express and its parsers say whether their message may be told. */
function fromExpress(error: unknown): ${returns} {
  if (error instanceof Error && 'expose' in error && 'status' in error && error.expose === true) {
    return { status: Number(error.status), detail: error.message };
  }
  return ${otherwise};
}

function pathOf(request: Request): string {
  return request.originalUrl.replace(/\\?.*$/, '');
}
`;
  });
}

function validatedFile(project: ProjectPlan, problems: SupportFile): SupportFile {
  return supportFile(project, ['validated'], ['validated'], (imports) => {
    imports.use('class-transformer', 'plainToInstance');
    imports.use('class-validator', 'validate');
    imports.useType('class-validator', 'ValidationError');
    imports.useFile(problems.path, 'RequestError');
    imports.useFileType(problems.path, 'FieldError');
    return `/** The body or query as an instance of the class; what the class does not name is refused. */
export async function validated<T extends object>(type: new () => T, value: unknown): Promise<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'The request must carry an object.');
  }
  const instance = plainToInstance(type, value);
  const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
  const errors = await validate(instance, options);
  if (errors.length > 0) {
    throw new RequestError(400, 'The request is not valid.', fieldErrors(errors));
  }
  return instance;
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent + property;
    const messages = Object.values(constraints);
    return [...messages.map((message) => ({ field, message })), ...fieldErrors(children, \`\${field}.\`)];
  });
}
`;
  });
}

function parametersFile(project: ProjectPlan, problems: SupportFile): SupportFile {
  const names = ['textParameter', 'uuidParameter', 'integerParameter', 'bigIntegerParameter'] as const;
  return supportFile(project, ['parameters'], [...names], (imports) => {
    imports.useType('express', 'Request');
    imports.useFile(problems.path, 'RequestError');
    return `const uuid = /^[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}$/i;
const largestInteger = 2_147_483_647;
const largestBigInteger = '9223372036854775807';

/** A part of the path. */
export function textParameter(request: Request, name: string): string {
  const value: unknown = request.params[name];
  if (typeof value !== 'string') {
    throw new RequestError(400, \`\${name} is missing.\`);
  }
  return value;
}

export function uuidParameter(request: Request, name: string): string {
  const value = textParameter(request, name);
  if (!uuid.test(value)) {
    throw new RequestError(400, \`\${name} must be a UUID.\`);
  }
  return value;
}

/** A whole number of 32 bits. */
export function integerParameter(request: Request, name: string): number {
  const value = textParameter(request, name);
  if (!/^-?\\d{1,10}$/.test(value) || Math.abs(Number(value)) > largestInteger) {
    throw new RequestError(400, \`\${name} must be a whole number.\`);
  }
  return Number(value);
}

/** A whole number of 64 bits, which stays text: JavaScript's numbers cannot hold all of them. */
export function bigIntegerParameter(request: Request, name: string): string {
  const value = textParameter(request, name);
  if (!/^-?\\d{1,19}$/.test(value) || value.replace('-', '').padStart(19, '0') > largestBigInteger) {
    throw new RequestError(400, \`\${name} must be a whole number.\`);
  }
  return value;
}
`;
  });
}

function preconditionsFile(project: ProjectPlan, problems: SupportFile): SupportFile {
  return supportFile(project, ['preconditions'], ['entityTag', 'requiredVersion', 'statedVersion'], (imports) => {
    imports.useType('express', 'Request');
    imports.useFile(problems.path, 'RequestError');
    return `export function entityTag(version: number): string {
  return \`"\${version}"\`;
}

/** The version that \`If-Match\` names; undefined where any will do. */
export function statedVersion(request: Request): number | undefined {
  const ifMatch = request.get('If-Match');
  if (ifMatch === undefined || ifMatch.trim() === '*') {
    return undefined;
  }
  const version = /^\\s*"(\\d{1,10})"\\s*$/.exec(ifMatch)?.[1];
  if (version === undefined) {
    throw new RequestError(412, 'If-Match is not the ETag of an answer.');
  }
  return Number(version);
}

/** As \`statedVersion\`, for changes that must say which version they are based on. */
export function requiredVersion(request: Request): number | undefined {
  if (request.get('If-Match') === undefined) {
    throw new RequestError(428, 'Send the ETag of the last answer as If-Match.');
  }
  return statedVersion(request);
}
`;
  });
}

/** Where the project has no such middleware: roles of `request.user`, which passport's strategies fill. */
function rolesFile(project: ProjectPlan, problems: SupportFile): SupportFile {
  return supportFile(project, ['require', 'role'], ['requireRole'], (imports) => {
    imports.useType('express', 'NextFunction', 'Request', 'RequestHandler', 'Response');
    imports.useFile(problems.path, 'RequestError');
    return `interface AuthenticatedRequest extends Request {
  readonly user?: { readonly roles?: readonly string[] };
}

/** Lets callers through that have one of the roles; authentication has to set \`request.user\` before. */
export function requireRole(...allowed: string[]): RequestHandler {
  return (request: AuthenticatedRequest, _response: Response, next: NextFunction): void => {
    if (!request.user) {
      throw new RequestError(401, 'Sign in first.');
    }
    const { roles = [] } = request.user;
    if (!allowed.some((role) => roles.includes(role))) {
      throw new RequestError(403, \`This needs the role \${allowed.join(' or ')}.\`);
    }
    next();
  };
}
`;
  });
}

function handledFile(project: ProjectPlan): SupportFile {
  return supportFile(project, ['handled'], ['handled'], (imports) => {
    imports.useType('express', 'Request', 'RequestHandler', 'Response');
    return `/** Passes what an asynchronous handler throws on to the handler of errors, as Express 4 does not. */
export function handled(handler: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    handler(request, response).catch(next);
  };
}
`;
  });
}
