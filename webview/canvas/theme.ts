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
  const ground = resolve(element, background);
  const chart = (name: string) => legible(resolve(element, read(`charts-${name}`) ?? foreground), ground);
  const warning = resolve(element, read('editorWarning-foreground', 'charts-yellow') ?? foreground);
  return {
    dark,
    highContrast,
    background: ground,
    foreground: resolve(element, foreground),
    muted: resolve(element, muted),
    tableFill: resolve(element, highContrast ? background : mix(foreground, dark ? 5 : 1)),
    tableHeader: resolve(element, highContrast ? background : mix(foreground, dark ? 11 : 6)),
    tableBorder: resolve(element, contrast ?? mix(foreground, dark ? 26 : 24)),
    rowHover: resolve(element, highContrast ? background : (read('list-hoverBackground') ?? mix(foreground, 10))),
    rowSelected: resolve(
      element,
      highContrast ? background : (read('list-inactiveSelectionBackground') ?? mix(foreground, 16)),
    ),
    selection: resolve(element, read('contrastActiveBorder', 'focusBorder') ?? foreground),
    focus: resolve(element, read('focusBorder') ?? foreground),
    edge: resolve(element, highContrast ? foreground : mix(foreground, dark ? 46 : 50)),
    edgeActive: resolve(element, read('contrastActiveBorder', 'focusBorder', 'textLink-foreground') ?? foreground),
    moduleFill: resolve(element, highContrast ? background : mix(foreground, dark ? 2.5 : 2)),
    moduleBorder: resolve(element, contrast ?? mix(foreground, dark ? 14 : 13)),
    accents: [
      chart('blue'),
      chart('purple'),
      chart('green'),
      resolve(element, read('terminal-ansiCyan', 'charts-blue') ?? foreground),
      resolve(element, read('terminal-ansiMagenta', 'charts-purple') ?? foreground),
    ],
    severity: {
      error: resolve(element, read('editorError-foreground', 'errorForeground') ?? foreground),
      warning,
      info: resolve(element, read('editorInfo-foreground', 'charts-blue') ?? foreground),
    },
    badge: {
      pk: chart('yellow'),
      fk: chart('blue'),
      unique: chart('purple'),
      index: resolve(element, muted),
      pii: chart('orange'),
      phi: chart('orange'),
      pan: chart('red'),
      secret: chart('red'),
    },
    change: {
      added: legible(
        resolve(element, read('gitDecoration-addedResourceForeground', 'charts-green') ?? foreground),
        ground,
      ),
      removed: legible(
        resolve(element, read('gitDecoration-deletedResourceForeground', 'charts-red') ?? foreground),
        ground,
      ),
      altered: legible(
        resolve(element, read('gitDecoration-modifiedResourceForeground', 'charts-yellow') ?? foreground),
        ground,
      ),
    },
    font: read('font-family') ?? 'system-ui, sans-serif',
    codeFont: read('editor-font-family') ?? 'monospace',
  };
}

/** A canvas takes no `var()` and not every mix: let the browser compute the colour. */
function resolve(element: HTMLElement, color: string): string {
  let probe = probes.get(element);
  if (probe === undefined) {
    probe = document.createElement('span');
    probe.style.display = 'none';
    element.append(probe);
    probes.set(element, probe);
  }
  probe.style.color = color;
  const computed = getComputedStyle(probe).color;
  return computed === '' ? color : computed;
}

const probes = new WeakMap<HTMLElement, HTMLElement>();

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
