/** A proof in a process of its own: a thread cannot be stopped while an engine's native code runs, a process can. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProofRequest, ProofResult } from './prove.ts';

export interface ProofLimits {
  /** From the start of the engine to the end; PostgreSQL takes about a second to start. */
  readonly timeoutMs?: number;
  /** Of the JavaScript heap; PostgreSQL's own memory (WebAssembly) is bounded by its build at 4 GB and in practice by what the rows need. */
  readonly maxMemoryMb?: number;
  readonly signal?: AbortSignal;
}

export type ProofAnswer = { readonly result: ProofResult } | { readonly failed: string };

/** Bundled beside the program, or as source. */
function workerFile(): string {
  const bundled = fileURLToPath(new URL('./proofWorker.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./proofWorker.ts', import.meta.url));
}

/** Rejects with a sentence where there is no result: stopped, out of time or memory, engine not there. A migration that does not work is a result. */
export function runProof(request: ProofRequest, limits: ProofLimits = {}): Promise<ProofResult> {
  const { timeoutMs = 60_000, maxMemoryMb = 512, signal } = limits;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new Error('The proof was stopped.'));
      return;
    }
    const worker = fork(workerFile(), [], {
      execArgv: [`--max-old-space-size=${maxMemoryMb}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Requests hold maps, which JSON does not carry.
      serialization: 'advanced',
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.kill('SIGKILL');
      settle();
    };
    const stop = (): void => end(() => reject(new Error('The proof was stopped.')));
    const timer = setTimeout(
      () =>
        end(() => reject(new Error(`The proof took longer than ${Math.round(timeoutMs / 1000)} s and was stopped.`))),
      timeoutMs,
    );
    signal?.addEventListener('abort', stop);
    worker.once('message', (answer: ProofAnswer) =>
      end(() => ('result' in answer ? resolve(answer.result) : reject(new Error(answer.failed)))),
    );
    worker.once('error', (error) => end(() => reject(new Error(`The proof could not run: ${error.message}`))));
    // Without an answer it was ended by V8, which gives up when the heap is full.
    worker.once('exit', () =>
      end(() => reject(new Error(`The proof ended without a result; it may have needed more than ${maxMemoryMb} MB.`))),
    );
    worker.send(request);
  });
}

/** One line for people: `ran on PostgreSQL 18.1: up 12 ms, down 4 ms, no rows lost`. */
export function proofInWords(result: ProofResult): string {
  const { engine, failure, differences, upMs, downMs, lost } = result;
  if (failure)
    return `failed on ${engine} (${failure.phase}): ${failure.message}\n  ${failure.statement.split('\n', 1)[0] ?? ''}`;
  const [first] = differences;
  if (first) {
    const more = differences.length > 1 ? ` and ${differences.length - 1} more` : '';
    return `ran on ${engine}, but ${first.phase === 'up' ? 'up does not lead to the target' : 'down does not lead back'}: ${first.line}${more}`;
  }
  const rows =
    lost.length === 0
      ? 'no rows lost'
      : lost.map(({ table, rows: count }) => `${count} rows of ${table} lost`).join(', ');
  return `ran on ${engine}: up ${Math.ceil(upMs)} ms, ${result.undone ? `down ${Math.ceil(downMs)} ms` : 'down not given'}, ${rows}`;
}
