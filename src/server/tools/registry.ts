import { diffSchemaTool } from './diffSchemaTool.ts';
import { explainRuleTool } from './explainRuleTool.ts';
import { findTablesTool } from './findTablesTool.ts';
import { generateCodeTool } from './generateCodeTool.ts';
import { getProfileTool } from './getProfileTool.ts';
import { getSchemaTool } from './getSchemaTool.ts';
import { lintSchemaTool } from './lintSchemaTool.ts';
import { planMigrationTool } from './planMigrationTool.ts';
import type { Tool } from './tool.ts';
import { verifyMigrationTool } from './verifyMigrationTool.ts';

/** All tools, sorted by name. A new one is one file and one line here. */
export const tools: readonly Tool[] = [
  diffSchemaTool,
  explainRuleTool,
  findTablesTool,
  generateCodeTool,
  getProfileTool,
  getSchemaTool,
  lintSchemaTool,
  planMigrationTool,
  verifyMigrationTool,
];
