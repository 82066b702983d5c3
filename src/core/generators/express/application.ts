/** The file in which the project puts its Express application together, and where routers are mounted there. */
import type { TextEdit } from '../../schema/source.ts';
import { importName } from '../../writers/shared/imports.ts';
import { indentAt, lineEnd, lineStart, styleOf } from '../../writers/shared/style.ts';
import type { FileEdits } from '../generator.ts';
import type { NamedFile } from '../shared/entityPlan.ts';
import { specifierOf } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface Application {
  readonly path: string;
  readonly text: string;
  /** Variable of the application: `app`. */
  readonly variable: string;
  /** What other routers are given, or a data source that is known there; null = none is. */
  readonly dataSource: string | null;
  /** Path that its versioned routes share: `/v1`, `/api/v1`. */
  readonly base: string;
  /** It has a handler of errors. */
  readonly handlesErrors: boolean;
  /** That handler, where it is a function of another file. */
  readonly errorHandler: NamedFile | null;
}

const mount =
  /^[ \t]*(\w+)\.use\(\s*(['"`])(\/[^'"`]*)\2\s*,(?:[^;]*?\b)(\w*(?:[rR]out(?:er|es))\w*)(?:\(([^()]*)\))?\s*\);?/gmu;

/** Null where no file calls `express()`. */
export function findApplication(project: ProjectPlan): Application | null {
  const { files } = project.request;
  const candidates = files.paths.filter(
    (path) => /\.[cm]?ts$/u.test(path) && !/(?:^|\/)(?:tests?|dist)\/|\.(?:test|spec)\./u.test(path),
  );
  for (const path of candidates) {
    const text = files.read(path) ?? '';
    const variable = /\b(?:const|let)\s+(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*express\(\)/u.exec(text)?.[1];
    if (variable === undefined) continue;
    return {
      path,
      text,
      variable,
      dataSource: dataSourceIn(text),
      base: baseOf(text),
      handlesErrors: errorHandlerIn(text, variable) !== null,
      errorHandler: errorHandlerOf(project, path, text, variable),
    };
  }
  return null;
}

function dataSourceIn(text: string): string | null {
  for (const [, , , , , given = ''] of text.matchAll(mount))
    if (/^\w*[dD]ataSource$/u.test(given.trim())) return given.trim();
  return (
    /\b(\w+)\s*:\s*DataSource\b/u.exec(text)?.[1] ??
    /import\s*\{[^}]*\b(\w*[dD]ataSource)\b[^}]*\}\s*from\s*['"]\./u.exec(text)?.[1] ??
    null
  );
}

/** `/v1` beside `/v1/ingestions`, `/api/v1` beside `/api/users`. */
function baseOf(text: string): string {
  const prefixes = [...text.matchAll(mount)].map(([, , , path = '']) => path.slice(0, path.lastIndexOf('/')));
  const prefix = prefixes.find((each) => /\/v\d+$/u.test(each)) ?? prefixes.find((each) => each !== '') ?? '';
  return /\/v\d+$/u.test(prefix) ? prefix : `${prefix}/v1`;
}

/** Offset of the line that mounts the handler of errors: the last middleware, by its name or its four parameters. */
function errorHandlerIn(text: string, variable: string): number | null {
  const uses = [
    ...text.matchAll(
      new RegExp(
        `^[ \\t]*${variable}\\.use\\(\\s*(?:(\\w*(?:[eE]rr|[pP]roblem|[eE]xception)\\w*)(?:\\(\\))?\\s*\\)|\\(\\s*\\w+[^,)]*,[^,)]*,[^,)]*,[^,)]*\\)\\s*(?::\\s*\\w+\\s*)?=>)`,
        'gmu',
      ),
    ),
  ];
  return uses.at(-1)?.index ?? null;
}

function errorHandlerOf(project: ProjectPlan, path: string, text: string, variable: string): NamedFile | null {
  const at = errorHandlerIn(text, variable);
  const name = at === null ? undefined : /\.use\(\s*(\w+)\s*\)/u.exec(text.slice(at))?.[1];
  const from = project.source(path)?.imports.find(({ local, imported }) => local === name && imported === name);
  const [file] = from ? project.resolve(path, from.module) : [];
  return name === undefined || file === undefined ? null : { path: file, name };
}

export interface Mounted {
  readonly router: NamedFile;
  readonly path: string;
  /** File of `problemHandler` and `routeNotFound`. */
  readonly handlers: string;
}

/** Mounts the router behind the others, and the handlers of problems before the project's own; null where no place is to be seen. */
export function mountEdits(project: ProjectPlan, application: Application, mounted: Mounted): FileEdits | null {
  const { path, text, variable, dataSource } = application;
  if (dataSource === null) return null;
  const parsed = project.request.syntax.parse('typescript', text);
  const style = styleOf(text);
  const file = { path, text, root: parsed.root, style };
  const end = style.semicolons ? ';' : '';
  const edits: TextEdit[] = [];
  const named = (name: string, from: string): string => {
    const { reference, edits: added } = importName(file, name, specifierOf(project, path, from), `generated${name}`);
    edits.push(...added);
    return reference;
  };
  const place = placeIn(text, variable);
  if (place !== null && !new RegExp(`\\b${mounted.router.name}\\(`, 'u').test(text)) {
    const { quote } = style;
    const router = named(mounted.router.name, mounted.router.path);
    edits.push(
      place.routes(`${variable}.use(${quote}${mounted.path}${quote}, ${router}(${dataSource}))${end}`, path, style.eol),
    );
    if (!/\bproblemHandler\b/u.test(text)) {
      const notFound = named('routeNotFound', mounted.handlers);
      const handler = named('problemHandler', mounted.handlers);
      const lines = [
        `${variable}.use(${quote}${application.base}${quote}, ${notFound})${end}`,
        `${variable}.use(${handler})${end}`,
      ];
      edits.push(...lines.map((line) => place.handlers(line, path, style.eol)));
    }
  }
  parsed.dispose();
  return place === null ? null : { path, edits: joinImports(edits), label: `Mount ${mounted.router.name} in ${path}` };
}

type Insert = (line: string, file: string, eol: string) => TextEdit;

/** Routers stand behind the last one mounted; handlers before that of errors, else at the end of the application's statements. */
function placeIn(text: string, variable: string): { readonly routes: Insert; readonly handlers: Insert } | null {
  const errors = errorHandlerIn(text, variable);
  const routers = [...text.matchAll(mount)].filter(([, name]) => name === variable);
  const others = [
    ...text.matchAll(
      new RegExp(`^[ \\t]*${variable}\\.(?:use|get|post|set|disable|enable)\\(.*\\)\\s*;?[ \\t]*$`, 'gmu'),
    ),
  ];
  const last = routers.at(-1) ?? others.findLast(({ index }) => errors === null || index < errors);
  const created = new RegExp(`^.*\\b${variable}\\b[^=\\n]*=\\s*express\\(\\).*$`, 'mu').exec(text);
  const after = last ?? created;
  if (!after) return null;
  const routesAt = lineEnd(text, after.index + after[0].trimEnd().length);
  const behind =
    (at: number, sample: number): Insert =>
    (line, file, eol) => ({ file, start: at, end: at, newText: eol + indentAt(text, sample) + line });
  const handlersAt = errors === null ? null : lineStart(text, errors);
  return {
    routes: behind(routesAt, after.index),
    handlers:
      handlersAt === null
        ? behind(routesAt, after.index)
        : (line, file, eol) => ({
            file,
            start: handlersAt,
            end: handlersAt,
            newText: indentAt(text, handlersAt) + line + eol,
          }),
  };
}

/** Two new names of one module: `import { a }` and `import { b }` of the same edit place become one statement. */
function joinImports(edits: readonly TextEdit[]): TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of edits) {
    const statement = /^(\s*import \{ )(\w+)( \} from .*)$/su.exec(edit.newText);
    const at = statement
      ? joined.findIndex(
          (other) =>
            other.start === edit.start &&
            other.newText.endsWith(statement[3] ?? '') &&
            other.newText.startsWith(statement[1] ?? ''),
        )
      : -1;
    const other = joined[at];
    const [, head = '', name = '', tail = ''] = statement ?? [];
    if (!other) joined.push(edit);
    else
      joined[at] = {
        ...other,
        newText: `${head}${[other.newText.slice(head.length, -tail.length), name].toSorted().join(', ')}${tail}`,
      };
  }
  return joined;
}
