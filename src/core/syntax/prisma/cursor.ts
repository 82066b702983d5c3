import type { PrismaToken } from './tokens.ts';

const blockWords: ReadonlySet<string> = new Set(['model', 'view', 'type', 'enum', 'datasource', 'generator']);

/** A place among the tokens of a schema. */
export class PrismaCursor {
  private at = 0;
  private readonly tokens: readonly PrismaToken[];
  private readonly finish: PrismaToken;
  /** The token read last. */
  last: PrismaToken;

  constructor(tokens: readonly PrismaToken[], length: number) {
    this.tokens = tokens;
    this.finish = { kind: 'newline', start: length, end: length, text: '' };
    this.last = { kind: 'newline', start: 0, end: 0, text: '' };
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }

  isDoneAt(ahead: number): boolean {
    return this.at + ahead >= this.tokens.length;
  }

  peek(ahead = 0): PrismaToken {
    return this.tokens[this.at + ahead] ?? this.finish;
  }

  next(): PrismaToken {
    this.last = this.peek();
    this.at++;
    return this.last;
  }

  sees(mark: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'mark' && token.text === mark;
  }

  takes(mark: string): boolean {
    if (!this.sees(mark)) return false;
    this.next();
    return true;
  }

  skipLine(): void {
    while (!this.isDone && this.peek().kind !== 'newline') this.next();
  }

  /** `model User {` begins a line here; `model` alone may be a field. */
  seesBlock(ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token.kind !== 'word' || !blockWords.has(token.text)) return false;
    const before = this.tokens[this.at + ahead - 1];
    const startsLine =
      before === undefined || before.kind === 'newline' || (before.kind === 'mark' && before.text === '}');
    if (!startsLine) return false;
    return this.sees('{', ahead + 1) || (this.peek(ahead + 1).kind === 'word' && this.sees('{', ahead + 2));
  }

  /**
   * Inside brackets, at the start of a line: does it begin a new member or end the block, so that the bracket was never closed?
   * Lines of an argument list begin with a value, or a name and a colon.
   */
  seesMember(ahead = 0): boolean {
    const token = this.peek(ahead);
    if (token.kind === 'mark') return token.text === '@@' || token.text === '}';
    if (token.kind !== 'word') return false;
    return this.peek(ahead + 1).kind === 'word' || this.seesBlock(ahead);
  }
}
