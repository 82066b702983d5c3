/** Reads `.data-engineer.json`. A mistake costs only the setting it stands in, and is told with its place. */
import { LineIndex } from '../syntax/lineIndex.ts';
import type { Dialect } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import { parseJsonc } from './jsonc.ts';
import type { JsoncMember, JsoncNode } from './jsonc.ts';
import type { ProjectSettings } from './snapshot.ts';

export const noSettings: ProjectSettings = {
  dialect: null,
  rules: {},
  exclude: [],
  classification: {},
  suppressions: [],
};

const dialects: readonly Dialect[] = [
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'mssql',
  'oracle',
  'cockroachdb',
  'mongodb',
  'cassandra',
  'spanner',
  'sap',
];
const severities = ['off', 'info', 'warning', 'error'] as const;
const classifications = ['pii', 'phi', 'pan', 'secret', 'none'] as const;
const keys = ['dialect', 'rules', 'exclude', 'classification', 'suppressions', '$schema'];
const suppressionKeys = ['rule', 'table', 'reason'];

export interface SettingsResult {
  readonly settings: ProjectSettings;
  readonly problems: readonly Problem[];
}

export function readSettings(file: string, text: string): SettingsResult {
  const { root, errors } = parseJsonc(text);
  const lines = new LineIndex(file, text);
  const problems: Problem[] = [];
  const complain = (message: string, at: { readonly start: number; readonly end: number }): void => {
    problems.push({ code: 'invalid-setting', message, severity: 'warning', at: lines.range(at.start, at.end) });
  };
  for (const error of errors) complain(error.message, error);

  const settings: { -readonly [Key in keyof ProjectSettings]: ProjectSettings[Key] } = { ...noSettings };
  if (root === null) {
    if (text.trim() !== '') complain('The file holds no JSON object: start with { and end with }.', whole(text));
    return { settings, problems };
  }
  for (const member of membersOf(root, 'The settings', complain)) {
    const { value } = member;
    if (value === null) continue;
    if (member.key === 'dialect') {
      if (!(value.kind === 'scalar' && value.value === null))
        settings.dialect = oneOf(value, dialects, 'dialect', complain);
    } else if (member.key === 'rules') settings.rules = record(value, severities, 'rules', complain);
    else if (member.key === 'exclude') settings.exclude = texts(value, 'exclude', complain);
    else if (member.key === 'classification')
      settings.classification = record(value, classifications, 'classification', complain);
    else if (member.key === 'suppressions') settings.suppressions = suppressions(value, complain);
    else if (member.key !== '$schema') complain(unknownKey(member.key, keys), member);
  }
  return { settings, problems };
}

type Complain = (message: string, at: { readonly start: number; readonly end: number }) => void;

function whole(text: string): { start: number; end: number } {
  const start = text.search(/\S/u);
  return { start, end: text.trimEnd().length };
}

function membersOf(node: JsoncNode, what: string, complain: Complain): readonly JsoncMember[] {
  if (node.kind === 'object') return node.members;
  complain(`${what} must be an object: { "name": value }.`, node);
  return [];
}

function oneOf<T extends string>(node: JsoncNode, allowed: readonly T[], key: string, complain: Complain): T | null {
  const value = node.kind === 'scalar' ? node.value : undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    complain(
      `"${key}" must be one of ${allowed.map((each) => `"${each}"`).join(', ')}${nearest(value, allowed)}.`,
      node,
    );
  return found ?? null;
}

function record<T extends string>(
  node: JsoncNode,
  allowed: readonly T[],
  key: string,
  complain: Complain,
): Readonly<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const member of membersOf(node, `"${key}"`, complain)) {
    const value = member.value && oneOf(member.value, allowed, member.key, complain);
    if (value) entries.push([member.key, value]);
  }
  return Object.fromEntries(entries);
}

function texts(node: JsoncNode, key: string, complain: Complain): readonly string[] {
  if (node.kind !== 'array') {
    complain(`"${key}" must be a list of texts: ["legacy/**"].`, node);
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind === 'scalar' && typeof item.value === 'string') return [item.value];
    complain(`"${key}" takes texts only.`, item);
    return [];
  });
}

function suppressions(node: JsoncNode, complain: Complain): ProjectSettings['suppressions'] {
  if (node.kind !== 'array') {
    complain('"suppressions" must be a list: [{ "rule": "…", "table": "…", "reason": "…" }].', node);
    return [];
  }
  return node.items.flatMap((item) => {
    const found: Record<string, string> = {};
    for (const member of membersOf(item, 'A suppression', complain)) {
      const value = member.value?.kind === 'scalar' ? member.value.value : undefined;
      if (!suppressionKeys.includes(member.key)) complain(unknownKey(member.key, suppressionKeys), member);
      else if (typeof value === 'string') found[member.key] = value;
      else if (member.value) complain(`"${member.key}" must be a text.`, member.value);
    }
    const { rule, table, reason } = found;
    if (rule !== undefined)
      return [{ rule, ...(table === undefined ? {} : { table }), ...(reason === undefined ? {} : { reason }) }];
    if (item.kind === 'object') complain('A suppression must name its "rule".', item);
    return [];
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  return `There is no setting "${key}"${nearest(key, known) || `; known are ${known.map((each) => `"${each}"`).join(', ')}`}.`;
}

/** The known word that at most two edits make of what was written. */
function nearest(written: unknown, known: readonly string[]): string {
  if (typeof written !== 'string') return '';
  const best = known
    .map((word) => ({ word, distance: editDistance(written.toLowerCase(), word) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= 2 ? ` (did you mean "${best.word}"?)` : '';
}

/** Levenshtein; words are short. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (next[j - 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
