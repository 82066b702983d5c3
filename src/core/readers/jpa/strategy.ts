/** How names and types are made in a project, from all that its files say of it. */
import type { Dialect } from '../../schema/model.ts';
import type { Fragment, LinkContext } from '../reader.ts';
import type { JavaWorld } from '../shared/java/world.ts';
import type { JpaMappings, Settings } from './mappings.ts';
import type { Naming } from './naming.ts';

export interface MappingStrategy {
  readonly naming: Naming;
  readonly dialect: Dialect | null;
  readonly hibernate: 5 | 6;
  readonly defaultSchema: string | null;
}

export function strategyOf(
  fragments: readonly Fragment<JpaMappings>[],
  world: JavaWorld,
  context: LinkContext,
): MappingStrategy {
  const settings = fragments
    .flatMap(({ mappings }) => mappings.settings ?? [])
    .toSorted((a, b) => Number(a.secondary) - Number(b.secondary));
  const first = <Key extends keyof Settings>(key: Key): Settings[Key] | null =>
    settings.map((each) => each[key]).find((value) => value !== null && value !== false) ?? null;
  const ofSources =
    context.dataSources.map(({ namingStrategy }) => namingStrategy).find((name) => name !== null) ?? null;
  const stated = first('physicalStrategy') ?? ofSources;
  const implicit = first('implicitStrategy');
  const springBoot =
    settings.some((each) => each.springBoot) ||
    ofSources === 'CamelCaseToUnderscoresNamingStrategy' ||
    importsSpringBoot(world);
  const dialect =
    context.dialect ?? first('dialect') ?? context.dataSources.find((each) => each.dialect !== null)?.dialect ?? null;
  const simple = stated?.slice(stated.lastIndexOf('.') + 1);
  const own = settings.find(({ strategy }) => strategy && strategy.name === simple)?.strategy;
  const physical = own ?? { ...physicalOf(stated, springBoot, world), stripsColumns: false };
  return {
    naming: {
      snake: physical.snake,
      letters: physical.letters,
      stripsColumns: physical.stripsColumns,
      joinTablesByProperty: implicit === null ? springBoot : implicit.includes('SpringImplicit'),
      dialect,
      quoted: settings.some(({ quoted }) => quoted),
    },
    dialect,
    hibernate: hibernateOf(first('hibernate'), world),
    defaultSchema: first('defaultSchema'),
  };
}

function importsSpringBoot(world: JavaWorld): boolean {
  return world.classes.some(
    ({ declaration, file }) =>
      declaration.annotations.some(({ name }) => name === 'SpringBootApplication') ||
      file.imports.some(({ name }) => name.startsWith('org.springframework.boot.')),
  );
}

/** Known strategies by name; those of the project by what they do with names, as far as that shows. */
function physicalOf(stated: string | null, springBoot: boolean, world: JavaWorld): Pick<Naming, 'snake' | 'letters'> {
  if (stated === null) return { snake: springBoot, letters: null };
  const simple = stated.slice(stated.lastIndexOf('.') + 1);
  if (/^(?:CamelCaseToUnderscores|SpringPhysical|ImprovedNaming|.*(?:Snake|Underscore))/iu.test(simple))
    return { snake: true, letters: null };
  if (simple.startsWith('PhysicalNamingStrategyStandard')) return { snake: false, letters: null };
  const own = world.classes.find(({ qualified, declaration }) => qualified === stated || declaration.name === simple);
  const base = own?.declaration.extends?.name ?? '';
  const snake = /CamelCaseToUnderscores|SpringPhysical|ImprovedNaming/u.test(base);
  // Whatever a class of the project does, it seldom keeps the case: names are shown in small letters if its name says so.
  return { snake, letters: /upper/iu.test(simple) ? 'upper' : /lower/iu.test(simple) ? 'lower' : null };
}

/** As a manifest states; else by the package names, which changed with Hibernate 6. */
function hibernateOf(stated: number | null, world: JavaWorld): 5 | 6 {
  if (stated !== null) return stated >= 6 ? 6 : 5;
  let javax = 0;
  let jakarta = 0;
  for (const { file } of world.classes) {
    if (file.imports.some(({ name }) => name.startsWith('jakarta.persistence'))) jakarta++;
    else if (file.imports.some(({ name }) => name.startsWith('javax.persistence'))) javax++;
  }
  return javax > jakarta ? 5 : 6;
}
