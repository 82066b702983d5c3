/**
 * ASP.NET Core Identity: the classes of its store and what `IdentityDbContext.OnModelCreating` makes of them
 * (Microsoft.AspNetCore.Identity.EntityFrameworkCore, IdentityUserContext.cs and IdentityDbContext.cs). They come from a package, so
 * their sources are no part of the project.
 */
import type { SourceRange } from '../../schema/source.ts';
import type { PropertyDeclaration, TypeDeclaration } from '../shared/csharp/declarations.ts';
import type { CsFile } from '../shared/csharp/project.ts';
import { argumentsFor } from '../shared/csharp/project.ts';
import { parseType, plainType, simpleName } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import type { Building } from './building.ts';
import { settingsOf } from './model.ts';
import type { EntityType } from './model.ts';
import { newRelation } from './relationBuilders.ts';

const nowhere: SourceRange = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Members as `Name:Type`. */
const classes: Readonly<Record<string, string>> = {
  'IdentityUser<TKey>':
    'Id:TKey UserName:string? NormalizedUserName:string? Email:string? NormalizedEmail:string? EmailConfirmed:bool PasswordHash:string? SecurityStamp:string? ConcurrencyStamp:string? PhoneNumber:string? PhoneNumberConfirmed:bool TwoFactorEnabled:bool LockoutEnd:DateTimeOffset? LockoutEnabled:bool AccessFailedCount:int',
  'IdentityUser : IdentityUser<string>': '',
  'IdentityRole<TKey>': 'Id:TKey Name:string? NormalizedName:string? ConcurrencyStamp:string?',
  'IdentityRole : IdentityRole<string>': '',
  'IdentityUserClaim<TKey>': 'Id:int UserId:TKey ClaimType:string? ClaimValue:string?',
  'IdentityRoleClaim<TKey>': 'Id:int RoleId:TKey ClaimType:string? ClaimValue:string?',
  'IdentityUserLogin<TKey>': 'LoginProvider:string ProviderKey:string ProviderDisplayName:string? UserId:TKey',
  'IdentityUserToken<TKey>': 'UserId:TKey LoginProvider:string Name:string Value:string?',
  'IdentityUserRole<TKey>': 'UserId:TKey RoleId:TKey',
};

/** The classes as if they were declared in the project. */
export const identityFile: CsFile = {
  file: '',
  declarations: { usings: [], types: Object.entries(classes).map(([head, members]) => declare(head, members)) },
};

function declare(head: string, members: string): TypeDeclaration {
  const [own = '', base] = head.split(' : ');
  const type = parseType(own) ?? plainType(own);
  return {
    kind: 'class',
    name: type.name,
    namespace: 'Microsoft.AspNetCore.Identity',
    outer: [],
    typeParameters: type.args.map(({ name }) => name),
    bases: base === undefined ? [] : [parseType(base) ?? plainType(base)],
    abstract: false,
    static: false,
    nullable: true,
    attributes: [],
    properties: members === '' ? [] : members.split(' ').map(member),
    fields: [],
    methods: [],
    values: [],
    at: nowhere,
  };
}

function member(text: string): PropertyDeclaration {
  const [name = '', type = ''] = text.split(':');
  return {
    name,
    type: parseType(type) ?? plainType(type),
    attributes: [],
    public: true,
    static: false,
    virtual: true,
    writable: true,
    computed: false,
    hidden: false,
    nullable: true,
    initial: null,
    at: nowhere,
  };
}

const contextName =
  /^(?:IdentityDbContext|IdentityUserContext|ApiAuthorizationDbContext|KeyApiAuthorizationDbContext)$/u;

/** The base of a context that brings the tables of Identity; null = it has none. */
export function identityBase({ project, context }: Building): TypeRef | null {
  for (const link of project.chain(context))
    for (const base of project.basesOf(link.info, link.args)) if (contextName.test(simpleName(base))) return base;
  return null;
}

/** Adds what `base.OnModelCreating(builder)` of Identity adds. */
export function addIdentity(building: Building): boolean {
  const base = identityBase(building);
  if (!base) return false;
  const { context } = building;
  const at = context.parts[0]?.at ?? nowhere;
  const name = simpleName(base);
  const [userType, second, third] = base.args;
  const isLong = base.args.length >= 5;
  const user = userType ?? plainType('IdentityUser');
  const withRoles = name !== 'IdentityUserContext';
  const role =
    withRoles && name !== 'ApiAuthorizationDbContext'
      ? (second ?? plainType('IdentityRole'))
      : plainType('IdentityRole');
  const key = (withRoles ? third : second) ?? keyOf(user, building) ?? plainType('string');
  const given = (index: number, type: string): TypeRef =>
    (isLong ? base.args[index] : undefined) ?? plainType(type, [key]);
  const entity = (type: TypeRef, table: string): EntityType => {
    const found = building.entity(type, at, true);
    if (!found) throw new Error('an entity of Identity is always made');
    found.table ??= { name: table, schema: undefined, kind: 'table', excluded: false };
    return found;
  };
  const keyed = (target: EntityType, ...properties: readonly string[]): void => {
    target.key ??= { properties, at: target.at };
  };
  const length = (target: EntityType, maxLength: number, ...properties: readonly string[]): void => {
    for (const property of properties) settingsOf(target, property).maxLength ??= maxLength;
  };
  const refers = (from: EntityType, to: EntityType, property: string): void => {
    const relation = newRelation(to, from, null, true, building, from.at);
    relation.inverseMany = false;
    relation.foreignKey = [property];
    relation.required = true;
  };
  const users = entity(user, 'AspNetUsers');
  keyed(users, 'Id');
  length(users, 256, 'UserName', 'NormalizedUserName', 'Email', 'NormalizedEmail');
  settingsOf(users, 'ConcurrencyStamp').concurrency = true;
  index(users, 'NormalizedUserName', 'UserNameIndex', true);
  index(users, 'NormalizedEmail', 'EmailIndex', false);
  const offset = withRoles ? 3 : 2;
  const claims = entity(given(offset, 'IdentityUserClaim'), 'AspNetUserClaims');
  keyed(claims, 'Id');
  refers(claims, users, 'UserId');
  const logins = entity(given(withRoles ? 5 : 3, 'IdentityUserLogin'), 'AspNetUserLogins');
  keyed(logins, 'LoginProvider', 'ProviderKey');
  refers(logins, users, 'UserId');
  const tokens = entity(given(withRoles ? 7 : 4, 'IdentityUserToken'), 'AspNetUserTokens');
  keyed(tokens, 'UserId', 'LoginProvider', 'Name');
  refers(tokens, users, 'UserId');
  // Pages of the default user interface keep to 128 since ASP.NET Core 3; plain contexts do not bound them.
  if (!withRoles) return true;
  const roles = entity(role, 'AspNetRoles');
  keyed(roles, 'Id');
  length(roles, 256, 'Name', 'NormalizedName');
  settingsOf(roles, 'ConcurrencyStamp').concurrency = true;
  index(roles, 'NormalizedName', 'RoleNameIndex', true);
  const roleClaims = entity(given(6, 'IdentityRoleClaim'), 'AspNetRoleClaims');
  keyed(roleClaims, 'Id');
  refers(roleClaims, roles, 'RoleId');
  const userRoles = entity(given(4, 'IdentityUserRole'), 'AspNetUserRoles');
  keyed(userRoles, 'UserId', 'RoleId');
  refers(userRoles, users, 'UserId');
  refers(userRoles, roles, 'RoleId');
  return true;
}

function index(entity: EntityType, property: string, name: string, unique: boolean): void {
  if (entity.indexes.some((each) => each.name === name)) return;
  entity.indexes.push({ properties: [property], name, unique, by: 'orm', at: entity.at });
}

/** Type of the key, by what the user class derives from. */
function keyOf(user: TypeRef, { project, context }: Building): TypeRef | null {
  const info = project.resolve(user, context);
  if (!info) return null;
  for (const link of project.chain(info, argumentsFor(info, user))) {
    const key = link.info.name === 'IdentityUser' ? link.args.get('TKey') : undefined;
    if (key) return key;
  }
  return null;
}
