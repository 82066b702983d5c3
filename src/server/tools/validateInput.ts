/** Checks the input of a tool against its schema. Clients promise to do so and do not. */
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { ToolError } from './tool.ts';
import type { InputSchema, Tool } from './tool.ts';

const ajv = new Ajv({ allErrors: true, useDefaults: true, strictTypes: false });

/**
 * The input with its defaults filled in; the one given is left as it is.
 *
 * @throws ToolError that says what is wrong, what is allowed, and shows an example
 */
export function validateInput(tool: Pick<Tool, 'name' | 'inputSchema'>, input: unknown): unknown {
  const schema = tool.inputSchema;
  const value: unknown = structuredClone(input ?? {});
  const validate = ajv.compile(schema);
  if (validate(value)) return value;
  const sentences = (validate.errors ?? []).map((error) => sentence(error, schema, value));
  throw new ToolError(
    `The input of ${tool.name} is not right. ${[...new Set(sentences)].join(' ')} Example: ${JSON.stringify(schema.examples[0])}`,
  );
}

function sentence(
  { keyword, params, instancePath, message }: ErrorObject,
  schema: InputSchema,
  input: unknown,
): string {
  const given = valueAt(input, instancePath);
  const name = instancePath === '' ? 'The input' : `"${instancePath.slice(1).replaceAll('/', '.')}"`;
  const fact = (key: string): string => String((params as Readonly<Record<string, unknown>>)[key]);
  switch (keyword) {
    case 'required':
      return `"${fact('missingProperty')}" is missing: ${schema.properties[fact('missingProperty')]?.description ?? ''}`;
    case 'additionalProperties':
      return `There is no parameter "${fact('additionalProperty')}": it takes ${Object.keys(schema.properties).join(', ')}.`;
    case 'type':
      return `${name} must be ${article(fact('type'))}, not ${shown(given)}.`;
    case 'enum': {
      const allowed = (params as { readonly allowedValues: readonly unknown[] }).allowedValues;
      return `${name} must be one of ${allowed.map((each) => JSON.stringify(each)).join(', ')}, not ${shown(given)}.`;
    }
    case 'minimum':
      return `${name} must be at least ${fact('limit')}, not ${shown(given)}.`;
    case 'maximum':
      return `${name} must be at most ${fact('limit')}, not ${shown(given)}.`;
    case 'minLength':
      return `${name} must not be empty.`;
    case 'maxLength':
      return `${name} must have at most ${fact('limit')} characters.`;
    case 'minItems':
      return `${name} must name at least one; leave it out to have all.`;
    case 'maxItems':
      return `${name} must have at most ${fact('limit')} items.`;
    default:
      return `${name} ${message ?? 'is not right'}.`;
  }
}

function article(type: string): string {
  return /^[aeiou]/u.test(type) ? `an ${type}` : `a ${type}`;
}

/** What was given, short enough for a sentence. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return `${Array.isArray(value) ? 'the list ' : typeof value === 'string' ? 'the text ' : ''}${text.length > 60 ? `${text.slice(0, 57)}…` : text}`;
}

function valueAt(input: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined,
      input,
    );
}
