/** What a model's method is called on, for ORMs whose classes are their own repositories: a path that linking can look up. */
import type { Outline } from './outline.ts';
import type { Scope } from './scope.ts';
import type { Chain } from './syn.ts';

export interface ModelReceiver {
  /** `User`, `models.User`; of a field that a model is injected into the model. */
  readonly path: string;
  /** It holds a row, not the model: `user.save()`. */
  readonly isInstance: boolean;
}

/** Calls that give the model again, with other defaults: `User.scope('active').findAll()`. */
const passing = new Set(['scope', 'unscoped', 'schema', 'withScope', 'withoutScope', 'withSchema', 'bind']);
const plainPath = /^(?:this\.)?[A-Za-z_$][\w$]*(?:[!?]?\.[A-Za-z_$][\w$]*)*[!?]?\s*(?:as\s+[\w.<> ]+)?;?\s*$/;

/** Receiver of the link at `until`; null where it is no path. `queried` tells initializers that give rows. */
export function modelReceiverAt(chain: Chain, until: number, scope: Scope, queried: RegExp): ModelReceiver | null {
  const names: string[] = [];
  const before = chain.links.slice(0, until);
  const offset = chain.root.start;
  if (chain.rootName !== null) names.push(chain.rootName);
  else if (chain.root.type === 'new_expression') {
    const name = /^new\s+([\w$.]+)/.exec(scope.text.slice(chain.root.start, chain.root.end))?.[1];
    return name === undefined ? null : { path: name, isInstance: true };
  }
  for (const link of before) {
    if (link.kind === 'property') names.push(link.name);
    else if (link.name === 'model' && link.args[0]) {
      const name = /^['"`]([^'"`\n]+)['"`]$/.exec(scope.text.slice(link.args[0].start, link.args[0].end))?.[1];
      if (name === undefined) return null;
      names.push(name);
    } else if (link.name === 'getRepository' && link.args[0])
      names.push(scope.text.slice(link.args[0].start, link.args[0].end));
    else if (!passing.has(link.name)) return null;
  }
  const [head, ...rest] = names;
  if (head === undefined) return null;
  if (head === 'this') return ofThis(rest, offset, scope);
  if (rest.length > 0) return { path: names.join('.'), isInstance: false };
  return ofVariable(head, offset, scope, queried, 0);
}

function ofThis(rest: readonly string[], offset: number, scope: Scope): ModelReceiver | null {
  const owner = scope.classAt(offset);
  const [field] = rest;
  if (field === undefined) return owner === null ? null : { path: owner, isInstance: true };
  const type = owner === null ? null : fieldType(owner, field, scope);
  if (type !== null && rest.length === 1) return { path: type, isInstance: false };
  return { path: ['this', ...rest].join('.'), isInstance: false };
}

/** `@InjectModel(User) private users: typeof User`, `private cats: Model<CatDocument>`. */
function fieldType(owner: string, field: string, scope: Scope): string | null {
  const { outline } = scope;
  const parameter = constructorOf(outline, owner)?.parameters.find(({ name }) => name === field);
  const injected = parameter?.decorators.map(injectedModel).find((name) => name !== null) ?? null;
  if (injected !== null) return injected;
  const type =
    parameter?.type ?? scope.facts.fields.find((each) => each.owner === owner && each.name === field)?.type ?? null;
  return type === null ? decoratedField(outline, owner, field) : modelOfType(type);
}

function constructorOf({ classes, functions }: Outline, owner: string): Outline['functions'][number] | undefined {
  const id = classes.findIndex(({ name }) => name === owner);
  return functions.find((each) => each.class === id && each.method && each.name === 'constructor');
}

function injectedModel(decorator: string): string | null {
  const argument = /^(?:[\w$]+\.)?Inject(?:Model)?\(\s*(?:['"`]([\w$.]+)['"`]|([\w$.]+))/.exec(decorator);
  const name = argument?.[1] ?? argument?.[2]?.replace(/\.name$/, '');
  return name === undefined || /(?:TOKEN|PROVIDER|REPOSITORY)$/.test(name) ? null : name;
}

/** `@InjectModel(User) private users` as a field of its own. */
function decoratedField({ classes, fields, text }: Outline, owner: string, name: string): string | null {
  const id = classes.findIndex((each) => each.name === owner);
  for (const span of fields) {
    if (span.class !== id || span.decorators.length === 0) continue;
    const last = Math.max(...span.decorators.map(({ end }) => end));
    if (!new RegExp(`^[\\s\\w]*\\b${name.replace(/\$/g, '\\$')}\\b`).test(text.slice(last, span.end))) continue;
    return (
      span.decorators
        .map(({ name: own, args }) => injectedModel(`${own}(${args ?? ''})`))
        .find((each) => each !== null) ?? null
    );
  }
  return null;
}

/** `typeof User`, `Model<User>`, `ModelType<User>`, `Repository<User>`, `PaginateModel<CatDocument>`. */
export function modelOfType(type: string): string | null {
  const own = /^typeof\s+([\w$.]+)$/.exec(type.trim())?.[1];
  if (own !== undefined) return own;
  const argument =
    /^(?:[\w$]+\.)*\w*(?:Model|Repository|ModelType|ReturnModelType|ModelCtor|ModelStatic)\s*<\s*(?:typeof\s+)?([\w$.]+)/.exec(
      type.trim(),
    )?.[1];
  if (argument !== undefined) return argument;
  return /^[A-Z][\w$]*$/.test(type.trim()) ? type.trim() : null;
}

function ofVariable(name: string, offset: number, scope: Scope, queried: RegExp, depth: number): ModelReceiver | null {
  const declared = scope.declaration(name, offset);
  const initializer = declared?.initializer ?? '';
  const row = queried.exec(initializer)?.[1];
  if (row !== undefined) return { path: row.replace(/^this\./, 'this.'), isInstance: true };
  const made = /^(?:await\s+)?new\s+([A-Z][\w$.]*)\s*\(/.exec(initializer)?.[1];
  if (made !== undefined) return { path: made, isInstance: true };
  const asked = /\.model\(\s*['"`]([^'"`\n]+)['"`]\s*\)/.exec(initializer)?.[1];
  if (asked !== undefined && depth < 4) return { path: asked, isInstance: false };
  if (initializer !== '' && plainPath.test(initializer) && depth < 4) {
    const path = initializer.replace(/\s+as\s[\s\S]*$/, '').replace(/[!?;\s]/g, '');
    if (path.includes('.') && !path.startsWith('this.')) return { path, isInstance: false };
    if (!path.includes('.') && path !== name) return ofVariable(path, offset, scope, queried, depth + 1);
  }
  const type = declared?.type ?? scope.parameter(name, offset)?.type ?? null;
  const model = type === null ? null : modelOfType(type.replace(/\s*\|\s*(?:null|undefined)\b/g, ''));
  if (model !== null) return { path: model, isInstance: !/^typeof\b|Model|Repository/.test(type ?? '') };
  const element = initializer === '' ? elementOf(name, offset, scope) : null;
  if (element !== null) return { path: element, isInstance: true };
  return { path: name, isInstance: /^[a-z_]/.test(name) };
}

/** What gives many rows of a model: `await User.findAll(`, `await this.users.find(`. */
const listed = /^(?:await\s+)?\(?(?:await\s+)?([\w$.]+?)(?:\.(?:scope|unscoped)\([^()]*\))?\s*\.\s*find(?:All)?\s*[<(]/;

/** Model of the rows that a loop goes over: `for (const user of users)`. */
function elementOf(name: string, offset: number, { outline, declaration }: Scope): string | null {
  const loop = outline.loops.findLast(
    ({ start, bodyEnd, variables }) => start <= offset && offset < bodyEnd && variables[0] === name,
  );
  const iterable = loop?.iterable ?? '';
  const source = /^[\w$]+$/.test(iterable) ? (declaration(iterable, loop?.start ?? 0)?.initializer ?? '') : iterable;
  return listed.exec(source)?.[1] ?? null;
}
