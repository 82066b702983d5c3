import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { Style } from './style.ts';
import type { ClassDeclaration, SchemaDeclaration } from './declaration.ts';

/** A file with the entity in it that is to be changed. */
export interface EntitySource {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly style: Style;
  readonly declaration: ClassDeclaration | SchemaDeclaration;
}
