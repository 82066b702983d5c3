/** Sequelize's own ways with names (`lib/utils.js` of 6.37), by the library it uses. */
import inflection from 'inflection';

export function pluralize(name: string): string {
  return inflection.pluralize(name);
}

export function singularize(name: string): string {
  return inflection.singularize(name);
}

export function underscore(name: string): string {
  return inflection.underscore(name);
}

export function underscoredIf(name: string, condition: boolean): string {
  return condition ? underscore(name) : name;
}

export function camelize(name: string): string {
  return name.trim().replace(/[-_\s]+(.)?/g, (_, char: string | undefined) => (char ?? '').toUpperCase());
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
