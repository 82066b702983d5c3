import type { DataSource } from '../../schema/code.ts';
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { snakeNaming } from './naming.ts';
import type { NamingStrategy } from './naming.ts';

/** Strategies by the name a data source gives. */
export function namingStrategies(
  _evaluator: Evaluator,
  _report: (problem: Problem) => void,
): (source: DataSource) => NamingStrategy | null {
  return (source) => (source.namingStrategy?.includes('SnakeNamingStrategy') ? snakeNaming : null);
}
