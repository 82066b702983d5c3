import { findRule, rules as allRules } from '../../core/lint/registry.ts';
import type { Finding, Severity } from '../../core/lint/rule.ts';
import { tableId } from '../projects.ts';
import { prefixed } from '../schemaJson.ts';
import { fit, tokensOf } from './budget.ts';
import { maxTokensParameter, projectParameter, tablesParameter } from './parameters.ts';
import { rootOf, selectProjects, selectTables } from './select.ts';
import { ToolError } from './tool.ts';
import type { JsonObject, Tool, ToolProject } from './tool.ts';

interface Input {
  readonly project?: string;
  readonly tables?: readonly string[];
  readonly rules?: readonly string[];
  readonly severity: Severity;
  readonly maxTokens: number;
}

const order: readonly Severity[] = ['error', 'warning', 'info'];

export const lintSchemaTool: Tool<Input> = {
  name: 'lint_schema',
  title: 'Lint Schema',
  description:
    'What is wrong with the data model and the queries of this workspace: each finding with its rule, severity, file and line, the evidence, and the fixes that the editor offers. ' +
    'Use it to review a schema, and again after changing entities. explain_rule says why a rule matters and how to mend it. Rules the project has switched off stay silent.',
  readOnly: true,
  inputSchema: {
    type: 'object',
    properties: {
      tables: tablesParameter,
      rules: {
        type: 'array',
        description: 'Only these rules, by id or code.',
        items: { type: 'string', minLength: 1, maxLength: 100 },
        minItems: 1,
        maxItems: 100,
      },
      severity: { type: 'string', description: 'Least severity to report.', enum: order, default: 'info' },
      project: projectParameter,
      maxTokens: maxTokensParameter,
    },
    additionalProperties: false,
    examples: [{ tables: ['orders'], severity: 'warning' }],
  },
  run({ project, tables, rules, severity, maxTokens }, context) {
    const projects = selectProjects(context, project);
    const wantedRules = rules === undefined ? null : new Set(rules.map(ruleId));
    const selected = tables === undefined ? null : selectTables(projects, tables);
    const wanted = projects
      .flatMap((entry) => {
        const names = selected?.found
          .filter((each) => each.entry === entry)
          .map(({ table }) => [table.name, tableId(table)]);
        return entry.findings
          .filter(
            (finding) =>
              order.indexOf(finding.severity) <= order.indexOf(severity) &&
              (wantedRules === null || wantedRules.has(finding.rule)) &&
              (names === undefined || names.flat().includes(finding.table ?? '')),
          )
          .map((finding) => ({ entry, finding }));
      })
      // Within a severity they stay in the order of the source.
      .sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
    const { kept, left } = fit(
      wanted.map(({ entry, finding }) => row(entry, finding)),
      maxTokens - 150,
      tokensOf,
    );
    const count = (level: Severity): number => wanted.filter(({ finding }) => finding.severity === level).length;
    return {
      structured: {
        counts: { error: count('error'), warning: count('warning'), info: count('info') },
        findings: kept,
        ...(selected === null || selected.missing.length === 0
          ? {}
          : { notFound: selected.missing.map(({ name, similar }) => ({ name, similar })) }),
        ...(left.length === 0
          ? {}
          : {
              cut: {
                reason: `${left.length} more findings do not fit into ${maxTokens} tokens; the gravest are shown.`,
                how: 'Narrow it by "tables", "rules" or "severity", or allow more "maxTokens".',
              },
            }),
      },
    };
  },
};

function ruleId(name: string): string {
  const rule = findRule(name);
  if (rule) return rule.id;
  throw new ToolError(`There is no rule "${name}". The rules are ${allRules.map(({ id }) => id).join(', ')}.`);
}

function row(entry: ToolProject, finding: Finding): JsonObject {
  const { rule, code, severity, message, table, file, range, evidence, fixes } = finding;
  const json = {
    rule,
    code,
    severity,
    message,
    table,
    at: { file, line: range.line, column: range.column },
    evidence: evidence.map((each) => each.message),
    fixes: fixes.map(({ title }) => title),
  };
  return { project: rootOf(entry), ...(entry.folder === null ? json : prefixed(json, entry.folder)) };
}
