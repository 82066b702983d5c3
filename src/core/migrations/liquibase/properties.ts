/** Parameters `${name}`, and which engine a part is for. */
import type { Dialect } from '../../schema/model.ts';
import type { ChangeNode } from './model.ts';

/** What is not known stays as it is written, as Liquibase leaves it. */
export function substitute(text: string, properties: ReadonlyMap<string, string>): string {
  if (!text.includes('${')) return text;
  return text.replace(/\$\{([^{}]+)\}/g, (whole, name: string) => properties.get(name.trim()) ?? whole);
}

export function withProperties(node: ChangeNode, properties: ReadonlyMap<string, string>): ChangeNode {
  if (properties.size === 0) return node;
  return {
    ...node,
    text: substitute(node.text, properties),
    attributes: Object.fromEntries(
      Object.entries(node.attributes).map(([key, value]) => [key, substitute(value, properties)]),
    ),
    children: node.children.map((child) => withProperties(child, properties)),
  };
}

/** Short names of Liquibase. */
const names: Readonly<Partial<Record<Dialect, readonly string[]>>> = {
  postgresql: ['postgresql', 'postgres'],
  mysql: ['mysql'],
  mariadb: ['mariadb'],
  sqlite: ['sqlite'],
  mssql: ['mssql', 'sqlserver'],
  oracle: ['oracle'],
  cockroachdb: ['cockroachdb', 'cockroach'],
};

/** `postgresql,h2`, `!oracle`, `all`, `none`; null = every engine. */
export function matchesEngine(dbms: string | null, dialect: Dialect): boolean {
  if (dbms === null || dbms.trim() === '') return true;
  const parts = dbms.split(',').map((part) => part.trim().toLowerCase());
  if (parts.includes('all')) return true;
  const own = names[dialect] ?? [dialect];
  if (parts.some((part) => part.startsWith('!') && own.includes(part.slice(1).trim()))) return false;
  if (parts.some((part) => own.includes(part))) return true;
  return parts.every((part) => part.startsWith('!'));
}
