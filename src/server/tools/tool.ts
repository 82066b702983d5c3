/** What a tool for language models is. One file per tool; `registry.ts` lists them. The editor and MCP are both thin over it. */
import type { Finding } from '../../core/lint/rule.ts';
import type { MigrationOrigin, MigrationSetting } from '../migrationRequests.ts';
import type { Project } from '../../core/workspace/snapshot.ts';

/** The part of JSON Schema (draft 2020-12) that every client of tools takes. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
  /** The first one is shown with every complaint about an input. */
  readonly examples: readonly [Readonly<Record<string, unknown>>, ...Readonly<Record<string, unknown>>[]];
}

export interface PropertySchema {
  readonly type: 'string' | 'integer' | 'boolean' | 'array';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly items?: { readonly type: 'string'; readonly minLength?: number; readonly maxLength?: number };
}

/** A project as tools see it. */
export interface ToolProject {
  readonly project: Project;
  readonly findings: readonly Finding[];
  /** Name of the workspace folder, where the window has several: paths in answers begin with it. */
  readonly folder: string | null;
  /** Where it lies, for tools that look beyond the analysis; null = it lies nowhere. */
  readonly origin: { readonly entry: MigrationOrigin; readonly setting: MigrationSetting } | null;
}

export interface ToolContext {
  readonly projects: readonly ToolProject[];
  /** Most tokens that the asker can take; null = the input's own `maxTokens` alone decides. */
  readonly tokenBudget: number | null;
  /** Texts of open documents by URI, which win over the disk; absent = none. */
  readonly buffers?: Iterable<readonly [uri: string, text: string]>;
  /** Ends what takes long. */
  readonly signal?: AbortSignal;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = Readonly<Record<string, Json | undefined>>;

export interface ToolOutput {
  readonly structured: JsonObject;
  /** Where text tells it better than the JSON does. */
  readonly text?: string;
}

export interface Tool<Input = never> {
  /** Verb first: `get_schema`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** For the model: what it yields, when to use it, what it does not do. */
  readonly description: string;
  readonly inputSchema: InputSchema;
  /** True = changes nothing, so no one need be asked. */
  readonly readOnly: boolean;
  /** `input` has been validated, its defaults filled in. Throws `ToolError` for what the model can mend. */
  run(input: Input, context: ToolContext): ToolOutput | Promise<ToolOutput>;
}

/** Worded for the model: what is wrong, what is allowed. */
export class ToolError extends Error {}

export interface ToolAnswer {
  readonly text: string;
  /** Null with an error. */
  readonly structured: JsonObject | null;
  readonly isError: boolean;
}
