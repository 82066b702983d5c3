/**
 * What a script is for: it states a schema, or it is one step of a migration folder, as the tools that run them name and mark them. Sources: the manuals of
 * Flyway, Prisma, Diesel, golang-migrate, dbmate, goose, sql-migrate, node-pg-migrate, sqlx, Play Evolutions, MyBatis Migrations, tern, Sqitch, Liquibase.
 */
import { directoryOf } from '../shared/paths.ts';

export interface Script {
  /** `undo` takes back what another script did: it is not run. */
  readonly kind: 'ddl' | 'migration' | 'undo';
  /** Folder whose scripts are run together. */
  readonly group: string;
  /** Numbers of its version, without leading zeros; empty = it has none. */
  readonly version: readonly string[];
  /** Flyway: `baseline` stands for all versions up to its own, `repeatable` comes after all of them. */
  readonly place: 'version' | 'baseline' | 'repeatable';
}

const migrationFolder =
  /^(?:.*[-_.])?(?:migrations?|migrate|flyway|evolutions?|change(?:log|set)s?|upgrades?|updates?|patches|deploy|drizzle|versions?)(?:[-_.].*)?$/i;
const undoName = /(?:^|[._-])(?:down|undo|rollback|revert|downgrade)(?:[._-]|$)/i;
const undoFolder = /^(?:revert|rollbacks?|down|undo)$/i;
const marked =
  /^[ \t]*(?:--[ \t]*(?:migrate:up|\+\s*goose\s+up|\+\s*migrate\s+up|\+\s*micrate\s+up|rambler\s+up|up\s+migration|\/\/@UNDO|liquibase\s+formatted\s+sql)|---- create above \/ drop below ----|(?:#|--)[ \t]*(?:-{1,3}[ \t]*)?!Ups)/im;

export function scriptOf(path: string, text: string): Script {
  const folder = directoryOf(path);
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const folders = folder.split('/');
  const last = folders.at(-1) ?? '';
  const flyway = /^([VBU]?)(\d+(?:[._]\d+)*)__/i.exec(name);
  if (flyway) {
    const kind = (flyway[1] ?? '').toUpperCase();
    return {
      kind: kind === 'U' || undoFolder.test(last) ? 'undo' : 'migration',
      group: groupOf(folders),
      version: numbersOf(flyway[2] ?? ''),
      place: kind === 'B' ? 'baseline' : 'version',
    };
  }
  if (name.startsWith('R__')) return { kind: 'migration', group: groupOf(folders), version: [], place: 'repeatable' };
  const version = versionOf(name);
  // A folder per step: Prisma's `migration.sql`, Diesel's `up.sql` and `down.sql`.
  if (/^(?:migration|up|down)$/i.test(name) && versionOf(last).length > 0)
    return {
      kind: /^down$/i.test(name) ? 'undo' : 'migration',
      group: folders.slice(0, -1).join('/'),
      version: versionOf(last),
      place: 'version',
    };
  const isUndo = undoName.test(name) || undoFolder.test(last);
  const isMigration = marked.test(text) || folders.some((each) => migrationFolder.test(each));
  return {
    kind: isUndo ? 'undo' : isMigration ? 'migration' : 'ddl',
    group: isMigration ? groupOf(folders) : folder,
    version,
    place: 'version',
  };
}

/** The folder of the migrations; a folder per engine or year within it belongs to it. */
function groupOf(folders: readonly string[]): string {
  for (let depth = folders.length; depth > 0; depth--)
    if (migrationFolder.test(folders[depth - 1] ?? '')) return folders.slice(0, depth).join('/');
  return folders.join('/');
}

/** Numbers that a name starts with: `0001_init`, `2024-01-31-users`, `v1.10_x`, `20240131120000_users`. */
function versionOf(name: string): string[] {
  const written = /^[vV]?(\d+(?:[-._]\d+)*)(?=[-_. ]|$)/.exec(name)?.[1] ?? /^[vV]?(\d+)/.exec(name)?.[1];
  return written === undefined ? [] : numbersOf(written);
}

function numbersOf(text: string): string[] {
  return (text.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, ''));
}

/** Numbers of any length, compared as numbers; what has none comes first. */
export function compareVersions(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const x = a[at] ?? '';
    const y = b[at] ?? '';
    if (x !== y) return x.length === y.length ? (x < y ? -1 : 1) : x.length - y.length;
  }
  return 0;
}

const up =
  /^[ \t]*(?:--[ \t]*(?:migrate:up|\+\s*goose\s+up|\+\s*migrate\s+up|\+\s*micrate\s+up|rambler\s+up|up\s+migration|upgrade[ \t]*--)|(?:#|--)[ \t]*-{0,3}[ \t]*!Ups)(?!\w)[^\n]*/i;
const down =
  /^[ \t]*(?:--[ \t]*(?:migrate:down|\+\s*goose\s+down|\+\s*migrate\s+down|\+\s*micrate\s+down|rambler\s+down|down\s+migration|downgrade[ \t]*--|\/\/\s*@UNDO)|---- create above|(?:#|--)[ \t]*-{0,3}[ \t]*!Downs)/i;

/** The text with everything that takes a step back made blank, so that all else keeps its place. */
export function withoutUndo(text: string): string {
  if (!/migrate:down|\bdown(?:grade)?\b|@UNDO|create above|!Downs/i.test(text)) return text;
  let isDown = false;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (up.test(line)) isDown = false;
    else if (down.test(line)) isDown = true;
    // Play's marks start with a hash, which is no comment elsewhere.
    const isMark = /^[ \t]*#[ \t]*-{0,3}[ \t]*!Ups/i.test(line);
    lines.push(isDown || isMark ? line.replace(/[^\r]/g, ' ') : line);
  }
  return lines.join('\n');
}
