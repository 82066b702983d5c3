/** The colours and fonts the canvas draws with: VS Code's theme variables, read again whenever the theme changes. */
import type { Badge, ChangeKindOfDiagram, DiagramSeverity } from '../../src/core/diagram/model.ts';
import { legible } from './contrast.ts';

export interface Theme {
  readonly dark: boolean;
  readonly highContrast: boolean;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly tableFill: string;
  readonly tableHeader: string;
  readonly tableBorder: string;
  readonly rowHover: string;
  readonly rowSelected: string;
  readonly selection: string;
  readonly focus: string;
  readonly edge: string;
  readonly edgeActive: string;
  readonly moduleFill: string;
  readonly moduleBorder: string;
  /** One per module in turn; never a severity's colour. */
  readonly accents: readonly string[];
  readonly severity: Readonly<Record<DiagramSeverity, string>>;
  readonly badge: Readonly<Record<Badge, string>>;
  readonly change: Readonly<Record<ChangeKindOfDiagram, string>>;
  readonly font: string;
  readonly codeFont: string;
}

/** Reads `--vscode-*`; each falls back to a variable that every theme has, and at last to a system colour. */
export function readTheme(element: HTMLElement): Theme {
  // Once to learn which colours are asked for: computing them one by one would compute the page's styles as often.
  const colors = new Set<string>();
  themeOf(element, (color) => {
    colors.add(color);
    return color;
  });
  const computed = computeColors(element, [...colors]);
  return themeOf(element, (color) => computed.get(color) ?? color);
}

function themeOf(element: HTMLElement, resolve: (color: string) => string): Theme {
  const style = getComputedStyle(element);
  const read = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return null;
  };
  const classes = document.body.classList;
  const highContrast = classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const dark =
    classes.contains('vscode-dark') ||
    (classes.contains('vscode-high-contrast') && !classes.contains('vscode-high-contrast-light'));
  const background = read('editor-background') ?? 'Canvas';
  const foreground = read('editor-foreground', 'foreground') ?? 'CanvasText';
  const contrast = highContrast ? read('contrastBorder') : null;
  const mix = (color: string, share: number) => `color-mix(in srgb, ${color} ${share}%, ${background})`;
  // Not descriptionForeground, whose contrast on tinted rows is too low in VS Code's own light theme.
  const muted = highContrast ? foreground : mix(foreground, 80);
  const ground = resolve(background);
  const chart = (name: string) => legible(resolve(read(`charts-${name}`) ?? foreground), ground);
  const warning = resolve(read('editorWarning-foreground', 'charts-yellow') ?? foreground);
  return {
    dark,
    highContrast,
    background: ground,
    foreground: resolve(foreground),
    muted: resolve(muted),
    tableFill: resolve(highContrast ? background : mix(foreground, dark ? 5 : 1)),
    tableHeader: resolve(highContrast ? background : mix(foreground, dark ? 11 : 6)),
    tableBorder: resolve(contrast ?? mix(foreground, dark ? 26 : 24)),
    rowHover: resolve(highContrast ? background : (read('list-hoverBackground') ?? mix(foreground, 10))),
    rowSelected: resolve(highContrast ? background : (read('list-inactiveSelectionBackground') ?? mix(foreground, 16))),
    selection: resolve(read('contrastActiveBorder', 'focusBorder') ?? foreground),
    focus: resolve(read('focusBorder') ?? foreground),
    edge: resolve(highContrast ? foreground : mix(foreground, dark ? 46 : 50)),
    edgeActive: resolve(read('contrastActiveBorder', 'focusBorder', 'textLink-foreground') ?? foreground),
    moduleFill: resolve(highContrast ? background : mix(foreground, dark ? 2.5 : 2)),
    moduleBorder: resolve(contrast ?? mix(foreground, dark ? 14 : 13)),
    accents: [
      chart('blue'),
      chart('purple'),
      chart('green'),
      resolve(read('terminal-ansiCyan', 'charts-blue') ?? foreground),
      resolve(read('terminal-ansiMagenta', 'charts-purple') ?? foreground),
    ],
    severity: {
      error: resolve(read('editorError-foreground', 'errorForeground') ?? foreground),
      warning,
      info: resolve(read('editorInfo-foreground', 'charts-blue') ?? foreground),
    },
    badge: {
      pk: chart('yellow'),
      fk: chart('blue'),
      unique: chart('purple'),
      index: resolve(muted),
      pii: chart('orange'),
      phi: chart('orange'),
      pan: chart('red'),
      secret: chart('red'),
    },
    change: {
      added: legible(resolve(read('gitDecoration-addedResourceForeground', 'charts-green') ?? foreground), ground),
      removed: legible(resolve(read('gitDecoration-deletedResourceForeground', 'charts-red') ?? foreground), ground),
      altered: legible(
        resolve(read('gitDecoration-modifiedResourceForeground', 'charts-yellow') ?? foreground),
        ground,
      ),
    },
    font: read('font-family') ?? 'system-ui, sans-serif',
    codeFont: read('editor-font-family') ?? 'monospace',
  };
}

/** A canvas takes no `var()` and not every mix: let the browser compute the colours. */
function computeColors(element: HTMLElement, colors: readonly string[]): ReadonlyMap<string, string> {
  const probe = document.createElement('div');
  probe.style.display = 'none';
  const probes = colors.map((color) => {
    const each = document.createElement('span');
    each.style.color = color;
    return [color, each] as const;
  });
  probe.append(...probes.map(([, each]) => each));
  element.append(probe);
  const computed = new Map(
    probes.flatMap(([color, each]) => {
      const value = getComputedStyle(each).color;
      return value === '' ? [] : [[color, value] as const];
    }),
  );
  probe.remove();
  return computed;
}

/** Calls back when VS Code switches the theme (body classes, variables on the root element). Returns what stops it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => {
    observer.disconnect();
  };
}

/** Gives the colours of marks to the page's style sheets, for the marks that are not drawn on the canvas. */
export function publishMarks(element: HTMLElement, { badge }: Theme): void {
  for (const [name, color] of Object.entries(badge)) element.style.setProperty(`--mark-${name}`, color);
}
