/** Runs layers over entities and makes one result of what they give: laid out, and without what is there already. */
import type { TextEdit } from '../../schema/source.ts';
import type { FileEdits, GenerateRequest, GenerateResult, Layer, NewFile, SkippedFile } from '../generator.ts';
import type { EntityPlan } from './entityPlan.ts';
import { formatCode } from './format.ts';
import { combine } from './layer.ts';
import type { LayerGenerator, Registration } from './layer.ts';
import { planEntity, planProject } from './plan.ts';
import type { Framework, ProjectPlan } from './project.ts';
import { tablesAsked } from './tablesAsked.ts';

/** What a stack brings: its layers, and how classes are made known to the application. */
export interface Stack {
  readonly framework: Framework;
  readonly layers: Readonly<Record<Layer, LayerGenerator>>;
  register(
    project: ProjectPlan,
    registrations: readonly Registration[],
  ): Promise<{ readonly edits: readonly FileEdits[]; readonly notes: readonly string[] }>;
}

/** A layer cannot be compiled without those that it calls. */
const restsOn: Readonly<Record<Layer, readonly Layer[]>> = {
  repository: [],
  service: ['repository'],
  dto: [],
  endpoint: ['repository', 'service', 'dto'],
  test: ['repository', 'service', 'dto', 'endpoint'],
};

export async function generateWith(stack: Stack, request: GenerateRequest): Promise<GenerateResult> {
  const asked = tablesAsked(request);
  if ('reason' in asked) return { ok: false, reason: asked.reason };
  const project = planProject(request, stack.framework);
  const entities: EntityPlan[] = [];
  const left: string[] = [];
  for (const table of asked.tables) {
    const entity = planEntity(project, table);
    if (!('reason' in entity)) entities.push(project.entity(table) ?? entity);
    else if (asked.named) return { ok: false, reason: entity.reason };
    else if (table.entity !== null) left.push(entity.reason);
  }
  if (entities.length === 0) return { ok: false, reason: left[0] ?? 'There is no entity to generate code for.' };
  const wanted = new Set(request.layers.flatMap((layer) => [...restsOn[layer], layer]));
  const order: readonly Layer[] = ['repository', 'service', 'dto', 'endpoint', 'test'];
  const outputs = entities.flatMap((entity) =>
    order.filter((layer) => wanted.has(layer)).map((layer) => stack.layers[layer](project, entity)),
  );
  const all = combine(outputs);
  const { files, skipped } = await filesOf(project, all.drafts);
  const refused = all.skipped.filter(({ path }) => !project.exists(path));
  const registered = await stack.register(
    project,
    all.registrations.filter((each) => isToBe(project, files, each)),
  );
  return {
    ok: true,
    files,
    edits: mergeEdits([...registered.edits, ...(all.edits ?? [])]),
    skipped: unique([...skipped, ...refused], ({ path }) => path).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    notes: [...new Set([...left, ...all.notes, ...registered.notes])],
  };
}

/** A class that is neither there nor written cannot be registered. */
function isToBe(project: ProjectPlan, files: readonly NewFile[], { class: registered }: Registration): boolean {
  return project.exists(registered.path) || files.some(({ path }) => path === registered.path);
}

async function filesOf(
  project: ProjectPlan,
  drafts: readonly NewFile[],
): Promise<{ readonly files: readonly NewFile[]; readonly skipped: readonly SkippedFile[] }> {
  const files: NewFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const { path, text } of unique(drafts, (draft) => draft.path)) {
    if (project.exists(path)) skipped.push({ path, reason: 'It is there already and stays as it is.' });
    else files.push({ path, text: /\.[cm]?ts$/.test(path) ? await formatCode(text, project.style) : text });
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}

/** One entry per file; edits that say the same are made once. */
function mergeEdits(all: readonly FileEdits[]): FileEdits[] {
  const byFile = new Map<string, { edits: TextEdit[]; labels: string[] }>();
  for (const { path, edits, label } of all) {
    const found = byFile.get(path) ?? { edits: [], labels: [] };
    byFile.set(path, found);
    const keyOf = ({ start, end, newText }: TextEdit): string => `${start} ${end} ${newText}`;
    const known = new Set(found.edits.map(keyOf));
    found.edits.push(...edits.filter((edit) => !known.has(keyOf(edit))));
    if (!found.labels.includes(label)) found.labels.push(label);
  }
  return [...byFile]
    .map(([path, { edits, labels }]) => ({ path, edits, label: labels.join('; ') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
