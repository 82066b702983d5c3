import type { SourceRange } from '../schema/source.ts';

/** Turns offsets (UTF-16 code units) of one text into lines and columns that count from 1. CRLF, LF and CR end a line. */
export class LineIndex {
  readonly file: string;
  private readonly starts: number[] = [0];

  constructor(file: string, text: string) {
    this.file = file;
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10)) this.starts.push(offset + 1);
    }
  }

  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }

  /** Offset of a line and column that count from 1; clamped to the line's start if the line does not exist. */
  offset(line: number, column: number): number {
    return (this.starts[Math.min(line, this.starts.length) - 1] ?? 0) + column - 1;
  }

  range(start: number, end: number): SourceRange {
    const from = this.position(start);
    const to = this.position(end);
    return { file: this.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }
}
