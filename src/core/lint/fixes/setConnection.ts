import type { CodeChange } from '../../schema/codeChange.ts';
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Fix } from '../rule.ts';

type Option = Extract<CodeChange, { readonly kind: 'setConnection' }>['option'];

const titles: Readonly<Record<Option, string>> = {
  synchronize: 'Leave the schema to migrations',
  dropSchema: 'Keep the tables at the start',
  tls: 'Use TLS and check the certificate',
  timeout: 'Give up connecting after five seconds',
};

/** Sets the connection up in another way. It is not preferred: servers and other machines have to be ready for it. */
export function setConnection({ at, dialect }: DataSource, option: Option, engine: Dialect | null): readonly Fix[] {
  const code: CodeChange = { kind: 'setConnection', at, option, dialect: dialect ?? engine };
  return [{ title: titles[option], preferred: false, change: null, edits: [], code }];
}
