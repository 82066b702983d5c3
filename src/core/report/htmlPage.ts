/** The diagram as one page that anyone can open, search and print: it loads nothing, and its policy lets it load nothing. */
import type { DiagramModel } from '../diagram/model.ts';
import type { DiagramLayout } from '../layout/layout.ts';
import { pageScript } from './htmlPageScript.ts';
import { diagramTop, renderSvg, svgStyle } from './svg.ts';
import { svgThemes } from './svgTheme.ts';
import type { SvgThemeName } from './svgTheme.ts';
import { escapeXml } from './xml.ts';

/** `theme`: at first; a button changes it. */
export function renderHtmlPage(model: DiagramModel, layout: DiagramLayout, theme: SvgThemeName): string {
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const tables = model.tables.flatMap((table) => {
    const box = boxes.get(table.id);
    return box === undefined
      ? []
      : [
          {
            name: table.id,
            entity: table.entity,
            columns: table.columns.map(({ name }) => name),
            box: [box.x, box.y + diagramTop, box.width, box.height],
          },
        ];
  });
  // The picture's own style would hold one theme alone; without a size it fills its frame.
  const svg = renderSvg(model, layout, 'light')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/^<svg([^>]*?) width="\d+" height="\d+"/, '<svg$1');
  return `<!DOCTYPE html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(model.title)}</title>
<style>${chrome}</style>
<style id="light">${svgStyle(svgThemes.light)}${variables('light')}</style>
<style id="dark" media="not all">${svgStyle(svgThemes.dark)}${variables('dark')}</style>
</head>
<body>
<header>
<h1 class="hidden">${escapeXml(model.title)}</h1>
<input id="search" type="search" placeholder="Search tables and columns" aria-label="Search tables and columns" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="hits">
<ul id="hits" role="listbox" aria-label="Search results" hidden></ul>
<span></span>
<button id="out" type="button" title="Zoom out" aria-label="Zoom out">−</button>
<button id="in" type="button" title="Zoom in" aria-label="Zoom in">+</button>
<button id="fit" type="button">Fit</button>
<button id="theme" type="button">Theme</button>
<button id="print" type="button">Print</button>
</header>
<main id="frame" tabindex="0" aria-label="Diagram. Arrow keys move it, plus and minus zoom, 0 shows everything.">
${svg}</main>
<p id="said" role="status" class="hidden"></p>
<script type="application/json" id="tables">${inScript(tables)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in. */
function inScript(data: unknown): string {
  return JSON.stringify(data)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

function variables(name: SvgThemeName): string {
  const { background, foreground, muted, table, border, edge } = svgThemes[name];
  return `:root{color-scheme:${name};--bg:${background};--fg:${foreground};--muted:${muted};--box:${table};--line:${border};--edge:${edge}}`;
}

const chrome = [
  'html,body{height:100%;margin:0}',
  'body{display:flex;flex-direction:column;font:13px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,sans-serif;color:var(--fg);background:var(--bg)}',
  'header{position:relative;display:flex;gap:6px;align-items:center;padding:6px 10px;border-bottom:1px solid var(--line)}',
  'header span{flex:1}',
  'input,button{font:inherit;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:4px;padding:4px 9px}',
  'input{width:min(320px,45vw)}',
  'button:hover{border-color:var(--edge)}',
  ':focus-visible{outline:2px solid #3b82f6;outline-offset:1px}',
  '#hits{position:absolute;z-index:2;top:100%;left:10px;width:min(360px,80vw);max-height:60vh;overflow:auto;margin:2px 0;padding:4px;list-style:none;background:var(--box);border:1px solid var(--line);border-radius:5px}',
  '#hits li{padding:3px 8px;border-radius:3px;cursor:pointer}',
  '#hits li[aria-selected=true],#hits li:hover{background:var(--line)}',
  '#hits small{color:var(--muted)}',
  '#frame{flex:1;min-height:0;overflow:hidden;cursor:grab;touch-action:none}',
  '#frame.moving{cursor:grabbing}',
  '#frame svg{display:block;width:100%;height:100%}',
  '.found{fill:none;stroke:#3b82f6;stroke-width:3}',
  '.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}',
  '@media print{header,.found{display:none}@page{size:landscape;margin:10mm}html,body{height:auto}#frame{overflow:visible}#frame svg{height:auto;max-height:96vh}}',
].join('');
