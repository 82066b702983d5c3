/** Expressions whose text is the program's own, whatever the caller says: marks for parameters, a choice between literals, numbers. */

const marks = [
  // ids.map(() => '?'), .map(s -> "?"), Enumerable.Repeat("?", n), ['%s'] * n
  /(?:=>|->|:)\s*(['"`])\s*(?:\?|%s)\s*\1/u,
  /\b(?:fill|repeat|nCopies|Repeat|times)\s*\(\s*(?:[\w.()]+\s*,\s*)?(['"`])\s*(?:\?|%s)[\s,]*\1/u,
  /(['"`])\s*(?:\?|%s)[\s,]*\1\s*(?:\.repeat\b|\*)/u,
  /[[(]\s*(['"`])\s*(?:\?|%s)\s*\1\s*[\])]\s*\*/u,
  // (_, at) => `$${at + 1}`
  /=>\s*`[$:@]?\w*\$\{[^}]*\b(?:i|idx|index|at|n|pos|offset)\b[^}]*\}`/u,
  /(['"])(?:\?|%s)\1\s+for\b/u,
];

const choice = /^[^?]*\?\s*(['"`])([^'"`$]*)\1\s*:\s*(['"`])[^'"`$]*\3$/su;
const number =
  /^(?:Number|parseInt|parseFloat|BigInt|Math\.\w+|Date\.now|int|float|len|Integer\.parseInt|Long\.parseLong|int\.Parse|Convert\.ToInt\d+)\s*\(|\.(?:length|size|Count|getTime\(\)|toISOString\(\))$/u;

/** Text that stands for what the expression gives; null = it can be anything. */
export function fixedText(source: string): string | null {
  const expression = source.trim().replace(/^\((.*)\)$/su, '$1');
  if (marks.some((mark) => mark.test(expression))) return '?';
  const chosen = choice.exec(expression)?.[2];
  if (chosen !== undefined) return chosen;
  return number.test(expression) ? '1' : null;
}

/** What the file sets the variable to, where it does so once and says `const`, `var` or the type; at most 400 characters. Null = not known. */
export function initializerIn(text: string, name: string): string | null {
  if (!/^[A-Za-z_$][\w$]*$/u.test(name)) return null;
  const assigned = new RegExp(
    `(?:^|[^\\w$.])${name.replaceAll('$', '\\$')}(?:\\s*:[^=;\\n]{1,60})?\\s*\\+?=(?![=>])`,
    'gu',
  );
  const found = [...text.matchAll(assigned)];
  const [only] = found;
  if (found.length !== 1 || !only || only[0].includes('+=')) return null;
  const start = only.index + only[0].length;
  const rest = text.slice(start, start + 400);
  const end =
    /;|\n\s*(?=\n|const\b|let\b|var\b|return\b|await\b|if\b|for\b|self\b|cursor\b)/u.exec(rest)?.index ?? rest.length;
  return rest.slice(0, end).trim();
}
