/** The suite that judges generated endpoints is judged here: it passes over a right one and catches every fault of a wrong one. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { httpResults, runHttpSuite } from './httpSuite.ts';
import type { HttpTarget } from './httpSuite.ts';
import { faults, referenceResources, startReferenceServer } from './referenceServer.ts';
import type { Fault } from './referenceServer.ts';

async function judge<T>(fault: Fault | null, by: (target: HttpTarget) => Promise<T>): Promise<T> {
  const server = await startReferenceServer(fault);
  try {
    const tokens = { full: 'full', none: 'none' };
    return await by({ baseUrl: server.baseUrl, resources: referenceResources, seeds: {}, tokens });
  } finally {
    await server.stop();
  }
}

/** What is found first; null = nothing. */
async function firstFailure(target: HttpTarget): Promise<string | null> {
  for await (const { failure } of httpResults(target)) if (failure !== null) return failure;
  return null;
}

describe('HTTP suite', function () {
  this.timeout(60_000);

  it('finds nothing wrong with a right interface', async () => {
    const results = await judge(null, runHttpSuite);
    assert.ok(results.length > 40);
    assert.deepEqual(
      results.filter(({ failure }) => failure !== null),
      [],
    );
  });

  for (const fault of faults)
    it(`catches: ${fault}`, async () => {
      assert.notEqual(await judge(fault, firstFailure), null);
    });
});
