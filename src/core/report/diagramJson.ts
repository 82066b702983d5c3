/** The diagram as data: what is drawn, and where. For tools that draw it in their own way. */
import type { DiagramModel } from '../diagram/model.ts';
import type { DiagramLayout } from '../layout/layout.ts';

const version = 1;

export function renderDiagramJson(model: DiagramModel, layout: DiagramLayout): string {
  const places = new Map(layout.tables.map(({ id, x, y, width, height }) => [id, { x, y, width, height }]));
  const routes = new Map(layout.edges.map(({ id, points }) => [id, points]));
  const frames = new Map(layout.modules.map(({ id, x, y, width, height }) => [id, { x, y, width, height }]));
  const { tables, edges, modules, ...rest } = model;
  const data = {
    version,
    ...rest,
    width: layout.width,
    height: layout.height,
    modules: modules.map((module) => ({ ...module, place: frames.get(module.id) ?? null })),
    tables: tables.map((table) => ({ ...table, place: places.get(table.id) ?? null })),
    relations: edges.map((edge) => ({ ...edge, route: routes.get(edge.id) ?? null })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
