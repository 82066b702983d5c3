/** The generated parts of the manifest, its texts and its schema are those of their sources. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { manifest, manifestFiles } from '../../src/build/manifest.ts';
import { projectSettingsSchema } from '../../src/build/projectSettingsSchema.ts';
import { rules } from '../../src/core/lint/registry.ts';
import { defaultSetting } from '../../src/core/lint/rule.ts';
import { noSettings, readSettings } from '../../src/core/workspace/settings.ts';
import { commandId, commands } from '../../src/host/contributions.ts';
import type { CommandName } from '../../src/host/contributions.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(repository, file), 'utf8').replaceAll('\r\n', '\n');

/** Every string in a JSON value, with where it stands. */
function strings(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => strings(child, `${path}/${key}`));
}

describe('manifest', () => {
  it('is fresh: run `npm run manifest`', async () => {
    for (const [file, expected] of Object.entries(await manifestFiles())) {
      if (file === 'package.json') {
        // Others edit the rest of it; its layout is Prettier's business.
        assert.deepEqual(JSON.parse(read(file)), JSON.parse(expected), `${file} is stale`);
      } else assert.equal(read(file), expected, `${file} is stale`);
    }
  });

  it('has a text for every %key%, and no text without a use', () => {
    const used = strings(manifest().fields).flatMap(({ text }) =>
      [...text.matchAll(/^%(.+)%$/g)].map(([, key]) => key),
    );
    assert.deepEqual([...new Set(used)].sort(), Object.keys(JSON.parse(read('package.nls.json')) as object).sort());
  });

  it('shows no text that is not translated', () => {
    const shown = /\/(title|description|markdownDescription|contents|altText|enumDescriptions\/\d+)$/;
    const brand = 'Data Engineer';
    // What a model reads is not translated.
    const forModels =
      /^\/contributes\/(?:languageModelTools\/\d+\/inputSchema|chatParticipants\/\d+\/disambiguation)\//;
    const plain = strings(manifest().fields).filter(
      ({ path, text }) => shown.test(path) && !forModels.test(path) && text !== brand && !/^%.+%$/.test(text),
    );
    assert.deepEqual(plain, []);
  });

  it('has a setting for every rule, with its own severity as the default, or off where it is opt-in', () => {
    const { contributes } = manifest().fields as {
      contributes: {
        configuration: {
          properties: Record<string, { properties: Record<string, { default: string; enum: string[] }> }>;
        };
      };
    };
    const properties = contributes.configuration.properties['dataEngineer.rules']!.properties;
    assert.deepEqual(
      Object.entries(properties).map(([id, property]) => [id, property.default]),
      rules.map((rule) => [rule.id, defaultSetting(rule)]),
    );
  });

  it('registers every command that it contributes', () => {
    const host = readdirSync(join(repository, 'src/host'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('contributions.ts'))
      .map((file) => read(join('src/host', file)))
      .join('\n');
    const missing = (Object.keys(commands) as CommandName[]).filter(
      (name) => !new RegExp(`(?:commandId|register)\\(\\s*'${name}'`).test(host),
    );
    assert.deepEqual(missing, []);
  });

  it('names commands in menus, texts and links that exist', () => {
    const known = new Set((Object.keys(commands) as CommandName[]).map((name): string => commandId(name)));
    const named = strings([manifest().fields, manifest().nls]).flatMap(({ text }) =>
      [...text.matchAll(/\(command:(dataEngineer\.\w+)\)|^onCommand:(dataEngineer\.\w+)/g)].map((m) => m[1] ?? m[2]!),
    );
    assert.ok(named.length > 5);
    // Every view has a command that focuses it.
    assert.deepEqual(
      named.filter((name) => !known.has(name) && name !== 'dataEngineer.schema'),
      [],
    );
  });

  it('points at files that are there', () => {
    const files = strings(manifest().fields)
      .map(({ text }) => text)
      .filter((text) => /^(?:\.\/)?media\//.test(text));
    assert.ok(files.length >= 5);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(repository, file))),
      [],
    );
  });
});

describe('schema of .data-engineer.json', () => {
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(projectSettingsSchema());
  const full = {
    $schema: './media/data-engineer.schema.json',
    dialect: 'postgresql',
    rules: Object.fromEntries(rules.map((rule) => [rule.id, 'off'])),
    exclude: ['legacy/**'],
    classification: { 'users.email': 'pii', 'users.nickname': 'none' },
    suppressions: [{ rule: 'missing-primary-key', table: 'log', reason: 'append only' }],
  };

  it('takes what the reader takes', () => {
    assert.ok(validate(full), JSON.stringify(validate.errors));
    assert.deepEqual(readSettings('.data-engineer.json', JSON.stringify(full)).problems, []);
  });

  it('knows the settings of the reader, and no others', () => {
    const { properties } = projectSettingsSchema() as { properties: Record<string, unknown> };
    assert.deepEqual(Object.keys(properties).sort(), ['$schema', ...Object.keys(noSettings)].sort());
  });

  const wrong: readonly unknown[] = [
    { dialect: 'postgres' },
    { rules: { 'missing-primary-key': 'warn' } },
    { exclude: 'legacy' },
    { classification: { 'users.email': 'private' } },
    { suppressions: [{ table: 'log' }] },
    { excludes: [] },
  ];
  for (const settings of wrong) {
    it(`refuses ${JSON.stringify(settings)}, as the reader does`, () => {
      assert.equal(validate(settings), false);
      assert.ok(readSettings('.data-engineer.json', JSON.stringify(settings)).problems.length > 0);
    });
  }
});
