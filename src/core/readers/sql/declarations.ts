/** What is kept of a script: its statements on structure, each with its place. They are parsed when it is known for which engine. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { splitStatements } from '../../syntax/sql/split.ts';
import type { SqlToken } from '../../syntax/sql/tokens.ts';
import { engineOf, likelyEngine, neutral, traitsOf } from './engines.ts';
import type { Traits } from './engines.ts';
import { scriptOf, withoutUndo } from './scripts.ts';
import type { Script } from './scripts.ts';

export interface StatementText {
  readonly text: string;
  /** Where it starts; both count from 1. */
  readonly line: number;
  readonly column: number;
}

export interface SqlMappings {
  readonly traits: Traits;
  readonly script: Script;
  readonly statements: readonly StatementText[];
}

export function declarationsOf(path: string, text: string, lines: LineIndex): SqlMappings {
  const traits = traitsOf(path, text);
  const dialect = engineOf([traits]).dialect ?? likelyEngine([traits]).dialect ?? neutral;
  const script = scriptOf(path, text);
  const runs = script.kind === 'undo' ? [] : splitStatements(withoutUndo(text), dialect, { skipsRows: true });
  return {
    traits,
    script,
    statements: runs.flatMap(({ tokens, start, end }, index): StatementText[] => {
      if (isOfInterest(tokens)) return [{ text: text.slice(start, end), ...lines.position(start) }];
      const copy = tokens[0]?.key === 'INSERT' ? copyAt(text, start, runs[index + 1]?.start) : null;
      return copy === null ? [] : [{ text: copy, ...lines.position(start) }];
    }),
  };
}

/** Names of a copying statement stand at its beginning; what is longer holds rows. */
const longestCopy = 4_000;

/** `INSERT INTO … SELECT …`: no rows of its own, but those of another table, which may be dropped then. */
function copyAt(text: string, start: number, end: number | undefined): string | null {
  const written = text.slice(start, Math.min(end ?? text.length, start + longestCopy));
  return /^insert\s+into\s[^;]*?\bselect\b/iu.test(written) && !/^[^;(]*(?:\([^;()]*\))?\s*values\b/iu.test(written)
    ? written.replace(/;[\s\S]*$/u, '')
    : null;
}

const kinds = /^(?:TABLE|INDEX|TYPE|DOMAIN|VIEW|TABLES|COLUMN)$/;
const code = /^(?:TRIGGER|PROC|PROCEDURE|FUNCTION|EVENT|PACKAGE|POLICY|ROLE|USER|GRANT|RULE|EXTENSION)$/;
/** Words between the verb and what it works on: `CREATE OR REPLACE ALGORITHM = UNDEFINED DEFINER = a@b SQL SECURITY DEFINER VIEW`. */
const longestHead = 24;

function isOfInterest(tokens: readonly SqlToken[]): boolean {
  const [first, second] = tokens;
  switch (first?.key) {
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
      for (const { key } of tokens.slice(1, longestHead)) {
        if (kinds.test(key) || (first.key === 'DROP' && key === 'SCHEMA')) return true;
        if (code.test(key)) return false;
      }
      return false;
    // Whether rows were given a value decides whether a column can be required.
    case 'UPDATE':
    case 'RENAME':
    case 'COMMENT':
    case 'DO':
      return true;
    case 'EXEC':
    case 'EXECUTE':
      return tokens.slice(1, 5).some(({ text }) => /^sp_rename$/i.test(text));
    case 'SET':
    case 'RESET':
      return tokens.slice(1, 3).some(({ key }) => key === 'SEARCH_PATH');
    case 'SELECT':
      return (
        /^create_hypertable$/i.test(second?.text ?? '') ||
        tokens.slice(1, 8).some(({ text }) => /^(?:create_hypertable|set_config)$/i.test(text))
      );
    default:
      return false;
  }
}
