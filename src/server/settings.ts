/** Settings as an editor sends them: anything may be missing or of a wrong type, so each value is taken only if it fits. */
import type { RuleSetting } from '../core/lint/rule.ts';
import type { ServerOptions, ServerSettings } from '../protocol/server.ts';

export const defaultSettings: ServerSettings = {
  rules: {},
  exclude: [],
  maxFileSizeKb: 1024,
  codeLens: { enabled: true },
};

const ruleSettings: readonly string[] = ['off', 'info', 'warning', 'error'] satisfies RuleSetting[];

/**
 * @param section the editor's section `dataEngineer`
 * @param filesExclude the editor's `files.exclude`: glob → boolean, or `{ when }` for a sibling condition, which is not followed
 */
export function readSettings(section: unknown, filesExclude: unknown): ServerSettings {
  const values = record(section);
  const rules = Object.entries(record(values.rules)).filter((entry): entry is [string, RuleSetting] =>
    isRuleSetting(entry[1]),
  );
  const hidden = Object.entries(record(filesExclude))
    .filter(([, value]) => value === true)
    .flatMap(([glob]) => ignorePatterns(glob));
  const size = values.maxFileSizeKb;
  const lens = record(values.codeLens).enabled;
  return {
    rules: Object.fromEntries(rules),
    exclude: [...strings(values.exclude), ...hidden],
    maxFileSizeKb: typeof size === 'number' && size > 0 ? size : defaultSettings.maxFileSizeKb,
    codeLens: { enabled: typeof lens === 'boolean' ? lens : defaultSettings.codeLens.enabled },
  };
}

/** `initializationOptions` over the defaults of the program that runs the server. */
export function readOptions(value: unknown, defaults: ServerOptions): ServerOptions {
  const values = record(value);
  const text = (name: 'cacheDirectory' | 'ruleUri'): string | null => {
    const given = values[name];
    return typeof given === 'string' || given === null ? given : defaults[name];
  };
  const l10n = Object.entries(record(values.l10n)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    cacheDirectory: text('cacheDirectory'),
    wasmDirectory: typeof values.wasmDirectory === 'string' ? values.wasmDirectory : defaults.wasmDirectory,
    trusted: typeof values.trusted === 'boolean' ? values.trusted : defaults.trusted,
    l10n: l10n.length > 0 ? Object.fromEntries(l10n) : defaults.l10n,
    ruleUri: text('ruleUri'),
  };
}

/**
 * A glob of VS Code as patterns of `.gitignore`, which know no braces, and which a name without a slash matches at any depth
 * (VS Code: at the root only).
 */
export function ignorePatterns(glob: string): string[] {
  const braces = /^(.*?)\{([^{}]*)\}(.*)$/.exec(glob);
  if (braces) {
    const [, before = '', choices = '', after = ''] = braces;
    return choices.split(',').flatMap((choice) => ignorePatterns(`${before}${choice}${after}`));
  }
  return [glob.startsWith('**/') || glob.startsWith('/') ? glob : `/${glob}`];
}

function isRuleSetting(value: unknown): value is RuleSetting {
  return typeof value === 'string' && ruleSettings.includes(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
