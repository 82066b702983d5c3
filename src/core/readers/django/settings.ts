/** Settings of a Django project, over all modules that look like settings. */
import { purposeOf } from '../../schema/filePurpose.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import type { PyValue } from '../shared/python/values.ts';
import { externalPath, isPlain, isSequence } from '../shared/python/values.ts';

export interface Settings {
  /** A setting by its name, of the first module that has it as a literal; undefined = none has. */
  value(name: string): PyValue | undefined;
  readonly text: (name: string) => string | null;
  /** Entries of `INSTALLED_APPS` with the module they stand in. */
  readonly installedApps: readonly { readonly file: string; readonly entry: string }[];
  /** What something is, where it is a setting: `settings.AUTH_USER_MODEL`. */
  resolve(value: PyValue): PyValue;
}

const settingsName = /^django\.conf\.settings\.(\w+)$/;
const telling = /^(?:INSTALLED_APPS|DATABASES|AUTH_USER_MODEL|DEFAULT_AUTO_FIELD|ROOT_URLCONF|SECRET_KEY)$/;

export function isSettings({ statements }: PyModule): boolean {
  return statements.some((each) => each.kind === 'assign' && telling.test(each.target));
}

export function createSettings(evaluator: Evaluator): Settings {
  const files = [...evaluator.graph.files]
    .filter(([, module]) => isSettings(module))
    .map(([file]) => file)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const known = new Map<string, PyValue | undefined>();

  function value(name: string): PyValue | undefined {
    if (!known.has(name)) known.set(name, find(name));
    return known.get(name);
  }

  function find(name: string): PyValue | undefined {
    for (const file of files) {
      const found = evaluator.global(file, name);
      if (found !== undefined && (isPlain(found) || isSequence(found))) return found;
    }
    return undefined;
  }

  const text = (name: string): string | null => {
    const found = value(name);
    return typeof found === 'string' ? found : null;
  };

  return {
    value,
    text,
    installedApps: files.flatMap((file) => appsOf(file, evaluator)),
    resolve(given) {
      const name = settingsName.exec(externalPath(given) ?? '')?.[1];
      if (name === undefined) return given;
      return value(name) ?? (name === 'AUTH_USER_MODEL' ? 'auth.User' : given);
    },
  };
}

/** `INSTALLED_APPS = […]`, `INSTALLED_APPS += […]`, and lists they are put together from (`LOCAL_APPS`). */
function appsOf(file: string, evaluator: Evaluator): readonly { readonly file: string; readonly entry: string }[] {
  const entries = new Set<string>();
  for (const statement of evaluator.graph.files.get(file)?.statements ?? []) {
    if (statement.kind !== 'assign' || !statement.target.endsWith('APPS') || !statement.value) continue;
    const value = evaluator.evaluate(statement.value, evaluator.fileScope(file));
    for (const each of isSequence(value) ? value.items : []) if (typeof each === 'string') entries.add(each);
  }
  return [...entries].map((entry) => ({ file, entry }));
}

/** What the application runs with before what tests and single developers do. */
function rank(file: string): number {
  if (purposeOf(file) === 'test') return 3;
  if (/(?:local|dev|development|ci)\.py$/.test(file)) return 2;
  return /(?:^|\/)(?:base|common|defaults?|settings|__init__)\.py$/.test(file) ? 0 : 1;
}
