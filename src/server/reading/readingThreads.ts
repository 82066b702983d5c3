/**
 * Threads that parse and read files beside this one. They are started when a start turns out to be a large and cold one, and ended
 * when it is over: a keystroke reads one file, which is quicker done here. Whatever goes wrong with a thread costs
 * time, never a result: what it still had to read is read here.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Elsewhere, ReadingTask, SerializedReading } from '../../core/workspace/elsewhere.ts';
import type { Batch, BatchAnswer, WorkerOptions } from './messages.ts';

export interface ReadingThreadsOptions {
  readonly wasmDirectory: string;
  /** Beside this one. */
  readonly threads?: number;
  /** Characters asked for before threads are started: fewer are read before a thread is ready. */
  readonly startAfter?: number;
  /** Module that a thread runs; of tests. */
  readonly entry?: string;
  readonly log: (line: string) => void;
}

export interface ReadingThreads extends Elsewhere {
  /** The work is done: threads are ended, and started again by the next large one. */
  rest(): void;
}

/** More threads than this wait for the one that hands out the files and takes the results. */
const maxThreads = 4;
const defaultStartAfter = 400_000;
/** Characters in a message: enough that the way there does not count, few enough that the last one is not waited for. */
const batchSize = 48_000;
/** Characters that a thread has before it. With more, this thread reads the next file itself. */
const maxBacklog = 2 * batchSize;
/** Of a thread's heap, in MB: results live until they are sent, so little is ever copied. */
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 };

interface Waiting {
  readonly task: ReadingTask;
  readonly settle: (reading: SerializedReading | null) => void;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  /** Characters sent and not answered. */
  backlog: number;
  readonly sent: Map<number, readonly Waiting[]>;
}

/** One core is this thread's own. */
export function spareThreads(): number {
  return Math.min(maxThreads, availableParallelism()) - 1;
}

export function createReadingThreads(options: ReadingThreadsOptions): ReadingThreads {
  const { threads: wanted = spareThreads(), startAfter = defaultStartAfter, entry = entryFile(), log } = options;
  let threads: Thread[] = [];
  let asked = 0;
  let isBroken = false;
  let batches = 0;
  let gathered: Waiting[] = [];
  let gatheredSize = 0;

  function start(): void {
    const workerData: WorkerOptions = { wasmDirectory: options.wasmDirectory };
    for (let index = 0; index < wanted; index++) {
      let worker: Worker;
      try {
        worker = new Worker(entry, { workerData, resourceLimits });
      } catch (error) {
        lose(null, error instanceof Error ? error.message : String(error));
        return;
      }
      const thread: Thread = { worker, isReady: false, backlog: 0, sent: new Map() };
      threads.push(thread);
      worker.on('message', (message: 'ready' | BatchAnswer) => {
        if (message === 'ready') thread.isReady = true;
        else take(thread, message);
      });
      worker.on('error', (error: Error) => lose(thread, error.message));
      worker.on('exit', () => lose(thread, 'it ended'));
      worker.unref();
    }
  }

  function take(thread: Thread, { id, readings }: BatchAnswer): void {
    const batch = thread.sent.get(id) ?? [];
    thread.sent.delete(id);
    thread.backlog -= sizeOf(batch);
    if (thread.sent.size === 0) thread.worker.unref();
    batch.forEach(({ settle }, index) => settle(readings[index] ?? null));
  }

  /** A thread that cannot start, or dies, would do so again: this one does without from now on. */
  function lose(thread: Thread | null, reason: string): void {
    if (thread && !threads.includes(thread)) return;
    log(`Files are read on one thread, because another could not go on: ${reason}`);
    isBroken = true;
    end();
  }

  function end(): void {
    const ended = threads;
    const unread = [...gathered.splice(0), ...ended.flatMap(({ sent }) => [...sent.values()].flat())];
    threads = [];
    gatheredSize = 0;
    for (const { worker } of ended) void worker.terminate();
    for (const { settle } of unread) settle(null);
  }

  function send(thread: Thread): void {
    const batch = gathered;
    gathered = [];
    gatheredSize = 0;
    thread.sent.set(++batches, batch);
    thread.backlog += sizeOf(batch);
    thread.worker.ref();
    thread.worker.postMessage({ id: batches, tasks: batch.map(({ task }) => task) } satisfies Batch);
  }

  /** The ready thread with the least to do, if it can take more. */
  function idlest(): Thread | undefined {
    return threads
      .filter(({ isReady, backlog }) => isReady && backlog + gatheredSize < maxBacklog)
      .reduce<Thread | undefined>((best, each) => (best && best.backlog <= each.backlog ? best : each), undefined);
  }

  return {
    read(task) {
      if (isBroken || wanted < 1) return undefined;
      asked += task.text.length;
      if (asked < startAfter) return undefined;
      if (threads.length === 0) start();
      const thread = idlest();
      if (!thread) return undefined;
      const reading = new Promise<SerializedReading | null>((settle) => gathered.push({ task, settle }));
      gatheredSize += task.text.length;
      if (gatheredSize >= batchSize) send(thread);
      else if (gathered.length === 1) setImmediate(flush);
      return reading;
    },
    rest() {
      asked = 0;
      end();
    },
  };

  /** What has not filled a message by the next turn is sent as it is. */
  function flush(): void {
    if (gathered.length === 0) return;
    const thread = idlest() ?? threads[0];
    if (thread) send(thread);
  }
}

function sizeOf(batch: readonly Waiting[]): number {
  return batch.reduce((sum, { task }) => sum + task.text.length, 0);
}

/** Bundled beside the program, or as source. */
function entryFile(): string {
  const bundled = fileURLToPath(new URL('./readWorker.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./readWorker.ts', import.meta.url));
}
