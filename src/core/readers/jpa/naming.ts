/**
 * Names that Hibernate makes where the source states none, and what it makes of those that are stated. Implicit names: JPA 3.1 §11.1 as
 * `ImplicitNamingStrategyJpaCompliantImpl` has them, and `SpringImplicitNamingStrategy`, which differs in join tables. Physical names:
 * `PhysicalNamingStrategyStandardImpl` and `CamelCaseToUnderscoresNamingStrategy`, the default of Spring Boot.
 */
import type { Dialect } from '../../schema/model.ts';

export interface Naming {
  /** Camel case becomes snake case, as in Spring Boot. */
  readonly snake: boolean;
  /** A strategy of the project that puts names into lower or upper case. */
  readonly letters: 'lower' | 'upper' | null;
  /** A strategy of the project takes underscores out of the names of columns. */
  readonly stripsColumns: boolean;
  /** Join tables are called by the property (Spring) rather than by the other table (JPA). */
  readonly joinTablesByProperty: boolean;
  readonly dialect: Dialect | null;
  /** `hibernate.globally_quoted_identifiers` */
  readonly quoted: boolean;
}

/** Name in the database of a name as written (or made by an implicit rule): quotes taken off, case as the engine keeps it. */
export function physicalName(written: string, naming: Naming): string {
  const quoted = /^(?:`[\s\S]*`|"[\s\S]*"|\[[\s\S]*\])$/u.test(written);
  const plain = quoted ? written.slice(1, -1) : written;
  let name = naming.snake ? snakeCase(plain) : plain;
  if (naming.letters !== null) name = naming.letters === 'lower' ? name.toLowerCase() : name.toUpperCase();
  return quoted || naming.quoted ? name : folded(name, naming.dialect);
}

/** PostgreSQL keeps names that are not quoted in lower case. */
function folded(name: string, dialect: Dialect | null): string {
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? name.toLowerCase() : name;
}

/** `CamelCaseToUnderscoresNamingStrategy`: an underscore where a capital stands between small letters; the last character never has one. */
export function snakeCase(name: string): string {
  const text = name.replaceAll('.', '_');
  let result = text.charAt(0);
  for (let at = 1; at < text.length; at++) {
    const [before, current, after] = [text.charAt(at - 1), text.charAt(at), text.charAt(at + 1)];
    if (at < text.length - 1 && isLower(before) && isUpper(current) && isLower(after)) result += '_';
    result += current;
  }
  return result.toLowerCase();
}

/** Digits are no letters: `address2Line` stays in one piece. */
function isLower(char: string): boolean {
  return /\p{Ll}/u.test(char);
}

function isUpper(char: string): boolean {
  return /\p{Lu}/u.test(char);
}
