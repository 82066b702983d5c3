/** Settings of connections: TypeORM's options, and `ddl-auto` of Spring and Hibernate. */
import type { SourceFile } from '../readers/reader.ts';
import type { CodeChangeOf } from './codeWriter.ts';
import { pairOf, setPairs } from './shared/callOptions.ts';
import { nodeAt } from './shared/code/chain.ts';
import { hasSpread } from './shared/code/options.ts';
import { refuse } from './shared/refusals.ts';
import type { WriteResult } from './writer.ts';

type Change = CodeChangeOf<'setConnection'>;

export function setConnection(change: Change, file: SourceFile): WriteResult {
  if (file.language === null) return validateOnly(change, file);
  const object = nodeAt(file, change.at);
  // What TypeORM connects to is a literal `type`; other libraries name their options in other ways.
  if (object?.type !== 'object' || pairOf(object, 'type')?.childForFieldName('value')?.type !== 'string')
    return refuse('How this connection is set up is not known: change it by hand.');
  const options = optionsOf(change);
  if (options === null) return refuse('How this engine is told so is not known: change it by hand.');
  const name = Object.keys(options)[0] ?? '';
  const given = pairOf(object, name)?.childForFieldName('value');
  if (
    change.option === 'timeout'
      ? given !== undefined || hasSpread(object)
      : !/^(?:true|false)$/u.test(given?.text ?? '')
  )
    return refuse(`${name} is set elsewhere: change it there.`);
  return { ok: true, edits: setPairs(file, object, options) };
}

/** Milliseconds after which an application should rather fail than wait for a connection. */
const connectTimeout = '5000';

function optionsOf({ option, dialect }: Change): Readonly<Record<string, string>> | null {
  switch (option) {
    case 'synchronize':
      return { synchronize: 'false' };
    case 'dropSchema':
      return { dropSchema: 'false' };
    case 'tls':
      return dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'mysql' || dialect === 'mariadb'
        ? { ssl: '{ rejectUnauthorized: true }' }
        : null;
    case 'timeout':
      if (dialect === 'postgresql' || dialect === 'cockroachdb') return { connectTimeoutMS: connectTimeout };
      return dialect === 'mysql' || dialect === 'mariadb' ? { connectTimeout } : null;
  }
}

/** Hibernate compares the tables with the classes and changes nothing. */
function validateOnly({ option }: Change, { path, text }: SourceFile): WriteResult {
  if (option !== 'synchronize' && option !== 'dropSchema')
    return refuse('How this connection is set up is not known: change it by hand.');
  const found = [
    ...text.matchAll(
      /^([ \t]*(?:[\w.-]+\.)?(?:ddl-auto|hbm2ddl\.auto)[ \t]*[=:][ \t]*["']?)(update|create(?:-drop|-only)?)\b/gmu,
    ),
  ];
  const [only, ...others] = found;
  if (!only || others.length > 0)
    return refuse('The setting is stated elsewhere, or several times: change it by hand.');
  const start = only.index + (only[1]?.length ?? 0);
  return { ok: true, edits: [{ file: path, start, end: start + (only[2]?.length ?? 0), newText: 'validate' }] };
}
