import { Worker } from 'node:worker_threads';
import { prove } from './prove.ts';
import type { ProofRequest } from './prove.ts';
import type { ProofAnswer } from './runProof.ts';

async function answer(request: ProofRequest): Promise<ProofAnswer> {
  let open;
  try {
    // Neither engine is needed by who only reads schemas, and a package may come without them.
    open =
      request.dialect === 'postgresql'
        ? (await import('./postgresql.ts')).openPostgresql
        : (await import('./sqlite.ts')).openSqlite;
  } catch {
    const engine = request.dialect === 'postgresql' ? 'PostgreSQL (@electric-sql/pglite)' : 'SQLite (better-sqlite3)';
    return { failed: `Not executed: the embedded ${engine} is not part of this installation.` };
  }
  const database = await open();
  try {
    return { result: await prove(database, request) };
  } finally {
    await database.close();
  }
}

process.once('message', (request: ProofRequest) => {
  answer(request).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ failed: `The proof could not run: ${String(error)}` }),
  );
});
/**
 * Nobody may be there any more while an engine's native code holds this thread, for ever perhaps: a thread of its own looks every second whether the process
 * that asked is still alive.
 */
new Worker(
  `setInterval(() => {
    try { process.kill(${process.ppid}, 0); } catch { process.kill(process.pid, 'SIGKILL'); }
  }, 1000)`,
  { eval: true },
).unref();
// Nobody is there to be answered any more.
process.once('disconnect', () => process.exit());
