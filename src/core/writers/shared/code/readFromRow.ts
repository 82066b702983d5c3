/** A query in a loop gives way to what the row has loaded. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { refuse } from '../refusals.ts';
import { chainAt } from './chain.ts';

/** The edits that load the relation, and the one that reads it: `orders.findBy({ customerId: customer.id })` → `customer.orders`. */
export function readFromRow(
  { instead, relation, at }: CodeChangeOf<'loadRelation'>,
  file: SourceFile,
  loaded: WriteResult,
  suffix = '',
): WriteResult {
  if (!loaded.ok || !instead) return loaded;
  const chain = instead.at.file === at.file ? chainAt(file, instead.at) : null;
  if (!chain) return refuse(`The query of the loop was not found in ${file.path}.`);
  const { parent } = chain.node;
  const whole = parent?.type === 'await_expression' || parent?.type === 'await' ? parent : chain.node;
  // A lazy relation of JavaScript is a promise, loaded or not.
  const promised = instead.lazy && parent?.type === 'await_expression' ? 'await ' : '';
  const newText = `${promised}${instead.element}.${relation}${suffix}`;
  return {
    ok: true,
    edits: [...loaded.edits, { file: file.path, start: whole.startIndex, end: whole.endIndex, newText }],
  };
}
