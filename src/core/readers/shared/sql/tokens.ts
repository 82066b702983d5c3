/** A tolerant tokenizer for SQL as it stands in application code, with holes where the host language puts values in. */

/** A hole stands for an interpolated expression: `⟦3⟧` is the fourth of the text. */
export const hole = (index: number): string => `\u27e6${index}\u27e7`;
export const holePattern = /\u27e6(\d+)\u27e7/g;

export interface Token {
  /** `word`: bare name or keyword; `name`: quoted name; `string`, `number`, `parameter`, `hole`, `symbol`. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'hole' | 'symbol';
  /** Without quotes; symbols and parameters as written. */
  readonly text: string;
  /** Upper case of a word, for comparing with keywords; '' for everything else but symbols. */
  readonly key: string;
}

const token =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(::\s*[\w ]+?(?:\[\])?(?=[\s)=<>!,;]|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?|`[^`]*`?)|(:(?:\.\.\.)?[A-Za-z_][\w.]*|\$\d+|\?(?![|&])|@\w+)|(\d+(?:\.\d+)?)|(\u27e6\d+\u27e7)|([A-Za-z_\u00c0-\uffff][\w$\u00c0-\u27e5]*)|(<=|>=|<>|!=|\|\||@>|<@|&&|->>?|#>>?|!?~\*?|[\s\S])/y;

export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  // Longer texts are scripts or data, not conditions; a cap keeps the time per file bounded.
  const limit = Math.min(sql.length, 50_000);
  while (token.lastIndex < limit) {
    const match = token.exec(sql);
    if (!match) break;
    const [, cast, string, name, parameter, number, holeText, word, symbol] = match;
    // A cast column is no longer the plain column that an index holds.
    if (cast !== undefined) tokens.push({ kind: 'symbol', text: '::', key: '::' });
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1), key: '' });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.slice(1, -1), key: '' });
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', text: parameter, key: '' });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, key: '' });
    else if (holeText !== undefined) tokens.push({ kind: 'hole', text: holeText, key: '' });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, key: word.toUpperCase() });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, key: symbol });
  }
  return tokens;
}

export type HolePosition = 'value' | 'identifier' | 'fragment';

const beforeName = new Set([
  'FROM',
  'JOIN',
  'INTO',
  'UPDATE',
  'TABLE',
  'AS',
  'BY',
  'SCHEMA',
  'INDEX',
  'DATABASE',
  'COLUMN',
  'TYPE',
  'VIEW',
]);
const beforeValue = new Set([
  '=',
  '<',
  '>',
  '<=',
  '>=',
  '<>',
  '!=',
  'LIKE',
  'ILIKE',
  'BETWEEN',
  'LIMIT',
  'OFFSET',
  'TAKE',
  'SKIP',
  'VALUES',
  '~',
  '~*',
  '@>',
]);

/** Where each hole of a text stands, by its index. */
export function holePositions(sql: string): Map<number, HolePosition> {
  const positions = new Map<number, HolePosition>();
  const tokens = tokenize(sql);
  for (const [at, current] of tokens.entries()) {
    if (current.kind === 'symbol' || current.kind === 'word' || current.kind === 'number') continue;
    for (const match of current.text.matchAll(holePattern)) {
      const position =
        current.kind === 'string' ? 'value' : current.kind === 'name' ? 'identifier' : positionOf(tokens, at);
      positions.set(Number(match[1]), position);
    }
  }
  return positions;
}

function positionOf(tokens: readonly Token[], at: number): HolePosition {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (before?.key === '.' || after?.key === '.') return 'identifier';
  if (before?.kind === 'word' && beforeName.has(before.key)) return 'identifier';
  if (before && beforeValue.has(before.key)) return 'value';
  if (before?.key === 'AND' && tokens.slice(Math.max(0, at - 5), at).some(({ key }) => key === 'BETWEEN'))
    return 'value';
  if (before?.key === '(' || before?.key === ',') {
    // In a list of values: `IN (${ids})`, `VALUES (${a}, ${b})`; in a list of columns: `INSERT INTO t (${columns})`.
    let open = at - 1;
    for (let depth = 0; open >= 0; open--) {
      if (tokens[open]?.key === ')') depth++;
      else if (tokens[open]?.key === '(' && depth-- === 0) break;
    }
    const owner = tokens[open - 1];
    if (open < 0) return 'identifier';
    if (owner?.key === 'IN' || owner?.key === 'VALUES' || owner?.key === 'ANY' || owner?.key === ',') return 'value';
    return owner?.kind === 'word' && (after?.key === ',' || after?.key === ')') ? 'value' : 'fragment';
  }
  if (after && (beforeValue.has(after.key) || after.key === 'IN' || after.key === 'IS')) return 'identifier';
  return before === undefined && after === undefined ? 'fragment' : 'fragment';
}
