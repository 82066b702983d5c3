/** The colours of exported pictures, for a picture that shall not look like the editor. */
import { svgThemes } from '../../src/core/report/svgTheme.ts';
import type { SvgThemeName } from '../../src/core/report/svgTheme.ts';
import type { Theme } from './theme.ts';

const fonts = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export function fixedTheme(name: SvgThemeName): Theme {
  const theme = svgThemes[name];
  return {
    dark: name === 'dark',
    highContrast: false,
    background: theme.background,
    foreground: theme.foreground,
    muted: theme.muted,
    tableFill: theme.table,
    tableHeader: theme.header,
    tableBorder: theme.border,
    rowHover: theme.keyRow,
    rowSelected: theme.keyRow,
    selection: theme.edge,
    focus: theme.edge,
    edge: theme.edge,
    edgeActive: theme.edge,
    moduleFill: theme.module,
    moduleBorder: theme.moduleBorder,
    accents: theme.accents,
    severity: theme.severity,
    badge: theme.badge,
    change: theme.change,
    font: fonts,
    codeFont: 'monospace',
  };
}
