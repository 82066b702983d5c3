import { expectedStructures } from '../../core/profile/domains/expected.ts';
import type { Fact, Profile } from '../../core/profile/profile.ts';
import type { DataSource } from '../../core/schema/code.ts';
import { prefixed } from '../schemaJson.ts';
import { fit, tokensOf } from './budget.ts';
import { maxTokensParameter, projectParameter } from './parameters.ts';
import { rootOf, selectProjects } from './select.ts';
import type { JsonObject, Tool, ToolProject } from './tool.ts';

interface Input {
  readonly project?: string;
  readonly maxTokens: number;
}

export const getProfileTool: Tool<Input> = {
  name: 'get_profile',
  title: 'Get Project Profile',
  description:
    'The stack and the rules of the house: language, framework, ORM, database engine, field of business and what its databases hold as a rule that is not found here, compliance, test frameworks, stated requirements and integrations, each with the file and line that says so, ' +
    'and how connections are set up (yes or no only, never addresses or credentials). Read it before proposing code, so that it fits the project.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: { project: projectParameter, maxTokens: maxTokensParameter },
    additionalProperties: false,
    examples: [{}],
  },
  run({ project, maxTokens }, context) {
    const profiles = selectProjects(context, project).map(profileJson);
    const { kept, left } = fit(profiles, maxTokens - 100, tokensOf);
    // Facts are the long part: where even one project is too long they go, the conclusions stay.
    const shown = kept.length > 0 ? kept : profiles.slice(0, 1).map((each) => ({ ...each, facts: [] }));
    return {
      structured: {
        projects: shown,
        ...(left.length === 0
          ? {}
          : {
              cut: {
                reason: `${kept.length > 0 ? 'Some projects do' : 'The facts do'} not fit into ${maxTokens} tokens.`,
                how: 'Ask for one "project", or allow more "maxTokens".',
                projectsNotShown: profiles.length - shown.length,
              },
            }),
      },
    };
  },
};

function profileJson(entry: ToolProject): JsonObject {
  const { profile, dialect, schema } = entry.project;
  const json = {
    dialect,
    language: profile.language,
    framework: profile.framework,
    orms: profile.orms,
    databases: profile.databases,
    domains: profile.domains,
    compliance: profile.compliance,
    testFrameworks: profile.testFrameworks,
    tables: schema.tables.length,
    expectedButNotFound: expectedStructures(profile.domains, schema.tables).flatMap(({ domain, missing }) =>
      missing.map(({ label, why }) => ({ domain: domain.id, structure: label, why })),
    ),
    dataSources: schema.code.files.flatMap(({ dataSources }) => dataSources.map(connectionJson)),
    facts: (Object.entries(profile.facts) as [keyof Profile['facts'], readonly Fact[]][]).flatMap(([kind, facts]) =>
      facts.map(({ value, at }) => ({ kind, value, at: { file: at.file, line: at.line } })),
    ),
  };
  return { root: rootOf(entry), ...(entry.folder === null ? json : prefixed(json, entry.folder)) };
}

/** Yes, no, or null where the source does not say. */
function connectionJson(source: DataSource): JsonObject {
  return {
    dialect: source.dialect,
    createsSchemaByItself: source.synchronize,
    runsMigrationsAtStart: source.migrationsRun,
    dropsSchemaAtStart: source.dropSchema,
    encrypted: source.tls,
    statesPoolSize: source.poolSize !== null,
    statesTimeout: source.timeoutMs !== null,
    passwordInFile: source.passwordInFile,
    at: { file: source.at.file, line: source.at.line },
  };
}
