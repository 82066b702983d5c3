/**
 * What the designer file beside a migration says of it. It repeats the whole model, so it is long, and only its head counts: it is looked at as text, never parsed.
 */

export interface Designer {
  /** `Shop.Migrations.Initial` */
  readonly className: string;
  /** `20231021004633_FixOrderitemseqSchema` */
  readonly id: string;
  /** As `typeof` names it, without its namespace; null = not stated. */
  readonly context: string | null;
  /** Properties that the model gives a default. */
  readonly defaults: readonly string[];
}

const head = /\[\s*Migration\s*\(\s*@?"([^"\n]+)"\s*\)\s*\]/u;

export function isDesigner(path: string, text: string): boolean {
  return /\.designer\.cs$/iu.test(path) && text.includes('BuildTargetModel');
}

/** Null where it names no migration. */
export function designerOf(text: string): Designer | null {
  const id = head.exec(text)?.[1];
  const className = /\bpartial\s+class\s+(\w+)/u.exec(text)?.[1];
  if (id === undefined || className === undefined) return null;
  const namespace = /^\s*namespace\s+([\w.]+)/mu.exec(text)?.[1];
  const context = /\[\s*DbContext\s*\(\s*typeof\s*\(\s*(?:global::)?([\w.]+)\s*\)/u.exec(text)?.[1];
  const defaults = new Set(
    [...text.matchAll(/\bProperty<[^()\n]+>\(\s*"(\w+)"\s*\)[^;]*?\.HasDefaultValue(?:Sql)?\(/gu)].map(
      ([, name]) => name ?? '',
    ),
  );
  return {
    className: namespace === undefined ? className : `${namespace}.${className}`,
    id,
    context: context === undefined ? null : context.slice(context.lastIndexOf('.') + 1),
    defaults: [...defaults].sort(),
  };
}
