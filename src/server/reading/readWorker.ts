/** Entry of dist/readWorker.js: a thread that parses and reads files for `readingThreads.ts`. Answers tasks in their order. */
import { parentPort, workerData } from 'node:worker_threads';
import { readers } from '../../core/readers/registry.ts';
import { createSyntax, languageOf } from '../../core/syntax/syntax.ts';
import type { Syntax } from '../../core/syntax/syntax.ts';
import { readSerialized } from '../../core/workspace/elsewhere.ts';
import type { ReadingTask, SerializedReading } from '../../core/workspace/elsewhere.ts';
import { readGrammar } from '../disk/readGrammar.ts';
import type { Batch, BatchAnswer, WorkerOptions } from './messages.ts';

const { wasmDirectory } = workerData as WorkerOptions;
let syntax: Promise<Syntax> | undefined;

async function answer({ path, text, readers: wanted }: ReadingTask): Promise<SerializedReading> {
  const language = languageOf(path);
  if (language === null) return readSerialized({ path, text, readers: wanted }, readers, null);
  const ready = await (syntax ??= createSyntax((file) => readGrammar(wasmDirectory, file)));
  await ready.ensure([language]);
  return readSerialized({ path, text, readers: wanted }, readers, ready);
}

let queue: Promise<void> = Promise.resolve();

async function work({ id, tasks }: Batch): Promise<void> {
  const readings: (SerializedReading | null)[] = [];
  for (const task of tasks) {
    try {
      readings.push(await answer(task));
    } catch {
      // Told by whoever asked: reading it there fails the same way, in the one place that reports it.
      readings.push(null);
    }
  }
  parentPort?.postMessage({ id, readings } satisfies BatchAnswer);
}

parentPort?.on('message', (batch: Batch) => {
  queue = queue.then(() => work(batch));
});
parentPort?.postMessage('ready');
