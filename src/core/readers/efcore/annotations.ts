/** Data annotations: attributes on entity classes and their properties (learn.microsoft.com/ef/core/modeling). */
import type { AttributeDeclaration } from '../shared/csharp/attributes.ts';
import type { PropertyDeclaration } from '../shared/csharp/declarations.ts';
import type { Expr } from '../shared/csharp/ast.ts';
import type { Frame, Runner } from '../shared/csharp/runner.ts';
import { isKind, nameValue, numberValue, textValue } from '../shared/csharp/values.ts';
import type { Value } from '../shared/csharp/values.ts';
import type { PropertySettings } from './model.ts';

export interface Attributes {
  has(name: string): boolean;
  value(name: string, argument: number | string): Value;
  /** Strings among the arguments of an attribute. */
  texts(name: string): readonly string[];
  readonly all: readonly AttributeDeclaration[];
  evaluate(expr: Expr): Value;
}

export function attributesOf(all: readonly AttributeDeclaration[], runner: Runner, frame: Frame): Attributes {
  const find = (name: string): AttributeDeclaration | undefined => all.find((each) => each.name === name);
  const evaluate = (expr: Expr | undefined): Value => (expr ? runner.evaluate(expr, frame) : undefined);
  return {
    has: (name) => find(name) !== undefined,
    value: (name, argument) => {
      const attribute = find(name);
      return evaluate(typeof argument === 'number' ? attribute?.args[argument] : attribute?.named[argument]);
    },
    texts: (name) => (find(name)?.args ?? []).flatMap((arg) => textValue(evaluate(arg)) ?? []),
    all,
    evaluate,
  };
}

/** What the attributes of a property state of its column. */
export function annotated(property: Pick<PropertyDeclaration, 'at'>, attributes: Attributes): PropertySettings {
  const settings: PropertySettings = { at: property.at };
  const text = (name: string, argument: number | string): string | null => textValue(attributes.value(name, argument));
  const number = (name: string, argument: number | string): number | null =>
    numberValue(attributes.value(name, argument));
  const set = <Key extends keyof PropertySettings>(key: Key, value: PropertySettings[Key] | null): void => {
    if (value !== null && value !== '') settings[key] = value;
  };
  if (attributes.all.length === 0) return settings;
  if (attributes.has('Column')) {
    set('column', text('Column', 0) ?? text('Column', 'name') ?? text('Column', 'Name'));
    set('columnType', text('Column', 'TypeName'));
    set('order', number('Column', 'Order'));
  }
  if (attributes.has('Required')) settings.required = true;
  set('maxLength', number('MaxLength', 0) ?? number('StringLength', 0) ?? number('Length', 1));
  set('precision', number('Precision', 0));
  set('scale', number('Precision', 1));
  if (attributes.has('Unicode')) settings.unicode = attributes.value('Unicode', 0) !== false;
  set('comment', text('Comment', 0));
  if (attributes.has('Timestamp'))
    Object.assign(settings, { rowVersion: true, concurrency: true, generated: 'update' });
  if (attributes.has('ConcurrencyCheck')) settings.concurrency = true;
  const generated = nameValue(attributes.value('DatabaseGenerated', 0));
  if (generated === 'None') settings.generated = 'never';
  else if (generated === 'Identity') settings.generated = 'add';
  else if (generated === 'Computed') settings.generated = 'update';
  return settings;
}

/** Arguments that name types or properties: `nameof(Id)` and strings. */
export function textsOf(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) => textValue(value) ?? (isKind(value, 'named') ? [value.name] : []));
}
