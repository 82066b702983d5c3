/** Every format a diagram is written in, for the command line and the editor alike. PNG is drawn by the panel. */
import type { DiagramModel } from '../diagram/model.ts';
import type { Places } from '../diagram/saved.ts';
import type { Arrangement } from '../diagram/view.ts';
import { atOrigin } from '../layout/atOrigin.ts';
import type { SvgThemeName } from './svgTheme.ts';

export type DiagramFormat = 'svg' | 'html' | 'mermaid' | 'dbml' | 'plantuml' | 'dot' | 'd2' | 'json';

export interface DiagramFormatFacts {
  /** Its own name, the same in every language. */
  readonly label: string;
  readonly extension: string;
  readonly description: string;
}

export const diagramFormats: Readonly<Record<DiagramFormat, DiagramFormatFacts>> = {
  svg: { label: 'SVG', extension: 'svg', description: 'a picture that stays sharp at every size' },
  html: { label: 'HTML', extension: 'html', description: 'one page to open, search and print, without any network' },
  mermaid: { label: 'Mermaid', extension: 'mmd', description: 'text that GitHub and others draw in Markdown' },
  dbml: { label: 'DBML', extension: 'dbml', description: 'text for dbdiagram.io and dbdocs' },
  plantuml: { label: 'PlantUML', extension: 'puml', description: 'text for PlantUML' },
  dot: { label: 'Graphviz DOT', extension: 'dot', description: 'text for Graphviz' },
  d2: { label: 'D2', extension: 'd2', description: 'text for D2' },
  json: { label: 'JSON', extension: 'json', description: 'tables, relations and their places as data' },
};

export interface RenderOptions {
  readonly theme: SvgThemeName;
  readonly arrangement: Arrangement;
  /** Where the user has put tables. */
  readonly places?: Places;
}

/** Each format's module is loaded when it is asked for: the layout engine is larger than everything else. */
export async function renderDiagram(
  model: DiagramModel,
  format: DiagramFormat,
  { theme, arrangement, places = {} }: RenderOptions,
): Promise<string> {
  const layout = async () => {
    const { layoutDiagram } = await import('../layout/layoutDiagram.ts');
    return atOrigin(await layoutDiagram(model, { arrangement, places }));
  };
  switch (format) {
    case 'svg':
      return (await import('./svg.ts')).renderSvg(model, await layout(), theme);
    case 'html':
      return (await import('./htmlPage.ts')).renderHtmlPage(model, await layout(), theme);
    case 'mermaid':
      return (await import('./mermaid.ts')).renderMermaid(model);
    case 'dbml':
      return (await import('./dbml.ts')).renderDbml(model);
    case 'plantuml':
      return (await import('./plantuml.ts')).renderPlantUml(model);
    case 'dot':
      return (await import('./dot.ts')).renderDot(model);
    case 'd2':
      return (await import('./d2.ts')).renderD2(model);
    case 'json':
      return (await import('./diagramJson.ts')).renderDiagramJson(model, await layout());
  }
}
