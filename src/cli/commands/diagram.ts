import { applyView } from '../../core/diagram/applyView.ts';
import { buildDiagram } from '../../core/diagram/build.ts';
import type { DiagramModel } from '../../core/diagram/model.ts';
import { withChanges } from '../../core/diagram/changes.ts';
import { withBoxes } from '../../core/diagram/saved.ts';
import { mostHops, plainView } from '../../core/diagram/view.ts';
import type { DiagramView } from '../../core/diagram/view.ts';
import { compareSchemas } from '../../core/migrations/shared/plan.ts';
import { renderDiagram } from '../../core/report/renderDiagram.ts';
import type { DiagramFormat } from '../../core/report/renderDiagram.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import { projectOf } from '../chooseProject.ts';
import type { Command, Invocation } from '../command.ts';
import { noteProblems, openSides } from '../schemaSide.ts';
import { readSavedView } from '../savedView.ts';
import { UsageError } from '../usageError.ts';

const formats = ['svg', 'html', 'mermaid', 'dbml', 'plantuml', 'dot', 'd2', 'json'] as const satisfies readonly [
  DiagramFormat,
  ...DiagramFormat[],
];

export const diagramCommand: Command = {
  name: 'diagram',
  summary: 'draw the entity-relationship diagram of a project',
  argument: '[dir]',
  options: {
    format: { type: 'string' },
    theme: { type: 'string' },
    project: { type: 'string' },
    layout: { type: 'string' },
    detail: { type: 'string' },
    focus: { type: 'string' },
    hops: { type: 'string' },
    'fold-joins': { type: 'boolean' },
    view: { type: 'string' },
    since: { type: 'string' },
    ...analysisOptions,
  },
  optionHelp: [
    { usage: `--format <${formats.join('|')}>`, text: 'what to write (default svg)' },
    { usage: '--theme <light|dark>', text: 'colours of svg and html (default light)' },
    { usage: '--layout <right|down|compact>', text: 'how svg, html and json arrange the tables (default right)' },
    { usage: '--detail <all|keys|names>', text: 'how much of each table is shown (default all)' },
    { usage: '--focus <table>', text: 'only this table and those it is related to' },
    { usage: '--hops <1-5>', text: 'how many relations away from the focus (default 1)' },
    { usage: '--fold-joins', text: 'show tables that only join two others as lines' },
    { usage: '--view <name>', text: 'as this view of .data-engineer/diagrams shows it; other options change that' },
    {
      usage: '--since <ref|migrations>',
      text: 'mark what has changed since a commit, or since what the migrations build',
    },
    { usage: '--project <root>', text: 'which project, where the directory holds several' },
    ...analysisOptionHelp,
  ],
  examples: [
    'data-engineer diagram --out schema.svg',
    'data-engineer diagram packages/api --format mermaid',
    'data-engineer diagram --since main --out changes.svg',
    'data-engineer diagram --view orders --out orders.svg',
    'data-engineer diagram --format html --focus orders --hops 2 --out orders.html',
  ],
  run: async (invocation) => {
    const format = choice(invocation, 'format', formats);
    const theme = choice(invocation, 'theme', ['light', 'dark']);
    const arrangement = choice(invocation, 'layout', ['right', 'down', 'compact']);
    const detail = choice(invocation, 'detail', ['all', 'keys', 'names']);
    const hops = hopsOf(invocation);
    const given = invocation.values;
    return withAnalysis(invocation, async (analysis) => {
      const project = projectOf(analysis, invocation);
      const now = buildDiagram({
        project: project.root,
        title: project.root === '' ? 'Entity-relationship diagram' : project.root,
        schema: project.schema,
        findings: analysis.findings.filter((finding) => finding.project === project.root),
      });
      const model = await compared(now, project.root, invocation);
      const table = focusOf(model, invocation);
      const saved = await readSavedView(invocation, project.root);
      const view: DiagramView = {
        ...plainView,
        ...saved.view,
        ...(given.detail === undefined ? {} : { detail }),
        ...(given.layout === undefined ? {} : { arrangement }),
        ...(given['fold-joins'] === true ? { foldJoins: true } : {}),
        ...(table === null ? {} : { focus: { table, hops }, path: null }),
      };
      // Another layout is one in which nobody has put anything anywhere yet.
      const places = given.layout === undefined ? withBoxes(saved.places, model, view.collapsed) : {};
      const shown = applyView(model, view);
      await invocation.terminal.write(
        await renderDiagram(shown, format, { theme, arrangement: view.arrangement, places }),
      );
      return 0;
    });
  },
};

/** With what has changed since `--since`. */
async function compared(now: DiagramModel, root: string, invocation: Invocation): Promise<DiagramModel> {
  const { since } = invocation.values;
  if (typeof since !== 'string') return now;
  const sides = await openSides(invocation.positionals[0] ?? '.', invocation, root);
  const name = since === 'migrations' ? since : `git:${since.replace(/^git:/u, '')}`;
  const [before, after] = [await sides.side(name), await sides.side('entities')];
  noteProblems(before, invocation);
  const plan = compareSchemas(before.schema, after.schema, sides.dialect);
  const schema = { ...plan.from, code: { files: [] }, problems: [] };
  const earlier = buildDiagram({ project: now.project, title: now.title, schema, findings: [] });
  return withChanges(now, earlier, plan.changes, plan.words, since);
}

function hopsOf({ values }: Invocation): number {
  if (values.hops === undefined) return 1;
  const hops = Number(values.hops);
  if (values.focus === undefined) throw new UsageError('--hops says how far from a --focus: name its table.');
  if (Number.isInteger(hops) && hops >= 1 && hops <= mostHops) return hops;
  throw new UsageError(`--hops takes a whole number from 1 to ${mostHops}, not "${values.hops.toString()}".`);
}

/** The table's id; null where none is asked for. Its class or model name is as good. */
function focusOf({ tables }: DiagramModel, { values }: Invocation): string | null {
  const { focus } = values;
  if (typeof focus !== 'string') return null;
  const found =
    tables.find(({ id }) => id === focus) ??
    tables.find(({ name, entity }) => name === focus || entity === focus) ??
    tables.find(({ id }) => id.toLowerCase() === focus.toLowerCase());
  if (found !== undefined) return found.id;
  throw new UsageError(`There is no table "${focus}" in this project.`);
}
