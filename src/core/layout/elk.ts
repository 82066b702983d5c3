/** The only door to ELK, which is loaded when a layout is first asked for: it is the largest part of the bundle by far. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';

let engine: Promise<ELK> | undefined;

/** Lays a graph out. Rejects with ELK's own message where the graph is malformed. */
export async function runElk(graph: ElkNode): Promise<ElkNode> {
  engine ??= load();
  return (await engine).layout(graph);
}

async function load(): Promise<ELK> {
  // Inside a worker ELK's script takes the global `onmessage` for itself, and with it the worker's own messages.
  const scope = globalThis as { onmessage?: unknown };
  const inScope = 'onmessage' in scope;
  const before = scope.onmessage;
  const { default: elk } = await import('elkjs/lib/elk.bundled.js');
  if (inScope) scope.onmessage = before;
  return new elk.default();
}
