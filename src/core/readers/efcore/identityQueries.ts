/** What the managers of ASP.NET Core Identity ask its stores for, each call a query: `userManager.GetRolesAsync(user)`. */
import type { Chain } from '../shared/csharp/chain.ts';
import { plainName } from '../shared/csharp/linq.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';

/** Methods of `UserManager<TUser>` and `RoleManager<TRole>` that read; whether they give one row or many. */
const reads: Readonly<Record<string, 'one' | 'many'>> = {
  FindById: 'one',
  FindByName: 'one',
  FindByEmail: 'one',
  FindByLogin: 'one',
  IsInRole: 'one',
  RoleExists: 'one',
  GetRoles: 'many',
  GetClaims: 'many',
  GetLogins: 'many',
  GetUsersInRole: 'many',
  GetUsersForClaim: 'many',
};

/** Null where the chain is no such call, or the file does not say whom the manager manages. */
export function identityDraft({ root, links }: Chain, text: string): Draft | null {
  const [link, ...others] = links;
  const manager = /(?:^|[._])(user|role)Manager$/iu.exec(root)?.[1]?.toLowerCase();
  const name = link ? plainName(link.name) : '';
  const rows = Object.hasOwn(reads, name) ? reads[name] : undefined;
  if (!link || others.length > 0 || manager === undefined || rows === undefined) return null;
  const managed = new RegExp(`\\b${manager}Manager<([A-Z]\\w*)>`, 'iu').exec(text)?.[1];
  if (managed === undefined) return null;
  const draft = newDraft(link.name, 'select', rows);
  draft.entity = managed;
  // By what it searches is the library's own business, whose tables have the indexes for it.
  draft.complete = false;
  return draft;
}
