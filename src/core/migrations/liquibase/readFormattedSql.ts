/** SQL whose comments mark change sets: `--liquibase formatted sql`, `--changeset author:id context:test`, `--rollback DROP TABLE a`. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import type { ChangeLog, ChangeLogItem, ChangeNode, ChangeSet } from './model.ts';

export const formattedSql = /^[ \t]*(?:(?:--|\/\*)\s*)?--\s*liquibase\s+formatted\s+sql\b/im;

const mark =
  /^[ \t]*--[ \t]*(changeset|property|rollback|preconditions?|precondition-[\w-]+|comment|include|includeAll|ignoreLines(?::\d+|:start|:end)?)\b[ \t:]*(.*)$/i;

export function readFormattedSql(text: string, lines: LineIndex): ChangeLog {
  const items: ChangeLogItem[] = [];
  let open: {
    set: Omit<ChangeSet, 'changes' | 'hasRollback'>;
    sql: string;
    from: number;
    hasRollback: boolean;
  } | null = null;
  let inRollback = false;
  const spot = (start: number, end: number): ChangeNode['at'] => {
    const range = lines.range(start, end);
    return [range.line, range.column, range.endLine, range.endColumn];
  };
  const close = (): void => {
    if (!open) return;
    const { set, sql, hasRollback } = open;
    const change: ChangeNode = { name: 'sql', attributes: {}, children: [], text: sql, at: set.at };
    items.push({ ...set, hasRollback, changes: sql.trim() === '' ? [] : [change] });
    open = null;
  };
  let at = 0;
  for (const line of text.split('\n')) {
    const [, kind = '', rest = ''] = mark.exec(line) ?? [];
    const lower = kind.toLowerCase();
    if (/^[ \t]*\/\*[ \t]*liquibase[ \t]+rollback/i.test(line)) {
      inRollback = true;
      if (open) open.hasRollback = true;
    }
    if (lower === 'changeset') {
      close();
      inRollback = false;
      const place = spot(at, at + line.trimEnd().length);
      const settings = settingsOf(rest);
      const [, author = '', id = ''] = /^\s*("[^"]*"|[^\s:]+):("[^"]*"|\S+)/.exec(rest) ?? [];
      open = {
        set: {
          is: 'changeSet',
          id,
          author,
          dbms: settings.get('dbms') ?? null,
          context: settings.get('contextfilter') ?? settings.get('context') ?? settings.get('labels') ?? null,
          transactional: settings.get('runintransaction') !== 'false',
          preconditions: null,
          at: place,
        },
        sql: '',
        from: at,
        hasRollback: false,
      };
    } else if (lower === 'property') {
      const settings = settingsOf(rest);
      const name = settings.get('name');
      if (name !== undefined)
        items.push({ is: 'property', name, value: settings.get('value') ?? '', dbms: settings.get('dbms') ?? null });
    } else if (lower === 'rollback') {
      if (open) open.hasRollback = true;
    } else if (lower === '' && open && !inRollback) open.sql += `${line}\n`;
    if (inRollback && line.includes('*/')) inRollback = false;
    at += line.length + 1;
  }
  close();
  return { kind: 'log', items, sql: '', preconditions: null };
}

function settingsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/\b(\w+):\s*("[^"]*"|'[^']*'|\S+)/g)].map(([, key = '', value = '']) => [
      key.toLowerCase(),
      value.replace(/^["']|["']$/g, ''),
    ]),
  );
}
