/** Callbacks that run later, or when something happens, and not where they stand. */
import type { Call, FileFacts } from '../../schema/code.ts';
import { covers } from './within.ts';

/**
 * It runs when something happens, when its time has come, or when a worker comes to it, and not once per element:
 * `message.on('body', async () => …)`, `scheduleJob(cron, async () => …)`.
 */
export function isPutOff(
  { calls }: FileFacts,
  { at, loop, function: own }: Pick<Call, 'at' | 'loop' | 'function'>,
): boolean {
  const waits = ({ callee, function: around }: Call): boolean =>
    listening.test(callee) || (around !== own && (queueing.test(callee) || timing.test(callee)));
  return calls.some((call) => call.loop === loop && waits(call) && covers(call.at, at));
}

/** Names of what hands work to a worker. */
export const queueing = /(?:^|\.)(?:try)?(?:enqueue|queue)(?:[A-Z]\w*)?$/iu;

const listening = /\.(?:on|once|addListener|prependListener|addEventListener)$/u;

/** Timers of JavaScript, and what node-schedule, node-cron, executors of Java and queues of .NET call it. */
const timing =
  /(?:^|\.)(?:setTimeout|setInterval|setImmediate|scheduleJob\w*|schedule|scheduleAtFixedRate|scheduleWithFixedDelay)$/iu;
