/** The table under the editor's cursor. */
export { tableAt } from '../../src/core/diagram/tableAt.ts';
export type { Place } from '../../src/core/diagram/tableAt.ts';
