/** Where the project's role check finds the roles of a caller, so that tests can sign in without tokens. */
import type { Access } from '../endpoints/access.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface Principal {
  /** What carries it: a property of the request, or of Express's `response.locals`. */
  readonly carrier: 'request' | 'locals';
  /** `principal`, `user` */
  readonly property: string;
  /** The principal as an expression, of an expression for its roles: `{ roles }`, `{ role: { name: roles[0] } }`. */
  of(roles: string): string;
}

/** Null where its source does not tell. */
export function principalOf(project: ProjectPlan, access: Access): Principal | null {
  const names = [...access.guards.filter(({ text }) => /role/iu.test(text)), access.write].flatMap(
    (expression) => expression.names,
  );
  for (const { from } of names) {
    const text = 'path' in from ? project.request.files.read(from.path) : null;
    const found = text === null ? null : fromSource(text);
    if (found) return found;
  }
  return null;
}

/** `principal.roles.includes(…)`, `response.locals.principal as Principal`, `request.user?.role?.id`. */
export function fromSource(text: string): Principal | null {
  const use =
    /\b(?!this\b|context\b|reflector\b|request\b|req\b|Reflect\b)([a-z]\w*)\??\.(roles?)\b(?!\s*\()(?:\??\.(\w+)\b(?!\s*\())?/u.exec(
      text,
    );
  const [, property, member, inner] = use ?? [];
  if (property === undefined || member === undefined) return null;
  const carrier = new RegExp(`\\blocals\\??\\.${property}\\b`, 'u').test(text) ? 'locals' : 'request';
  return {
    carrier,
    property,
    of(roles) {
      if (member === 'roles') return roles === 'roles' ? '{ roles }' : `{ roles: ${roles} }`;
      return inner === undefined ? `{ role: ${roles}[0] }` : `{ role: { ${inner}: ${roles}[0] } }`;
    },
  };
}
