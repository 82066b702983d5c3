import { layers as allLayers } from '../../core/generators/generator.ts';
import type { Layer } from '../../core/generators/generator.ts';
import { generateFor } from '../generateRequests.ts';
import { fit, tokensOf } from './budget.ts';
import { maxTokensParameter, projectParameter } from './parameters.ts';
import { rootOf, selectOneProject, selectTables } from './select.ts';
import { ToolError } from './tool.ts';
import type { JsonObject, Tool } from './tool.ts';

interface Input {
  readonly entities: readonly string[];
  readonly layers?: readonly string[];
  readonly project?: string;
  readonly maxTokens: number;
}

export const generateCodeTool: Tool<Input> = {
  name: 'generate_code',
  title: 'Generate Code',
  description:
    'Repository, service, DTOs, REST endpoints and tests of entities, in the style of the project (NestJS or Express with TypeORM), as texts of new files and of additions to files that are there. ' +
    'Use it instead of writing such code by hand: constraints, keyset paging, optimistic locks and error mapping follow the entity. Nothing is written: files that are there are named as skipped, and stay. ' +
    'The user writes it with "Data Engineer: Create All Layers…", which shows it first, or with `data-engineer generate … --write`.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      entities: {
        type: 'array',
        description: 'Entities ("Order") or tables ("orders").',
        items: { type: 'string', minLength: 1, maxLength: 200 },
        minItems: 1,
        maxItems: 20,
      },
      layers: {
        type: 'array',
        description: `Which of ${allLayers.join(', ')}. Without it: all. What a layer rests on comes along where it is missing.`,
        items: { type: 'string', minLength: 1, maxLength: 20 },
        minItems: 1,
        maxItems: allLayers.length,
      },
      project: projectParameter,
      maxTokens: { ...maxTokensParameter, default: 12_000 },
    },
    required: ['entities'],
    additionalProperties: false,
    examples: [{ entities: ['Order'], layers: ['repository', 'service'] }],
  },
  async run({ entities, layers, project, maxTokens }, context) {
    const wanted = layers === undefined ? allLayers : layers.map(layerOf);
    const entry = selectOneProject(context, project);
    if (entry.origin === null) throw new ToolError('The files of this project cannot be read from here.');
    const { found, missing } = selectTables([entry], entities);
    if (missing.length > 0)
      throw new ToolError(
        missing
          .map(
            ({ name, similar }) =>
              `There is no entity "${name}"${similar.length === 0 ? '' : `; did you mean ${similar.join(' or ')}?`}`,
          )
          .join(' '),
      );
    const names = found.flatMap(({ table }) => (table.entity === null ? [] : [table.entity]));
    if (names.length === 0)
      throw new ToolError('No entity stands for these tables, so there is no class to write code around.');
    const { entry: place, setting } = entry.origin;
    const { wasmDirectory, exclude, maxFileSizeKb } = setting;
    const buffers = context.buffers ?? [];
    const result = await generateFor(
      place,
      { entities: names, layers: wanted },
      { wasmDirectory, exclude, maxFileSizeKb, buffers },
    );
    if (!result.ok) throw new ToolError(result.reason);
    const rest: JsonObject = {
      project: rootOf(entry),
      additions: result.edits.map(({ path, label, edits }) => ({
        path,
        label,
        inserted: edits.map(({ newText }) => newText),
      })),
      skipped: result.skipped.map(({ path, reason }) => ({ path, reason })),
      notes: result.notes,
    };
    const files = result.files.map(({ path, text }) => ({ path, text }));
    const { kept, left } = fit(files, maxTokens - tokensOf(rest) - 150, tokensOf);
    return {
      structured: {
        ...rest,
        files: kept,
        ...(left.length === 0
          ? {}
          : {
              cut: {
                reason: `${left.length} of ${files.length} files do not fit into ${maxTokens} tokens.`,
                notShown: left.map(({ path }) => path),
                how: 'Ask for fewer "entities" or "layers", or allow more "maxTokens".',
              },
            }),
      },
    };
  },
};

function layerOf(name: string): Layer {
  const found = allLayers.find((layer) => layer === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new ToolError(`There is no layer "${name}": "layers" takes ${allLayers.join(', ')}.`);
}
