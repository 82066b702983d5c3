/** What the thread that asks and the threads that read say to each other. A thread says `'ready'` first. */
import type { ReadingTask, SerializedReading } from '../../core/workspace/elsewhere.ts';

export interface WorkerOptions {
  /** Folder of the `tree-sitter*.wasm` files. */
  readonly wasmDirectory: string;
}

export interface Batch {
  readonly id: number;
  readonly tasks: readonly ReadingTask[];
}

export interface BatchAnswer {
  readonly id: number;
  /** In the order of the tasks; null where one could not be read there. */
  readonly readings: readonly (SerializedReading | null)[];
}
