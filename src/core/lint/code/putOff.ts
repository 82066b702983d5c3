/** Callbacks that run later, or when something happens, and not where they stand. */
import type { Call, FileFacts } from '../../schema/code.ts';
import { covers } from './within.ts';

/**
 * It runs when something happens, when its time has come, or when a worker comes to it, and not once per element:
 * `message.on('body', async () => …)`, `scheduleJob(cron, async () => …)`.
 */
export function isPutOff(
  file: FileFacts,
  { at, loop, function: own }: Pick<Call, 'at' | 'loop' | 'function'>,
): boolean {
  return waitingCalls(file).some(
    (call) => call.loop === loop && (call.function !== own || listening.test(call.callee)) && covers(call.at, at),
  );
}

const waiting = new WeakMap<FileFacts, readonly Call[]>();

/** Few of the calls of a file; libraries have tens of thousands. */
function waitingCalls(file: FileFacts): readonly Call[] {
  let known = waiting.get(file);
  if (!known) {
    known = file.calls.filter(({ callee }) => listening.test(callee) || queueing.test(callee) || timing.test(callee));
    waiting.set(file, known);
  }
  return known;
}

/** Names of what hands work to a worker. */
export const queueing = /(?:^|\.)(?:try)?(?:enqueue|queue)(?:[A-Z]\w*)?$/iu;

const listening = /\.(?:on|once|addListener|prependListener|addEventListener)$/u;

/** Timers of JavaScript, and what node-schedule, node-cron, executors of Java and queues of .NET call it. */
const timing =
  /(?:^|\.)(?:setTimeout|setInterval|setImmediate|scheduleJob\w*|schedule|scheduleAtFixedRate|scheduleWithFixedDelay)$/iu;
