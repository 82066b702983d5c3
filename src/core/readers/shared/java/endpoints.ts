/** What can be called from outside (Spring MVC, JAX-RS, Micronaut), and which methods run in a transaction. */
import type { Endpoint, Transaction } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { SourceFile } from '../../reader.ts';
import type { JavaAnnotation, JavaClass, JavaFile, JavaValue } from './model.ts';
import type { JavaOutline } from './outline.ts';
import { simpleName } from './typeText.ts';
import { argument, constantName, items } from './world.ts';

const springMethods: Readonly<Record<string, string>> = {
  GetMapping: 'GET',
  PostMapping: 'POST',
  PutMapping: 'PUT',
  PatchMapping: 'PATCH',
  DeleteMapping: 'DELETE',
};
const verbs = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const micronautVerbs: Readonly<Record<string, string>> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Head: 'HEAD',
  Options: 'OPTIONS',
};
const guardNames =
  /^(?:PreAuthorize|PostAuthorize|Secured|RolesAllowed|PermitAll|DenyAll|Authenticated|RunAs|RequiresPermissions|RequiresRoles|RequiresAuthentication|SaCheck\w+|PermissionsAllowed)$/u;

interface Route {
  readonly method: string;
  readonly path: string;
  readonly framework: string;
  readonly annotation: JavaAnnotation;
}

export function readEndpoints(java: JavaFile, outline: JavaOutline, lines: LineIndex): Endpoint[] {
  return java.classes.flatMap((declaration) => {
    const name = simpleName(declaration.name);
    return declaration.methods.flatMap((method): Endpoint[] => {
      const routes = routesOf(method.annotations, declaration, java);
      if (routes.length === 0) return [];
      const offset = lines.offset(method.at.line, method.at.column);
      const id = outline.functions.findIndex(
        (each) => each.name === method.name && each.owner === name && each.start <= offset && offset < each.end,
      );
      return routes.map(({ annotation, ...route }) => ({
        ...route,
        handler: `${name}.${method.name}`,
        function: id === -1 ? null : id,
        guards: guardsOf([...declaration.annotations, ...method.annotations]),
        at: annotation.at,
      }));
    });
  });
}

function find(annotations: readonly JavaAnnotation[], ...names: readonly string[]): JavaAnnotation | undefined {
  return annotations.find(({ name }) => names.includes(name));
}

function routesOf(annotations: readonly JavaAnnotation[], owner: JavaClass, java: JavaFile): readonly Route[] {
  const spring = annotations.find(({ name }) => Object.hasOwn(springMethods, name) || name === 'RequestMapping');
  if (spring) {
    const stated = items(argument(spring, 'method')).flatMap((value) => constantName(value) ?? []);
    const methods =
      spring.name === 'RequestMapping' ? (stated.length > 0 ? stated : ['*']) : [springMethods[spring.name] ?? '*'];
    return routes(pathsOf(find(owner.annotations, 'RequestMapping')), pathsOf(spring), methods, 'spring', spring);
  }
  const verb = annotations.find(({ name }) => verbs.has(name));
  const path = find(annotations, 'Path');
  const resource = find(owner.annotations, 'Path', 'RegisterRestClient');
  if (verb && (path ?? resource)) {
    const framework = java.imports.some(({ name }) => name.startsWith('io.quarkus')) ? 'quarkus' : 'jax-rs';
    return routes(pathsOf(find(owner.annotations, 'Path')), pathsOf(path), [verb.name], framework, verb);
  }
  const controller = find(owner.annotations, 'Controller');
  const micronaut = annotations.find(
    ({ name, package: from }) =>
      Object.hasOwn(micronautVerbs, name) && (from === null || from.startsWith('io.micronaut')),
  );
  if (!controller || !micronaut) return [];
  return routes(
    pathsOf(controller),
    pathsOf(micronaut),
    [micronautVerbs[micronaut.name] ?? '*'],
    'micronaut',
    micronaut,
  );
}

function routes(
  prefixes: readonly string[],
  paths: readonly string[],
  methods: readonly string[],
  framework: string,
  annotation: JavaAnnotation,
): readonly Route[] {
  return prefixes.flatMap((prefix) =>
    paths.flatMap((path) => methods.map((method) => ({ method, path: joined(prefix, path), framework, annotation }))),
  );
}

/** Paths of `value`, `path` or `uri`; '' where none is stated. A constant is shown by its name. */
function pathsOf(annotation: JavaAnnotation | undefined): readonly string[] {
  const value = argument(annotation, 'value') ?? argument(annotation, 'path') ?? argument(annotation, 'uri');
  const paths = items(value).map(shown);
  return paths.length === 0 ? [''] : paths;
}

function shown(value: JavaValue): string {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'name':
      return `{${value.name}}`;
    case 'binary':
      return shown(value.left) + shown(value.right);
    default:
      return '';
  }
}

function joined(prefix: string, path: string): string {
  const parts = [prefix, path].map((part) => part.replace(/^\/+|\/+$/gu, '')).filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

function guardsOf(annotations: readonly JavaAnnotation[]): readonly string[] {
  return annotations
    .filter(({ name }) => guardNames.test(name))
    .map((annotation) => {
      const values = items(argument(annotation, 'value'))
        .map(shown)
        .filter((text) => text !== '');
      return values.length === 0 ? annotation.name : `${annotation.name}(${values.join(', ').slice(0, 100)})`;
    });
}

/** `@Transactional` of a method, or of its class for all its methods; `TransactionTemplate.execute(…)` for its lambda. */
export function readTransactions(java: JavaFile, outline: JavaOutline, { lines, text }: SourceFile): Transaction[] {
  const found: Transaction[] = [];
  // Quarkus and Micronaut put the transaction into a subclass, so that calls of the object on itself begin it too.
  const isOfSpring = /\borg\.springframework\b/u.test(text);
  for (const declaration of java.classes) {
    const own = find(declaration.annotations, 'Transactional');
    const name = simpleName(declaration.name);
    for (const method of declaration.methods) {
      const annotation = find(method.annotations, 'Transactional') ?? (method.static ? undefined : own);
      if (!annotation || isNone(annotation)) continue;
      const offset = lines.offset(method.at.line, method.at.column);
      const id = outline.functions.findIndex(
        (each) => each.owner === name && each.start <= offset && offset < each.end,
      );
      if (id === -1) continue;
      found.push({
        api: 'Transactional',
        isolation: isolationOf(annotation),
        client: null,
        function: id,
        body: id,
        // Of what the class says about all its methods, only public ones are called through the proxy; the others run in their caller's.
        ...(isOfSpring && (annotation !== own || outline.functions[id]?.exported === true)
          ? { byProxy: true as const }
          : {}),
        ...(isReadOnly(annotation) === true ? { readOnly: true as const } : {}),
        ...(method.throws && leavesRollbackOpen(annotation, java) ? { mayCommitOn: method.throws } : {}),
        at: annotation === own ? method.at : annotation.at,
      });
    }
  }
  const templates = new Set([
    ...java.classes.flatMap(({ fields }) =>
      fields
        .filter(({ type }) => /^(?:TransactionTemplate|TransactionOperations|TransactionalOperator)$/u.test(type.name))
        .map(({ name }) => name),
    ),
    // `new TransactionTemplate(manager, definition)`, kept in a variable.
    ...[...text.matchAll(/\b(\w+)\s*=\s*(?:new\s+)?TransactionTemplate\s*\(/gu)].map(([, name = '']) => name),
  ]);
  for (const call of outline.calls) {
    const isTemplate =
      // No other interface of Spring has a method of this name.
      call.method === 'executeWithoutResult' ||
      (/^(?:execute|executeWithoutResult|requiringNew|inTransaction|runInTx|call|run)$/u.test(call.method) &&
        /(?:transaction|tx)(?:Template|Operator|Operations)?$|QuarkusTransaction/iu.test(
          call.receiver ?? text.slice(call.start, call.start + 60),
        )) ||
      (call.method === 'execute' && templates.has(call.receiver?.replace(/^this\./u, '') ?? ''));
    const [lambda] = call.arguments;
    if (!isTemplate || (lambda?.type !== 'lambda_expression' && lambda?.type !== 'lambda_literal')) continue;
    const body = outline.functions.findIndex(
      ({ start, end }) => start === lambda.startIndex && end === lambda.endIndex,
    );
    found.push({
      api: call.method,
      isolation: null,
      client: null,
      function: call.function,
      body: body === -1 ? null : body,
      at: lines.range(call.start, call.end),
    });
  }
  return found;
}

/** `Propagation.NEVER` and the like run outside of one. */
function isNone(annotation: JavaAnnotation): boolean {
  const propagation = constantName(argument(annotation, 'propagation') ?? argument(annotation, 'value'));
  return propagation === 'NEVER' || propagation === 'NOT_SUPPORTED';
}

/**
 * Transactions of Spring for writing, and nothing said of what rolls them back: `rollbackFor`, `noRollbackFor`, and `rollbackOn` and
 * `dontRollbackOn` of Jakarta's annotation, which only Spring is known here to heed. Other frameworks have other defaults.
 */
function leavesRollbackOpen(annotation: JavaAnnotation, { imports }: JavaFile): boolean {
  const isFrom = (names: RegExp, name: string): boolean =>
    imports.some((each) => !each.static && names.test(each.name) && (each.wildcard || simpleName(each.name) === name));
  const ofSpring = isFrom(/^org\.springframework\.transaction\.annotation(?:\.Transactional)?$/u, 'Transactional');
  const ofJakarta =
    isFrom(/^(?:jakarta|javax)\.transaction(?:\.Transactional)?$/u, 'Transactional') &&
    imports.some(({ name }) => name.startsWith('org.springframework.'));
  if (!ofSpring && !ofJakarta) return false;
  if (annotation.arguments.some(({ name }) => /rollback/iu.test(name))) return false;
  if (isReadOnly(annotation) !== false) return false;
  // Spring's own value names a manager, Jakarta's says how it propagates. Where there may be no transaction the method commits nothing.
  const stated = argument(annotation, ofSpring ? 'propagation' : 'value');
  return stated === undefined || /^(?:REQUIRED|REQUIRES_NEW|NESTED|MANDATORY)$/u.test(constantName(stated) ?? '');
}

/** Null = a constant from elsewhere says it. */
function isReadOnly(annotation: JavaAnnotation): boolean | null {
  const stated = argument(annotation, 'readOnly');
  if (stated === undefined) return false;
  return stated.kind === 'boolean' ? stated.value : null;
}

/** `@EnableTransactionManagement(rollbackOn = RollbackOn.ALL_EXCEPTIONS)`, since Spring 6.2. */
export function rollsBackOnAll({ annotations }: JavaClass): boolean {
  return constantName(argument(find(annotations, 'EnableTransactionManagement'), 'rollbackOn')) === 'ALL_EXCEPTIONS';
}

function isolationOf(annotation: JavaAnnotation): string | null {
  const stated = constantName(argument(annotation, 'isolation'));
  return stated === null || stated === 'DEFAULT' ? null : stated.replaceAll('_', ' ');
}
