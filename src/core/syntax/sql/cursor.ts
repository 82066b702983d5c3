/** A place in the tokens of one statement, and what every clause is read with. Nothing here throws: what is not there is null. */
import type { Dialect } from '../../schema/model.ts';
import type { SqlName } from './operation.ts';
import { isPlaceholder } from './tokens.ts';
import type { SqlToken } from './tokens.ts';

const end: SqlToken = { kind: 'symbol', text: '', key: '', start: 0, end: 0 };

export class SqlCursor {
  readonly dialect: Dialect;
  /** Of names that state none; null = the engine's own default. */
  readonly home: string | null;
  private readonly text: string;
  private readonly tokens: readonly SqlToken[];
  private at = 0;

  constructor(text: string, tokens: readonly SqlToken[], dialect: Dialect, home: string | null = null) {
    this.text = text;
    this.tokens = tokens;
    this.dialect = dialect;
    this.home = home;
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  get position(): number {
    return this.at;
  }

  set position(at: number) {
    this.at = at;
  }

  peek(ahead = 0): SqlToken {
    return this.tokens[this.at + ahead] ?? end;
  }

  next(): SqlToken {
    const token = this.peek();
    if (!this.isDone) this.at++;
    return token;
  }

  /** The words stand here, in this order. */
  sees(...keys: readonly string[]): boolean {
    return keys.every((key, place) => this.peek(place).key === key);
  }

  /** Steps over the words if they stand here. */
  takes(...keys: readonly string[]): boolean {
    if (!this.sees(...keys)) return false;
    this.at += keys.length;
    return true;
  }

  takesAny(...keys: readonly string[]): string | null {
    const { key } = this.peek();
    if (key === '' || !keys.includes(key)) return null;
    this.at++;
    return key;
  }

  /** A name, folded as the engine folds it where it is not quoted. MySQL and SQLite take a string for one. */
  identifier(): string | null {
    const token = this.peek();
    if (token.kind !== 'word' && token.kind !== 'name' && token.kind !== 'string') return null;
    this.at++;
    return token.kind === 'word' ? this.folded(token.text) : token.text;
  }

  private folded(name: string): string {
    return this.dialect === 'postgresql' || this.dialect === 'cockroachdb' || this.dialect === 'cassandra'
      ? name.toLowerCase()
      : this.dialect === 'oracle'
        ? name.toUpperCase()
        : name;
  }

  /** `a`, `a.b`, `a.b.c`: the last is the name, the one before it the namespace. */
  name(): SqlName | null {
    const first = this.identifier();
    if (first === null) return null;
    const parts = [first];
    while (this.sees('.')) {
      this.at++;
      // `database..table`
      if (this.sees('.')) continue;
      const part = this.identifier();
      if (part === null) break;
      parts.push(part);
    }
    return { name: parts.at(-1) ?? first, namespace: this.namespaceOf(parts.at(-2) ?? null) };
  }

  /** The default namespace is not one that has to be stated. */
  namespaceOf(name: string | null): string | null {
    if (name === null || isPlaceholder(name)) return this.home;
    const standard = { postgresql: 'public', cockroachdb: 'public', mssql: 'dbo', sqlite: 'main' }[
      this.dialect as 'postgresql'
    ] as string | undefined;
    return name === standard ? null : name;
  }

  /** `(a, b)` → its names; null and no step where there is no bracket. */
  names(): string[] | null {
    if (!this.sees('(')) return null;
    return this.list((item) => {
      const name = item.identifier();
      return name === null ? [] : [name];
    });
  }

  /** Every item of a bracketed list, each read with a cursor of its own. */
  list<T>(read: (item: SqlCursor) => readonly T[]): T[] {
    return this.items().flatMap((item) => read(item));
  }

  items(): SqlCursor[] {
    const group = this.group();
    return group === null ? [] : group.split();
  }

  /** Tokens inside the brackets that open here; steps behind them. */
  group(): SqlCursor | null {
    if (!this.sees('(')) return null;
    const from = this.at + 1;
    this.skipGroup();
    const closed = this.tokens[this.at - 1]?.key === ')';
    return new SqlCursor(this.text, this.tokens.slice(from, closed ? this.at - 1 : this.at), this.dialect, this.home);
  }

  private skipGroup(): void {
    let depth = 0;
    while (!this.isDone) {
      const { key } = this.next();
      if (key === '(') depth++;
      else if (key === ')' && --depth === 0) return;
    }
  }

  /** The rest, cut at the commas outside of brackets. */
  split(): SqlCursor[] {
    const items: SqlToken[][] = [[]];
    let depth = 0;
    const isCql = this.dialect === 'cassandra';
    for (const token of this.tokens.slice(this.at)) {
      if (token.key === '(' || (isCql && token.key === '<')) depth++;
      else if (token.key === ')' || (isCql && token.key === '>')) depth--;
      if (token.key === ',' && depth === 0) items.push([]);
      else items.at(-1)?.push(token);
    }
    return items
      .filter((item) => item.length > 0)
      .map((item) => new SqlCursor(this.text, item, this.dialect, this.home));
  }

  /** Source text from a token on up to where the cursor stands, comments and all. */
  since(from: number): string {
    const first = this.tokens[from];
    const last = this.tokens[this.at - 1];
    return first && last && last.start >= first.start ? this.text.slice(first.start, last.end) : '';
  }

  /** Text of the bracket's content; steps behind it. */
  bracketed(): string | null {
    const from = this.at;
    if (this.group() === null) return null;
    const whole = this.since(from);
    return (whole.endsWith(')') ? whole.slice(1, -1) : whole.slice(1)).trim();
  }

  /** An expression without outer operators of words: runs to the first of `stops` outside of brackets. */
  expression(stops: ReadonlySet<string>): string {
    const from = this.at;
    let depth = 0;
    while (!this.isDone) {
      const { key, kind } = this.peek();
      // `::timestamp with time zone`
      const isType = key === 'WITH' && this.peek(1).key === 'TIME';
      if (depth === 0 && (key === ',' || key === ')' || (kind === 'word' && stops.has(key) && !isType))) break;
      if (key === '(') depth++;
      else if (key === ')') depth--;
      this.at++;
    }
    return this.since(from).trim();
  }

  /** Text from the first token to the last, wherever the cursor stands. */
  all(): string {
    const [first] = this.tokens;
    return first ? this.text.slice(first.start, this.tokens.at(-1)?.end) : '';
  }

  rest(): string {
    const from = this.at;
    this.at = this.tokens.length;
    return this.since(from).trim();
  }

  get left(): number {
    return this.tokens.length - this.at;
  }

  /** What stands before the first of the words outside of brackets; the cursor is left on that word. */
  until(words: ReadonlySet<string>): SqlCursor {
    const from = this.at;
    let depth = 0;
    while (!this.isDone) {
      const { key, kind } = this.peek();
      if (depth === 0 && kind === 'word' && words.has(key)) break;
      if (key === '(') depth++;
      else if (key === ')') depth--;
      this.at++;
    }
    return new SqlCursor(this.text, this.tokens.slice(from, this.at), this.dialect, this.home);
  }

  /** The name an item of a select list gets: behind AS, or standing last behind an expression; null = none is stated. */
  alias(): string | null {
    const last = this.tokens.at(-1);
    const before = this.tokens.at(-2);
    if (!last || (last.kind !== 'word' && last.kind !== 'name' && last.kind !== 'string')) return null;
    const isAlias =
      before?.key === 'AS' || (before !== undefined && last.kind !== 'string' && /^(?:\)|END|)$/.test(before.key));
    if (!isAlias) return null;
    return last.kind === 'word' ? this.folded(last.text) : last.text;
  }

  /** From the token here to the last. */
  extent(): { start: number; end: number } {
    return { start: this.peek().start, end: this.tokens.at(-1)?.end ?? this.peek().end };
  }

  range(): { start: number; end: number } {
    const here = this.isDone ? this.tokens.at(-1) : this.peek();
    return { start: here?.start ?? 0, end: here?.end ?? 0 };
  }
}
