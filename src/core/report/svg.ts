/** The diagram as a picture that stands alone: no script, no font, no reference to anything outside. */
import { badgeGlyphs, drawnBadges, severityGlyphs, softDeleteGlyph } from '../diagram/glyphs.ts';
import type {
  Badge,
  DiagramColumn,
  DiagramEdge,
  DiagramModel,
  DiagramSeverity,
  DiagramTable,
} from '../diagram/model.ts';
import type { DiagramLayout, LayoutBox } from '../layout/layout.ts';
import {
  boldScale,
  gutter,
  headerNote,
  markWidth,
  metrics,
  padding,
  rowCentre,
  titleScale,
  typeScale,
  typeText,
} from '../layout/metrics.ts';
import { fitText, textUnits } from '../layout/textWidth.ts';
import { at, drawEdge, number, ringRadius } from './svgEdges.ts';
import { svgThemes } from './svgTheme.ts';
import type { SvgTheme, SvgThemeName } from './svgTheme.ts';
import { escapeXml } from './xml.ts';

const { headerHeight, rowHeight, characterWidth } = metrics;
const headHeight = 64;
const legendHeight = 52;
const sideMargin = 32;
const leastWidth = 480;
/** A type keeps this much of its row where the name is long. */
const leastType = 44;
const titleWidth = characterWidth * titleScale;
const smallWidth = characterWidth * typeScale;

/** Where the diagram's own origin lies in the picture, in pixels below its top. */
export const diagramTop = headHeight;

/** At most about 90 bytes a row: 1,000 tables of 15 columns stay below 5 MB. */
export function renderSvg(model: DiagramModel, layout: DiagramLayout, themeName: SvgThemeName): string {
  const theme = svgThemes[themeName];
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const accents = new Map(model.modules.map(({ id }, index) => [id, index % theme.accents.length]));
  const height = Math.ceil(layout.height + headHeight + legendHeight);
  const { marks, width: legendWidth } = legend(model, height - 20);
  const width = Math.ceil(Math.max(layout.width, legendWidth + sideMargin, leastWidth));
  const summary = describe(model);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(model.title)}</title>`,
    `<desc id="desc">${escapeXml(`Entity-relationship diagram of ${summary}. ${listTables(model)}`)}</desc>`,
    `<style>${svgStyle(theme)}</style>`,
    `<defs>${symbols()}</defs>`,
    `<rect class="bg" width="${width}" height="${height}"/>`,
    `<text class="h1" x="${sideMargin}" y="36">${escapeXml(model.title)}</text>`,
    `<text class="t" x="${sideMargin}" y="55">${escapeXml(summary)}</text>`,
    `<g transform="translate(0 ${headHeight})">`,
    ...modules(model, layout, accents),
    ...edges(model, layout, boxes),
    ...model.tables.flatMap((table) => {
      const box = boxes.get(table.id);
      return box === undefined ? [] : [drawTable(table, box, accents.get(table.module) ?? 0)];
    }),
    '</g>',
    marks,
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

/** Colours and fonts of the picture's classes. */
export function svgStyle(theme: SvgTheme): string {
  const badge = (name: Badge) => `.${name}{stroke:${theme.badge[name]}}`;
  const severity = (name: DiagramSeverity) => `.${name}{stroke:${theme.severity[name]}}`;
  return [
    `text{font:12px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:${theme.foreground}}`,
    `.bg{fill:${theme.background}}`,
    '.h1{font-size:18px;font-weight:600}',
    '.n{font-size:13px;font-weight:600}.k{font-weight:600}',
    `.t,.e{font-size:11px;fill:${theme.muted}}.e,.r{text-anchor:end}`,
    '.tag{font-size:9px;font-weight:700;text-anchor:middle;letter-spacing:.3px}',
    `.pkt{fill:${theme.badge.pk}}.fkt{fill:${theme.badge.fk}}`,
    `.m{fill:${theme.module};stroke:${theme.moduleBorder}}.ml{font-size:13px;font-weight:600}`,
    `.b{fill:${theme.table};stroke:${theme.border}}.v{stroke-dasharray:5 3}`,
    `.hd{fill:${theme.header}}.kr{fill:${theme.keyRow}}.ln{stroke:${theme.line}}`,
    `.l{fill:none;stroke:${theme.edge};stroke-width:1.3;stroke-linejoin:round}.u{stroke-dasharray:6 4}`,
    `.o{fill:${theme.background};stroke:${theme.edge};stroke-width:1.3}`,
    '.g{fill:none;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}',
    ...theme.accents.map((color, index) => `.a${index}{fill:${color}}`),
    ...(['pk', 'fk', 'unique', 'index', 'pii', 'phi', 'pan', 'secret'] as const).map(badge),
    ...(['error', 'warning', 'info'] as const).map(severity),
    `.bin{stroke:${theme.muted}}`,
    ...(['added', 'removed', 'altered'] as const).map(
      (kind) =>
        `.c${kind}{fill:${theme.change[kind]};fill-opacity:.16}.o${kind}{fill:none;stroke:${theme.change[kind]};stroke-width:2${kind === 'removed' ? ';stroke-dasharray:6 4' : ''}}`,
    ),
  ].join('');
}

function symbols(): string {
  const all = { ...badgeGlyphs, ...severityGlyphs, bin: softDeleteGlyph };
  return Object.entries(all)
    .map(([name, path]) => `<path id="${name}" class="g ${name}" d="${path}"/>`)
    .join('');
}

function modules(model: DiagramModel, layout: DiagramLayout, accents: ReadonlyMap<string, number>): readonly string[] {
  const labels = new Map(model.modules.map(({ id, label }) => [id, label]));
  return layout.modules.map((box) => {
    const label = fit(labels.get(box.id) ?? box.id, box.width - 40, titleWidth);
    return (
      `<rect class="m" x="${number(box.x)}" y="${number(box.y)}" width="${number(box.width)}" height="${number(box.height)}" rx="10"/>` +
      `<circle class="a${accents.get(box.id) ?? 0}" cx="${number(box.x + 22)}" cy="${number(box.y + 22)}" r="4"/>` +
      `<text class="ml" x="${number(box.x + 33)}" y="${number(box.y + 26.5)}">${escapeXml(label)}</text>`
    );
  });
}

function edges(model: DiagramModel, layout: DiagramLayout, boxes: ReadonlyMap<string, LayoutBox>): readonly string[] {
  const routes = new Map(layout.edges.map((route) => [route.id, route]));
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  /** Middles of the rows of a composite key. */
  const rowsOf = ({ table, columns }: DiagramEdge['from'], box: LayoutBox): readonly number[] => {
    const found = tables.get(table);
    if (found === undefined || columns.length < 2) return [];
    return columns.flatMap((name) =>
      found.columns.some((column) => column.name === name) ? [rowCentre(found, name, box)] : [],
    );
  };
  const lines: string[] = [];
  const rings = new Set<string>();
  for (const edge of model.edges) {
    const [route, from, to] = [routes.get(edge.id), boxes.get(edge.from.table), boxes.get(edge.to.table)];
    const drawn = route && from && to ? drawEdge(edge, route, from, to, rowsOf) : null;
    if (drawn === null) continue;
    const words =
      `${edge.from.table}.${edge.from.columns.join(', ')} → ${edge.to.table}` +
      (edge.enforced ? '' : ' (no constraint)');
    // Dashes would tear the feet.
    const line = edge.enforced
      ? `<path class="l" d="${drawn.line}${drawn.feet}">`
      : `<path class="l" d="${drawn.feet}"/><path class="l u" d="${drawn.line}">`;
    lines.push(`${line}<title>${escapeXml(words)}</title></path>`);
    for (const ring of drawn.rings) rings.add(at(ring));
  }
  const circles = [...rings].map((ring) => {
    const [x = '', y = ''] = ring.split(' ');
    return `<circle class="o" cx="${x}" cy="${y}" r="${ringRadius}"/>`;
  });
  return [...lines, ...circles];
}

function drawTable(table: DiagramTable, box: LayoutBox, accent: number): string {
  const { width, height } = box;
  const shape = table.kind === 'view' || table.kind === 'materialized-view' ? 'b v' : 'b';
  const keys = table.columns.findLastIndex(({ badges }) => badges.includes('pk')) + 1;
  const w = number(width);
  return [
    `<g transform="translate(${number(box.x)} ${number(box.y)})"><title>${escapeXml(tooltip(table))}</title>`,
    `<rect class="${shape}" width="${w}" height="${number(height)}" rx="6"/>`,
    table.change === undefined
      ? ''
      : `<rect class="o${table.change}" x="-2" y="-2" width="${number(width + 4)}" height="${number(height + 4)}" rx="8"/>`,
    `<path class="hd" d="${topRounded(width, headerHeight)}"/><path class="a${accent}" d="${topRounded(width, 3)}"/>`,
    keys > 0 && keys <= 3
      ? `<rect class="kr" x=".5" y="${headerHeight}" width="${number(width - 1)}" height="${keys * rowHeight}"/>`
      : '',
    `<path class="ln" d="M.5 ${headerHeight}H${number(width - 0.5)}"/>`,
    header(table, width),
    ...table.columns.map((column, row) => drawRow(column, headerHeight + row * rowHeight, width)),
    '</g>',
  ].join('');
}

/** A strip along the top edge, inside the border, with its corners. */
function topRounded(width: number, height: number): string {
  const right = number(width - 0.5);
  return `M.5 ${height}V6Q.5 .5 6 .5H${number(width - 6)}Q${right} .5 ${right} 6V${height}Z`;
}

function header(table: DiagramTable, width: number): string {
  const severity = table.findings[0]?.severity ?? null;
  const bin = width - padding - (severity === null ? 0 : markWidth);
  const right = table.softDelete ? bin - markWidth : bin;
  const name = fit(table.name, right - padding, titleWidth);
  const beside = headerNote(table);
  const room = right - padding - textUnits(name) * titleWidth - 10;
  const shown = beside.length > 0 && room > 4 * smallWidth ? fit(beside, room, smallWidth) : '';
  return (
    `<text class="n" x="${padding}" y="22">${escapeXml(name)}</text>` +
    (shown === '' ? '' : `<text class="e" x="${number(right)}" y="21.5">${escapeXml(shown)}</text>`) +
    (table.softDelete ? `<use href="#bin" x="${number(bin - 12)}" y="11"/>` : '') +
    (severity === null ? '' : `<use href="#${severity}" x="${number(width - padding - 12)}" y="11"/>`)
  );
}

function drawRow(column: DiagramColumn, top: number, width: number): string {
  const { name, badges, severity, change } = column;
  const [first, ...others] = drawnBadges(badges);
  const baseline = number(top + 15);
  const markTop = number(top + (rowHeight - 12) / 2);
  const tag = first === 'pk' || first === 'fk' ? first : null;
  const behind = tag === null && first !== undefined ? [first, ...others] : others;
  const right = width - padding - (severity === null ? 0 : markWidth);
  const room = right - gutter - behind.length * markWidth - 10;
  const fullType = typeText(column);
  const nameUnit = badges.includes('pk') ? characterWidth * boldScale : characterWidth;
  const fitted = fit(name, room - Math.min(textUnits(fullType) * smallWidth, leastType), nameUnit);
  const nameWidth = textUnits(fitted) * nameUnit;
  const nameEnd = gutter + nameWidth;
  const shownType = fit(fullType, room - nameWidth, smallWidth);
  return [
    change === undefined
      ? ''
      : `<rect class="c${change}" x="1" y="${top}" width="${number(width - 2)}" height="${rowHeight}"/>`,
    tag === null ? '' : `<text class="tag ${tag}t" x="14" y="${number(top + 14.5)}">${tag.toUpperCase()}</text>`,
    `<text${badges.includes('pk') ? ' class="k"' : ''} x="${gutter}" y="${baseline}">${escapeXml(fitted)}</text>`,
    ...behind.map(
      (badge, index) => `<use href="#${badge}" x="${number(nameEnd + 6 + index * markWidth)}" y="${markTop}"/>`,
    ),
    shownType === '' ? '' : `<text class="e" x="${number(right)}" y="${baseline}">${escapeXml(shownType)}</text>`,
    severity === null ? '' : `<use href="#${severity}" x="${number(width - padding - 12)}" y="${markTop}"/>`,
  ].join('');
}

function legend(model: DiagramModel, baseline: number): { readonly marks: string; readonly width: number } {
  const used = new Set(model.tables.flatMap(({ columns }) => columns.flatMap(({ badges }) => drawnBadges(badges))));
  const bin = model.tables.some(({ softDelete }) => softDelete) ? ['bin'] : [];
  const severities = new Set(model.tables.flatMap(({ findings }) => findings.map(({ severity }) => severity)));
  const entries: readonly (readonly [mark: string, label: string])[] = [
    ['pk', 'primary key'],
    ['fk', 'foreign key'],
    ['unique', 'unique'],
    ['index', 'indexed'],
    ['pii', 'personal data'],
    ['phi', 'health data'],
    ['pan', 'card data'],
    ['secret', 'secret'],
    ['bin', 'soft delete'],
    ['error', 'error'],
    ['warning', 'warning'],
    ['info', 'information'],
  ];
  let x = sideMargin;
  const parts: string[] = [];
  for (const [mark, label] of entries) {
    if (![...used, ...severities, ...bin].some((name) => name === mark)) continue;
    parts.push(
      mark === 'pk' || mark === 'fk'
        ? `<text class="tag ${mark}t" x="${x + 6}" y="${baseline - 1}">${mark.toUpperCase()}</text>`
        : `<use href="#${mark}" x="${x}" y="${baseline - 10}"/>`,
      `<text class="t" x="${x + 18}" y="${baseline}">${label}</text>`,
    );
    x += 18 + textUnits(label) * smallWidth + 18;
  }
  if (model.tables.some(({ columns }) => columns.some(({ nullable }) => nullable))) {
    const label = 'type? nullable';
    parts.push(`<text class="t" x="${number(x)}" y="${baseline}">${label}</text>`);
    x += textUnits(label) * smallWidth;
  }
  return { marks: parts.join(''), width: x };
}

function describe(model: DiagramModel): string {
  const findings = model.tables.reduce((sum, table) => sum + table.findings.length, 0);
  const count = (number: number, one: string, many: string) =>
    `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
  return [
    count(model.tables.length, 'table', 'tables'),
    count(model.edges.length, 'relation', 'relations'),
    ...(findings === 0 ? [] : [count(findings, 'finding', 'findings')]),
  ].join(' · ');
}

/** What a screen reader gets: names only, and of a large diagram its modules. */
function listTables(model: DiagramModel): string {
  const names = model.tables.length <= 100 ? model.tables.map(({ id }) => id) : model.modules.map(({ label }) => label);
  return names.length === 0 ? '' : `${model.tables.length <= 100 ? 'Tables' : 'Modules'}: ${names.join(', ')}.`;
}

function tooltip(table: DiagramTable): string {
  return [
    table.entity === null ? table.id : `${table.id} (${table.entity})`,
    ...(table.comment === null ? [] : [table.comment]),
    ...table.findings.map(({ severity, message }) => `${severity}: ${message}`),
  ].join('\n');
}

function fit(text: string, room: number, width: number): string {
  return fitText(text, room / width);
}
