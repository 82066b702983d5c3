/** How a project names and lays things out, told from what most of its tables and files do. */
import type { Schema, Table } from '../schema/model.ts';
import { singular, wordsOf } from '../schema/words.ts';

/** Fewer tables are no custom. */
const fewest = 3;
/** Share of those that must do so. */
const most = 0.8;

/** Sentences in Markdown, for instructions; [] = nothing can be told. */
export function conventionsOf(schema: Schema, root: string): readonly string[] {
  const tables = schema.tables.filter(({ kind }) => kind === 'table');
  return [
    ...(tables.length < fewest
      ? []
      : [...tableNames(tables), ...columnNames(tables), ...keys(tables), ...bookkeeping(tables)]),
    ...places(schema, root),
  ];
}

function tableNames(tables: readonly Table[]): readonly string[] {
  const names = tables.map(({ name }) => name);
  const style = styleOf(names);
  const last = names.map((name) => wordsOf(name).at(-1) ?? '');
  const plural = last.filter((word) => singular(word) !== word).length / last.length;
  const number = plural >= most ? 'in the plural' : plural <= 1 - most ? 'in the singular' : null;
  if (style === null && number === null) return [];
  return [`Tables are named ${[style, number].filter((part) => part !== null).join(', ')}: ${shown(names)}`];
}

function columnNames(tables: readonly Table[]): readonly string[] {
  const names = tables
    .flatMap(({ columns }) => columns.map(({ name }) => name))
    .filter((name) => wordsOf(name).length > 1);
  const style = styleOf(names);
  return style === null ? [] : [`Columns are named ${style}: ${shown([...new Set(names)])}`];
}

function styleOf(names: readonly string[]): string | null {
  const several = names.filter((name) => /[^\p{L}\d]|\p{Ll}\p{Lu}/u.test(name));
  if (several.length < fewest) return null;
  const styles: readonly (readonly [string, RegExp])[] = [
    ['in `snake_case`', /^[a-z\d]+(?:_[a-z\d]+)+$/u],
    ['in `camelCase`', /^[a-z][a-z\d]*(?:[A-Z][a-z\d]*)+$/u],
    ['in `PascalCase`', /^(?:[A-Z][a-z\d]*){2,}$/u],
    ['in `UPPER_CASE`', /^[A-Z\d]+(?:_[A-Z\d]+)+$/u],
  ];
  return (
    styles.find(([, pattern]) => several.filter((name) => pattern.test(name)).length >= several.length * most)?.[0] ??
    null
  );
}

function keys(tables: readonly Table[]): readonly string[] {
  const types = tables.flatMap(({ primaryKey, columns }) => {
    const [only] = primaryKey;
    const key = primaryKey.length === 1 ? columns.find(({ name }) => name === only) : undefined;
    return key ? [`\`${key.name}\`, \`${key.type}\`${key.generated === null ? '' : ', generated'}`] : [];
  });
  const [commonest, count] = commonestOf(types);
  return count >= types.length * most && types.length >= fewest ? [`Primary keys: ${commonest}`] : [];
}

function bookkeeping(tables: readonly Table[]): readonly string[] {
  const columnsWith = (...roles: readonly string[]) =>
    tables.flatMap(({ columns }) => columns.filter(({ role }) => role !== null && roles.includes(role)).slice(0, 1));
  const sentences = [
    ['created-at', 'Tables say when a row was created'],
    ['updated-at', 'Tables say when a row was last changed'],
    ['deleted-at', 'Rows are deleted softly'],
  ] as const;
  return sentences.flatMap(([role, sentence]) => {
    const found = columnsWith(role);
    const [name] = commonestOf(found.map((column) => column.name));
    const enough = role === 'deleted-at' ? fewest : Math.max(fewest, tables.length / 2);
    return found.length >= enough ? [`${sentence}: \`${name}\``] : [];
  });
}

function places(schema: Schema, root: string): readonly string[] {
  const inProject = (file: string): string =>
    root !== '' && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
  const entities = [
    ...new Set(schema.tables.filter(({ entity }) => entity !== null).map(({ at }) => inProject(at.file))),
  ];
  const migrations = schema.code.files
    .filter(({ purpose, migration }) => purpose === 'migration' || migration)
    .map(({ file }) => inProject(file));
  const tests = schema.code.files.filter(({ purpose }) => purpose === 'test').map(({ file }) => inProject(file));
  return [...said('Entities', entities), ...said('Migrations', migrations), ...said('Tests', tests)];
}

function said(what: string, files: readonly string[]): readonly string[] {
  if (files.length === 0) return [];
  if (files.length === 1) return [`${what}: \`${files[0] ?? ''}\``];
  const [ending, alike] = commonestOf(files.map(endingOf));
  const place = placeOf(files.map(folderOf));
  return place === null ? [] : [`${what}: \`${place}${alike >= files.length * most ? `*${ending}` : ''}\``];
}

/** `.entity.ts` of `user.entity.ts`. */
function endingOf(file: string): string {
  return /(?:\.[a-z]+)?\.\w+$/u.exec(file)?.[0] ?? '';
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
}

/** The folder that most are in, or the pattern of folders that differ in one name: `src/<module>/entities/`. */
function placeOf(folders: readonly string[]): string | null {
  const [commonest, count] = commonestOf(folders);
  if (count >= folders.length * most) return commonest;
  const patterns = folders.flatMap((folder) => {
    const parts = folder.split('/').slice(0, -1);
    return parts.map((_, at) => `${[...parts.slice(0, at), '<module>', ...parts.slice(at + 1)].join('/')}/`);
  });
  const [pattern, alike] = commonestOf(patterns);
  if (alike >= folders.length * most) return pattern;
  const [top, inTop] = commonestOf(folders.map((folder) => `${folder.split('/')[0] ?? ''}/`));
  return inTop >= folders.length * most && top !== '/' ? `${top}**/` : null;
}

/** Of equally common ones the first by code units. */
function commonestOf(values: readonly string[]): readonly [string, number] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? ['', 0];
}

function shown(names: readonly string[]): string {
  return names
    .filter((name) => /[^\p{L}\d]|\p{Ll}\p{Lu}/u.test(name))
    .concat(names)
    .filter((name, at, all) => all.indexOf(name) === at)
    .slice(0, 3)
    .map((name) => `\`${name}\``)
    .join(', ');
}
