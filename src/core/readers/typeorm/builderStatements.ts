/** The calls of a query builder that say what kind of statement it is, and on what. */
import { stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';
import type { Builder } from './builderState.ts';
import { entityOfArgument } from './receivers.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { isKey, keyFilter } from './where.ts';
import { addWrites } from './writes.ts';

function setEntity(node: Syn | undefined, alias: Syn | undefined, builder: Builder, scope: Scope): void {
  if (!node) return;
  const entity = entityOfArgument(node, scope);
  const name =
    stringValue(alias, scope.text) ?? (alias ? scope.constantOf(scope.text.slice(alias.start, alias.end)) : null);
  if (entity !== null && builder.draft.entity === null) builder.draft.entity = entity;
  if (name !== null) builder.aliases.set(name, builder.draft.entity === entity || entity === null ? '' : `${entity}.`);
}

/** Unknown methods leave the query as it is. */
export function applyStatement(link: Link, builder: Builder, scope: Scope): void {
  const { draft } = builder;
  const [first, second] = link.args;
  switch (link.name) {
    case 'from':
    case 'into':
      setEntity(first, second, builder, scope);
      break;
    case 'addFrom':
      if (first && second) {
        const alias = stringValue(second, scope.text);
        const entity = entityOfArgument(first, scope);
        if (alias !== null && entity !== null) builder.aliases.set(alias, `${entity}.`);
      }
      break;
    case 'insert':
      draft.operation = 'insert';
      break;
    case 'update': {
      draft.operation = 'update';
      const entity = first && unwrap(first).type !== 'object' ? first : undefined;
      setEntity(entity, undefined, builder, scope);
      addWrites(entity ? second : first, draft, scope);
      break;
    }
    case 'delete':
      draft.operation = 'delete';
      break;
    case 'softDelete':
    case 'restore':
      draft.operation = 'update';
      break;
    case 'set':
    case 'values':
      if (draft.operation === 'insert' || draft.operation === 'update' || draft.operation === 'upsert')
        addWrites(first, draft, scope);
      break;
    case 'orUpdate':
    case 'onConflict':
      draft.operation = 'upsert';
      break;
    case 'relation':
      draft.operation = 'load';
      if (second) setEntity(first, undefined, builder, scope);
      for (const node of link.args.slice(-1)) {
        const path = stringValue(node, scope.text);
        if (path !== null) draft.loads.push({ path, at: scope.lines.range(node.start, node.end) });
      }
      break;
    case 'of':
      if (first && isKey(first, scope)) keyFilter(first, draft, scope, false);
      break;
  }
}
