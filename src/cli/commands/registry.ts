import type { Command } from '../command.ts';
import { briefCommand } from './brief.ts';
import { diagramCommand } from './diagram.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { explainCommand } from './explain.ts';
import { generateCommand } from './generate.ts';
import { indexesCommand } from './indexes.ts';
import { lintCommand } from './lint.ts';
import { lspCommand } from './lsp.ts';
import { mcpCommand } from './mcp.ts';
import { migrateCommand } from './migrate.ts';
import { profileCommand } from './profile.ts';
import { schemaCommand } from './schema.ts';

/** In the order of `--help`. */
export const commands: readonly Command[] = [
  schemaCommand,
  lintCommand,
  indexesCommand,
  diagramCommand,
  docsCommand,
  diffCommand,
  migrateCommand,
  generateCommand,
  explainCommand,
  profileCommand,
  briefCommand,
  lspCommand,
  mcpCommand,
];
