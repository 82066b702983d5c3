/** Associations → the relations of the schema model. */
import type { Relation } from '../../schema/model.ts';
import type { Association, AssociationKind, Model } from './model.ts';

const kinds: Readonly<Record<AssociationKind, Relation['kind']>> = {
  belongsTo: 'many-to-one',
  hasOne: 'one-to-one',
  hasMany: 'one-to-many',
  belongsToMany: 'many-to-many',
};

export function relationsOf(model: Model): readonly Relation[] {
  return model.associations.map((association): Relation => {
    const { kind, target, as, foreignKey, through, at } = association;
    const inverse = inverseOf(association);
    const attribute = model.attributes.get(foreignKey);
    const isOwner = kind === 'belongsTo' || (kind === 'belongsToMany' && isFirst(association, inverse));
    return {
      property: as,
      kind:
        kind === 'belongsTo' && (inverse?.kind === 'hasOne' || attribute?.unique === true) ? 'one-to-one' : kinds[kind],
      target: target.tableName,
      targetNamespace: target.schema,
      owner: isOwner,
      columns: kind === 'belongsTo' ? [attribute?.field ?? foreignKey] : [],
      inverse: inverse?.as ?? null,
      joinTable: through?.tableName ?? null,
      nullable: kind === 'belongsTo' ? attribute?.allowNull !== false : kind === 'hasOne',
      fetch: 'explicit',
      cascade: [],
      at,
    };
  });
}

/** What the target declares over the same key. */
function inverseOf({ kind, source, target, foreignKey, through }: Association): Association | undefined {
  return target.associations.find((each) => {
    if (each.target !== source) return false;
    if (kind === 'belongsToMany') return each.kind === kind && each.through === through && each.otherKey === foreignKey;
    const isOther =
      kind === 'belongsTo' ? each.kind === 'hasOne' || each.kind === 'hasMany' : each.kind === 'belongsTo';
    return isOther && each.foreignKey === foreignKey;
  });
}

/** Of two sides that share a join table the one that was declared first owns it. */
function isFirst({ at }: Association, inverse: Association | undefined): boolean {
  if (!inverse) return true;
  return at.file !== inverse.at.file ? at.file < inverse.at.file : at.line <= inverse.at.line;
}
