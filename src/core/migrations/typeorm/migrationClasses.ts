/** The classes that TypeORM takes for migrations, in the order it runs them. What they do is followed by the reader of migrations. */
import { childrenOf } from '../../readers/shared/typescript/nodes.ts';
import type { SourceFile } from '../../readers/reader.ts';
import type { Problem } from '../../schema/source.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import { timeOf } from './tool.ts';

export interface MigrationClass {
  /** As TypeORM lists it in its table of migrations: `AddOrders1712345678901`. */
  readonly name: string;
  /** Milliseconds since 1970: the last 13 digits of the name. */
  readonly timestamp: number;
  readonly file: SourceFile;
}

export interface MigrationClasses {
  /** In the order they run. */
  readonly migrations: readonly MigrationClass[];
  readonly problems: readonly Problem[];
}

/** Cheap look, without parsing. */
export function mayHoldMigration(text: string): boolean {
  return /\bQueryRunner\b|\bMigrationInterface\b|queryRunner\s*\./.test(text) && /\bup\s*\(/.test(text);
}

/** Files must have their grammars loaded. Never throws. */
export function migrationClasses(files: readonly SourceFile[]): MigrationClasses {
  const problems: Problem[] = [];
  const migrations = files
    .filter((file) => mayHoldMigration(file.text))
    .flatMap((file) => migrationsIn(file, problems))
    .sort((a, b) => a.timestamp - b.timestamp || (a.name < b.name ? -1 : 1));
  return { migrations, problems };
}

function migrationsIn(file: SourceFile, problems: Problem[]): MigrationClass[] {
  const found: MigrationClass[] = [];
  const visit = (node: TreeNode): void => {
    for (const child of childrenOf(node)) {
      if (child.type === 'export_statement' || child.type === 'program') visit(child);
      const name = /class_declaration$|^class$/.test(child.type) ? nameOf(child, file.text) : null;
      if (name === null) continue;
      const timestamp = timeOf(name);
      if (timestamp !== null) found.push({ name, timestamp, file });
      else
        problems.push({
          code: 'migration-without-time',
          message: 'This migration has no time of 13 digits at the end of its name, so TypeORM does not run it.',
          severity: 'warning',
          at: file.lines.range(child.startIndex, child.startIndex + 5),
        });
    }
  };
  visit(file.parsed().tree);
  return found;
}

/** Of a class with an `up`: what its member `name` says, else how it is called. Null = it is no migration. */
function nameOf(node: TreeNode, text: string): string | null {
  const slice = (part: TreeNode | null): string => (part ? text.slice(part.startIndex, part.endIndex) : '');
  const body = node.childForFieldName('body');
  let name = slice(node.childForFieldName('name'));
  let isMigration = false;
  for (const member of body ? childrenOf(body) : []) {
    const key = slice(member.childForFieldName('name') ?? member.childForFieldName('property'));
    if (member.type === 'method_definition' && key === 'up') isMigration = true;
    const stated = /^(['"`])(.*)\1$/s.exec(slice(member.childForFieldName('value')))?.[2];
    if (key === 'name' && stated !== undefined) name = stated;
  }
  return isMigration ? name : null;
}
