import type { Finding } from '../../../src/core/lint/rule.ts';
import type { SourceRange } from '../../../src/core/schema/source.ts';

export function rangeOf(file: string, line: number, column: number, length = 4): SourceRange {
  return { file, line, column, endLine: line, endColumn: column + length };
}

export function findingOf(overrides: Partial<Finding> = {}): Finding {
  const range = overrides.range ?? rangeOf('src/order.entity.ts', 2, 3);
  return {
    rule: 'missing-foreign-key-index',
    code: 'IDX001',
    severity: 'warning',
    message: 'Foreign key userId has no index: 100% of deletes scan, a:b',
    file: range.file,
    range,
    project: '',
    table: 'orders',
    evidence: [
      { message: 'orders(userId) refers to users(id).', at: rangeOf('src/user entity.ts', 7, 1) },
      { message: 'PostgreSQL creates none.', at: null },
    ],
    fixes: [{ title: 'Add an index', preferred: true, change: null, edits: [] }],
    ...overrides,
  };
}
