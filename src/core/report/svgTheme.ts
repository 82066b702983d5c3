/** Colours of the exported picture. Text reaches 4.5:1 against what it stands on, marks 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
import type { Badge, ChangeKindOfDiagram, DiagramSeverity } from '../diagram/model.ts';

export type SvgThemeName = 'light' | 'dark';

export interface SvgTheme {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly table: string;
  readonly header: string;
  readonly keyRow: string;
  readonly border: string;
  readonly line: string;
  readonly edge: string;
  readonly module: string;
  readonly moduleBorder: string;
  /** One per module in turn. */
  readonly accents: readonly string[];
  readonly severity: Readonly<Record<DiagramSeverity, string>>;
  readonly badge: Readonly<Record<Badge, string>>;
  readonly change: Readonly<Record<ChangeKindOfDiagram, string>>;
}

export const svgThemes: Readonly<Record<SvgThemeName, SvgTheme>> = {
  light: {
    background: '#ffffff',
    foreground: '#1f2328',
    muted: '#59636e',
    table: '#ffffff',
    header: '#eff2f5',
    keyRow: '#f8fafc',
    border: '#c4ccd5',
    line: '#e4e8ec',
    edge: '#7d8895',
    module: '#f7f8fa',
    moduleBorder: '#dde2e8',
    accents: ['#3b76d6', '#8a5cd6', '#2f8f5b', '#c2672a', '#1d8a99', '#c04a86', '#7c7f1f', '#5b6ee0'],
    change: { added: '#1a7f37', removed: '#c9252d', altered: '#9a6700' },
    severity: { error: '#c9252d', warning: '#9a6700', info: '#0969da' },
    badge: {
      pk: '#946400',
      fk: '#2f6fca',
      unique: '#7c4fd0',
      index: '#6a7480',
      pii: '#b5541c',
      phi: '#b5541c',
      pan: '#c9252d',
      secret: '#c9252d',
    },
  },
  dark: {
    background: '#16191d',
    foreground: '#e3e7ec',
    muted: '#97a1ac',
    table: '#20242a',
    header: '#2b3139',
    keyRow: '#252a31',
    border: '#454d57',
    line: '#333a43',
    edge: '#78838f',
    module: '#1a1e23',
    moduleBorder: '#2f363e',
    accents: ['#6ea8fe', '#b794f6', '#5cc48a', '#f0a15e', '#56c3d2', '#ee86b7', '#c9cc5f', '#95a3ff'],
    change: { added: '#5cc48a', removed: '#ff7b72', altered: '#e3b341' },
    severity: { error: '#ff7b72', warning: '#e3b341', info: '#79c0ff' },
    badge: {
      pk: '#e3b341',
      fk: '#79b8ff',
      unique: '#c3a1fb',
      index: '#8b96a2',
      pii: '#f4a261',
      phi: '#f4a261',
      pan: '#ff7b72',
      secret: '#ff7b72',
    },
  },
};
