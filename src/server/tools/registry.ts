import { explainRuleTool } from './explainRuleTool.ts';
import { findTablesTool } from './findTablesTool.ts';
import { getProfileTool } from './getProfileTool.ts';
import { getSchemaTool } from './getSchemaTool.ts';
import { lintSchemaTool } from './lintSchemaTool.ts';
import type { Tool } from './tool.ts';

/** All tools, sorted by name. A new one is one file and one line here. */
export const tools: readonly Tool[] = [explainRuleTool, findTablesTool, getProfileTool, getSchemaTool, lintSchemaTool];
