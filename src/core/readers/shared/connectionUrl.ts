/** What the URLs of connection settings say. */
import type { Dialect } from '../../schema/model.ts';

export function dialectOfUrl(url: string | null): Dialect | null {
  const scheme = /^([a-z0-9+]+):/i.exec(url ?? '')?.[1]?.toLowerCase() ?? '';
  const schemes: Readonly<Record<string, Dialect>> = {
    postgres: 'postgresql',
    postgresql: 'postgresql',
    mysql: 'mysql',
    mariadb: 'mariadb',
    mssql: 'mssql',
    sqlserver: 'mssql',
    cockroachdb: 'cockroachdb',
    mongodb: 'mongodb',
    'mongodb+srv': 'mongodb',
    sqlite: 'sqlite',
  };
  return Object.hasOwn(schemes, scheme) ? (schemes[scheme] ?? null) : null;
}

/** `scheme://user:password@host` with a password that is no placeholder; what opens one's own machine is no secret. */
export function urlWithPassword(url: string | null): boolean {
  const password = /^[a-z0-9+]+:\/\/[^:/@\s]*:([^@\s]+)@/i.exec(url ?? '')?.[1];
  // `username:password@…` says where they go.
  const isForm = /\/\/(?:user(?:name)?|login):(?:pass(?:word|wd)?|pwd|secret)@/i.test(url ?? '');
  return password !== undefined && !isForm && !isLocal(url) && !/^(?:\$\{|<|\{\{|%)/.test(password);
}

/** The address, or the connection string, is of the machine that the program runs on. */
export function isLocal(address: string | null | undefined): boolean {
  // A database within the program listens to nobody.
  if (/^jdbc:(?:h2:(?!tcp:|ssl:)|hsqldb:(?!hsqls?:|https?:)|derby:(?!\/\/)|sqlite:)/iu.test(address ?? '')) return true;
  return /(?:^|\/\/|@|=|\()\s*(?:\$\{\w+:-?)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\(local(?:db)?\)|\.(?=[;\\]))(?=[:/;,?}"'\\)\s]|$)/iu.test(
    address ?? '',
  );
}
