/** What the diagram is exported as, and how each file begins. */
export interface ExportedFile {
  /** In the menu. */
  readonly label: string;
  readonly extension: string;
  readonly begins: RegExp;
  /** The user is asked for the colours. */
  readonly coloured: boolean;
}

export const exportFormats: readonly ExportedFile[] = [
  { label: 'SVG', extension: 'svg', begins: /^<svg|^<\?xml/, coloured: true },
  { label: 'PNG', extension: 'png', begins: /^.PNG/, coloured: true },
  { label: 'HTML', extension: 'html', begins: /^<!doctype html/i, coloured: true },
  { label: 'Mermaid', extension: 'mmd', begins: /erDiagram/, coloured: false },
  { label: 'DBML', extension: 'dbml', begins: /Table /, coloured: false },
  { label: 'PlantUML', extension: 'puml', begins: /^@startuml/, coloured: false },
  { label: 'Graphviz DOT', extension: 'dot', begins: /^digraph/, coloured: false },
  { label: 'D2', extension: 'd2', begins: /sql_table/, coloured: false },
  { label: 'JSON', extension: 'json', begins: /^\{/, coloured: false },
];
