/** Value classes of Kotlin: what is of such a type is compiled to what it wraps, so that Hibernate never sees the class. */
import type { JavaFile, JavaType } from '../shared/java/model.ts';
import { createWorld } from '../shared/java/world.ts';
import type { KnownClass } from '../shared/java/world.ts';

export interface PlacedFile {
  readonly path: string;
  readonly java: JavaFile;
}

/** The same files, with `long` for `OrderId` of `@JvmInline value class OrderId(val value: Long)`; the files themselves where there are no such classes. */
export function withoutValueClasses(files: readonly PlacedFile[]): readonly PlacedFile[] {
  if (!files.some(({ java }) => java.classes.some(({ wraps }) => wraps !== undefined))) return files;
  const world = createWorld(files);
  const unwrapped = (type: JavaType, from: KnownClass): JavaType =>
    world.resolve(type.name, from)?.declaration.wraps ?? type;
  const known = new Map(world.classes.map((each) => [each.declaration, each]));
  return files.map(({ path, java }) => ({
    path,
    java: {
      ...java,
      classes: java.classes.map((declaration) => {
        const from = known.get(declaration);
        if (!from) return declaration;
        return {
          ...declaration,
          fields: declaration.fields.map((field) => ({ ...field, type: unwrapped(field.type, from) })),
          methods: declaration.methods.map((method) => ({ ...method, type: unwrapped(method.type, from) })),
        };
      }),
    },
  }));
}
