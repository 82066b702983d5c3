/** A fenced block of an answer: what language it is in, and the file it is meant for. */
export interface Block {
  /** Lower case, one of the names below where it is a synonym of them; '' = none was said. */
  readonly language: string;
  /** As the answer names it, `/`-separated; null = it names none. */
  readonly path: string | null;
  readonly text: string;
  /** False where the answer broke off inside it. */
  readonly closed: boolean;
}

const synonyms: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  node: 'javascript',
  jsx: 'javascript',
  pgsql: 'sql',
  postgres: 'sql',
  postgresql: 'sql',
  plpgsql: 'sql',
  psql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
  ddl: 'sql',
};

const pathWord = /^[\w@.~-]+(?:[/\\][\w@.[\]~-]+)*\.\w{1,5}$/u;
/** First line that only names the file: `// src/a.ts`, `// File: src/a.ts`, `-- db/a.sql`, `/* src/a.ts *\/`. */
const pathComment =
  /^\s*(?:\/\/|--|#|\/\*)\s*(?:(?:file|path|filepath)\s*[:=]\s*)?["'`]?([^\s"'`*]+)["'`]?\s*(?:\*\/)?\s*$/iu;

/** @param info what stands behind the fence: `typescript src/a.ts`, `ts path=src/a.ts`, `ts:src/a.ts` */
export function blockOf(info: string, text: string, closed = true): Block {
  const [first = '', ...others] = info.split(/\s+/u).filter((word) => word !== '');
  const [language = '', behind] = first.split(/:(.+)/u);
  const words = [...(behind === undefined ? [] : [behind]), ...others];
  const stated = words
    .map((word) =>
      word.replace(/^\{?(?:path|file|filename|title|filepath)\s*[=:]/iu, '').replace(/^["'`]|["'`}]+$/gu, ''),
    )
    .find((word) => /[/\\.]/u.test(word) && !/[{}]/u.test(word));
  const [line = '', ...rest] = text.split('\n');
  const commented = pathComment.exec(line)?.[1];
  const fromComment =
    commented !== undefined && pathWord.test(commented) && commented.includes('/') ? commented : undefined;
  const path = stated ?? fromComment ?? null;
  const name = language.toLowerCase();
  return {
    language: Object.hasOwn(synonyms, name) ? (synonyms[name] ?? name) : name,
    path: path === null ? null : path.replaceAll('\\', '/').replace(/^\.\//u, ''),
    // A line that only names the file is no part of it.
    text: fromComment === undefined ? text : rest.join('\n').replace(/^\n+/u, ''),
    closed,
  };
}
