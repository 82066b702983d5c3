/** Parts of classes that projects write in different ways. */
import type { ProjectPlan } from './project.ts';

export interface Dependency {
  readonly name: string;
  readonly type: string;
  readonly decorator: string | null;
}

/** A constructor that keeps what it is given, by parameter properties or by fields. */
export function constructorOf({ style }: ProjectPlan, dependencies: readonly Dependency[]): string {
  const parameter = ({ name, type, decorator }: Dependency, modifier: string): string =>
    `${decorator === null ? '' : `${decorator}\n`}${modifier}${name}: ${type}`;
  if (style.parameterProperties)
    return `constructor(${dependencies.map((each) => parameter(each, 'private readonly ')).join(', ')}) {}`;
  return `${dependencies.map(({ name, type }) => `private readonly ${name}: ${type};`).join('\n')}

constructor(${dependencies.map((each) => parameter(each, '')).join(', ')}) {
${dependencies.map(({ name }) => `this.${name} = ${name};`).join('\n')}
}`;
}
