/** SQL that a migration hands to the database as a text. */
import type { Spot } from '../../../readers/shared/typescript/program.ts';
import type { Recorder } from './recorder.ts';
import { hole, isUnknown } from './values.ts';
import type { Value } from './values.ts';

const onRows = /^\s*(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b/i;
const harmless =
  /^\s*(?:SELECT|WITH|SET|SHOW|GRANT|REVOKE|REFRESH|ANALYZE|VACUUM|EXPLAIN|LOCK|BEGIN|COMMIT|PRAGMA|CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE|TRIGGER|EXTENSION|ROLE|USER|POLICY|SEQUENCE)|DROP\s+(?:FUNCTION|PROCEDURE|TRIGGER|EXTENSION|ROLE|USER|POLICY|SEQUENCE))\b/i;

/** What is put together when it runs is no loss where it starts as statements do that change no structure. */
export function followSql(sql: Value, at: Spot, recorder: Recorder): void {
  if (typeof sql === 'string') {
    recorder.sql(sql, at);
    return;
  }
  const { head = '', sketch = '' } = isUnknown(sql) ? sql : {};
  const known = structureOf(sketch);
  if (onRows.test(head)) recorder.sql(head, at);
  else if (!harmless.test(head) && known !== null) {
    recorder.sql(known, at);
    recorder.problem('a value in this SQL is only known when it runs; the rest of it is followed', at);
  } else if (!harmless.test(head))
    recorder.problem('this SQL is put together when it runs, so what it changes is not known', at);
}

/** A statement without the defaults that are not known; null where anything else is not. */
function structureOf(sketch: string): string | null {
  const known = sketch.replace(/\bDEFAULT\s+'[^']*'(?:::\w+)?/giu, (written) =>
    written.includes(hole) ? '' : written,
  );
  return known === '' || known.includes(hole) ? null : known;
}
