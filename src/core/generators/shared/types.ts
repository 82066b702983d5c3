import type { NamedFile, PropertyPlan } from './entityPlan.ts';
import type { Imports } from './imports.ts';

const plain = new Set(['string', 'number', 'boolean', 'Date', 'unknown']);

/** Type of a property in a DTO, without null. */
export function typeOf(property: PropertyPlan, imports: Imports, owner: NamedFile): string {
  if (!property.embedded) return valueType(property, imports, owner);
  imports.useFileType(property.embedded.dto.path, property.embedded.dto.name);
  return property.embedded.dto.name;
}

/** What only the entity's file can name is taken from the entity. */
export function valueType(property: PropertyPlan, imports: Imports, owner: NamedFile): string {
  const suffix = property.array ? '[]' : '';
  if (plain.has(property.type) || property.kind === 'reference') return property.type + suffix;
  if (property.enum) {
    imports.useFileType(property.enum.path, property.enum.name);
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
