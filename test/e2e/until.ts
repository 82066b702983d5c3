/** Waits for a state that has no element to wait for: a file, a number of tables, a place. */

const stepMs = 200;

/**
 * @param what as the end of "waited in vain for"
 * @throws after `seconds`, which are many: a busy machine is no reason to fail
 */
export async function until(holds: () => boolean | Promise<boolean>, what: string, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
}
