import type { NamedFile, PropertyPlan } from '../shared/entityPlan.ts';
import type { Imports } from '../shared/imports.ts';

const plain = new Set(['string', 'number', 'boolean', 'Date', 'unknown']);

/** Type of a property in a DTO, without null. What only the entity's file can name is taken from the entity. */
export function typeOf(property: PropertyPlan, imports: Imports, owner: NamedFile): string {
  const suffix = property.array ? '[]' : '';
  if (property.embedded) {
    imports.useFile(property.embedded.dto.path, property.embedded.dto.name);
    return property.embedded.dto.name + suffix;
  }
  if (plain.has(property.type) || property.kind === 'reference') return property.type + suffix;
  if (property.enum) {
    imports.useFile(property.enum.path, property.enum.name);
    return property.enum.name + suffix;
  }
  imports.useFileType(owner.path, owner.name);
  const declared = `${owner.name}['${property.property}']`;
  return property.nullable ? `NonNullable<${declared}>` : declared;
}

/** `unknown` holds null already. */
export function nullSuffix({ nullable, type }: PropertyPlan): string {
  return nullable && type !== 'unknown' ? ' | null' : '';
}
