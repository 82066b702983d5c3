/** What a prompt must never hold: values of `.env` files wherever they turn up again, and whatever looks like a credential. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { redact } from '../tools/redact.ts';

const hidden = '***';
const secretWord =
  '(?:password|passwd|passphrase|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|credential|auth[-_ ]?key)s?';

/** In source and comments, where more is said of a secret than in a connection string. */
const patterns: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // `password: 'x'`, `apiKey = "x"`, `"client_secret": "x"`; the name of a column (`name: 'token'`) is none.
  [
    new RegExp(`([\\w$-]*${secretWord}[\\w$-]*["'\`]?\\s*[:=]\\s*)(["'\`])(?:(?!\\2)[^\\\\\\n]|\\\\.)+\\2`, 'giu'),
    `$1$2${hidden}$2`,
  ],
  // `DB_PASSWORD=x` of environment files and shells.
  [
    /\b([A-Z][A-Z0-9_]*(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|KEY|CREDENTIALS?|DSN)[A-Z0-9_]*\s*=\s*)(?!\s*(?:process|import)\b)[^\s;,)]+/gu,
    `$1${hidden}`,
  ],
  // `the password is x`, `token: x`, but no type: `password: string`.
  [
    new RegExp(
      `\\b(${secretWord}\\s*(?:\\bis\\b|:|=)\\s*)(?!["'\`]?(?:string|number|boolean|null|undefined|true|false|unknown|any|text|uuid|required|optional|hash(?:ed)?|never|not|a|an|the|stored|kept|encrypted|bound)\\b)(?=[^\\s;,)]*[\\d!@#$%^&*+/=_-])[^\\s;,)]{4,}`,
      'giu',
    ),
    `$1${hidden}`,
  ],
  // JSON Web Tokens (RFC 7519): two JSON objects begin with `{"` each.
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/gu, hidden],
  // Keys of services: OpenAI, Anthropic, Google, npm, GitLab, SendGrid.
  [
    /\b(?:sk-[\w-]{20,}|AIza[\w-]{30,}|npm_\w{30,}|glpat-[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|github_pat_\w{30,})/gu,
    hidden,
  ],
];

/** Of three kinds of signs and long: random rather than written. Names of constraints are of one kind of letters and digits. */
const randomWord = /(?<![\w/+=-])[A-Za-z0-9+_-]{32,}={0,2}(?![\w/+=-])/gu;

function looksRandom(word: string): boolean {
  const isName = /^(?:[A-Z]{2,5}_)?[0-9a-f]+$/u.test(word) || /^[A-Za-z]+(?:[_-][A-Za-z]+)*[_-]?\d{0,13}$/u.test(word);
  const digits = word.replace(/\D/gu, '').length;
  return !isName && /[a-z]/u.test(word) && /[A-Z]/u.test(word) && digits >= 4;
}

/** @param known values of the workspace's environment files, longest first */
export function withoutSecrets(text: string, known: readonly string[]): string {
  let clean = redact(text);
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  clean = clean.replace(randomWord, (word) => (looksRandom(word) ? hidden : word));
  for (const value of known) clean = clean.replaceAll(value, hidden);
  return clean;
}

/** Of JSON or Markdown that is finished already: only known values, so that the form stays whole. */
export function withoutKnown(text: string, known: readonly string[]): string {
  return known
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .reduce((clean, value) => clean.replaceAll(value, hidden), text);
}

/** Values shorter than this are words of the language: hiding `true` or `5432` everywhere would hide the schema. */
const shortestValue = 8;
const plainValue =
  /^(?:true|false|null|localhost|development|production|staging|postgres(?:ql)?|\d+(?:\.\d+)*|(?:\d{1,3}\.){3}\d{1,3})$/iu;

/** Values in `.env` and its kin, longest first. An example file holds none that count. */
export async function environmentSecrets(folders: readonly string[]): Promise<readonly string[]> {
  const values = new Set<string>();
  for (const folder of new Set(folders)) {
    const names = await readdir(folder).catch((): string[] => []);
    for (const name of names.filter((each) => isEnvironmentFile(each) && !/example|sample|template/iu.test(each))) {
      const text = await readFile(join(folder, name), 'utf8').catch(() => '');
      for (const value of valuesIn(text.slice(0, 200_000))) values.add(value);
    }
  }
  return [...values].sort((a, b) => b.length - a.length);
}

export function isEnvironmentFile(name: string): boolean {
  return /^\.env(?:\..+|rc)?$|\.env$/iu.test(name);
}

function valuesIn(text: string): readonly string[] {
  return text.split(/\r?\n/u).flatMap((line) => {
    const [, key = '', raw = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*?)\s*$/u.exec(line) ?? [];
    const value = raw.replace(/^(["'])(.*)\1$/u, '$2').replace(/\s+#.*$/u, '');
    const isSecret = new RegExp(`${secretWord}|dsn|url|uri|connection|key|salt|pass`, 'iu').test(key);
    const inUrl = /:\/\/[^\s/:@]+:([^\s/@]+)@/u.exec(value)?.[1];
    const found = [
      ...(isSecret && value.length >= shortestValue && !plainValue.test(value) ? [value] : []),
      ...(inUrl !== undefined && inUrl.length >= 4 ? [inUrl] : []),
    ];
    return found;
  });
}
