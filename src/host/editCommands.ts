/** Commands that edit entities: of the diagram, the tree and the palette. */
const inFolder = 'workspaceFolderCount > 0';

export const editCommands = {
  addTable: { title: 'Add Table...', icon: null, palette: inFolder },
  addColumn: { title: 'Add Column...', icon: null, palette: inFolder },
  addIndex: { title: 'Add Index...', icon: null, palette: inFolder },
  addRelation: { title: 'Add Relation...', icon: null, palette: inFolder },
  renameElement: { title: 'Rename in Schema...', icon: null, palette: 'false' },
  changeColumnType: { title: 'Change Type...', icon: null, palette: inFolder },
  toggleNullable: { title: 'Make Nullable or Required', icon: null, palette: inFolder },
  deleteIndex: { title: 'Delete Index...', icon: null, palette: inFolder },
  deleteElement: { title: 'Delete from Schema...', icon: null, palette: 'false' },
} as const;
