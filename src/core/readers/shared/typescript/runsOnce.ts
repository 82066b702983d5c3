/** Programs that somebody runs by hand, or a timer does: they do their work, leave the database, and end. */
import type { FileFacts } from '../../../schema/code.ts';
import { purposeOf } from '../../../schema/filePurpose.ts';
import type { Outline } from './outline.ts';

const mention = /\$disconnect\b|\bprocess\.exit\b|\bmongoose\.(?:disconnect|connection\.close)\b/;
const leaving = /(?:^|\.)\$disconnect$|(?:^|\.)process\.exit$|^mongoose\.(?:disconnect|connection\.close)$/;
/** What waits for others: a server, a worker, a bot, a timer. */
const waiting = /(?:^|\.)(?:listen|on|once|schedule|setInterval|subscribe|consume|serve|login|launch)$|Worker$/;

/** The purpose that the path says, or that of what is run by hand where an application file is such a program. */
export function purposeIn(path: string, outline: Outline): FileFacts['purpose'] {
  const purpose = purposeOf(path);
  return purpose === 'application' && runsOnce(outline) ? 'seed' : purpose;
}

/** It leaves the database at its top level, or it gives nothing to others and calls what it declares, which ends there. */
function runsOnce({ text, calls, functions, classes }: Outline): boolean {
  if (!mention.test(text)) return false;
  const nameOf = (callee: string): string => callee.replace(/^await\s+|\s+/g, '');
  const left = calls.filter(({ callee }) => leaving.test(nameOf(callee)));
  if (left.length === 0 || calls.some(({ callee }) => waiting.test(nameOf(callee)))) return false;
  if (left.some((call) => call.function === null && /\$disconnect$|^mongoose\./.test(nameOf(call.callee)))) return true;
  const gives = functions.some(({ exported }) => exported) || classes.some(({ exported }) => exported);
  if (gives || /\bexports\b|^export\s/m.test(text)) return false;
  const own = new Set(functions.flatMap(({ name, parent }) => (parent === null && name !== null ? [name] : [])));
  return calls.some(
    ({ function: around, callee }) =>
      around === null && (own.has(nameOf(callee)) || /^\(\s*(?:async\b|function\b|\()/.test(callee)),
  );
}
