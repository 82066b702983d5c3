/**
 * `npm test`: installs what is missing, builds, type-checks, lints, then runs every suite. All steps are run even after
 * one failed, so that one look shows everything; the last lines say what failed.
 * `npm test -- unit webview` runs the named steps only.
 */
import { spawn } from 'node:child_process';
import { ensureInstalled, pinnedEnvironment, repository } from './install.mjs';

ensureInstalled();

const steps = ['build', 'typecheck', 'lint', 'unit', 'webview', 'vscode', 'e2e', 'package'];
const scripts = {
  unit: 'test:unit',
  webview: 'test:webview',
  vscode: 'test:vscode',
  e2e: 'test:e2e',
  package: 'test:package',
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = wanted.filter((step) => !steps.includes(step));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}. Steps: ${steps.join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const outcomes = [];

const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step));
// The unit tests use one core; what needs no VS Code runs beside them. Its output is shown once it has ended.
const beside = chosen.includes('unit')
  ? chosen.filter((step) => step === 'typecheck' || step === 'lint' || step === 'webview')
  : [];

const isBuilt = !chosen.includes('build') || (await take('build'));
if (isBuilt) {
  const quietly = (async () => {
    const held = [];
    for (const step of beside) held.push(await perform(step, () => undefined));
    return held;
  })();
  for (const step of chosen)
    if (step === 'unit') {
      const unit = await perform(step, (data) => process.stdout.write(data));
      for (const done of await quietly) {
        process.stdout.write(done.text);
        conclude(done);
      }
      conclude(unit);
    } else if (step !== 'build' && !beside.includes(step)) await take(step);
}

async function take(step) {
  return conclude(await perform(step, (data) => process.stdout.write(data)));
}

/** Runs a step; `show` is given what it prints, its heading first. */
async function perform(step, show) {
  const script = scripts[step] ?? step;
  const heading = `\n── ${step} (npm run ${script}) ${'─'.repeat(Math.max(0, 60 - step.length - script.length))}\n`;
  show(heading);
  const started = Date.now();
  const { status, output } = await run(script, show);
  return { step, status, output, text: heading + output, seconds: Math.round((Date.now() - started) / 1000) };
}

/** Counts a step in and keeps its line of the summary; true where it passed. */
function conclude({ step, status, output, seconds }) {
  const counted = count(output);
  passed += counted.passed;
  failed += counted.failed;
  // A step that failed without a counted failure (a compiler error, a crash) is one failure.
  if (status !== 0 && counted.failed === 0) failed++;
  // A suite that ran nothing has not passed.
  const empty = step in scripts && status === 0 && counted.passed === 0;
  if (empty) failed++;
  const isGreen = status === 0 && !empty;
  outcomes.push(
    `${isGreen ? '✔' : '✖'} ${step.padEnd(10)} ${String(seconds).padStart(4)} s  ${empty ? 'ran no test' : counted.passed + counted.failed > 0 ? `${counted.passed} passed, ${counted.failed} failed` : ''}`,
  );
  return isGreen;
}

console.log(`\n${outcomes.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function run(script, show) {
  return new Promise((resolve) => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const child = spawn(npm, ['run', '--silent', script], {
      cwd: repository,
      env: { ...pinnedEnvironment(), ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      show(data);
    });
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** Our own runners' closing "12 passed, 1 failed", which sums up mocha's lines where both are printed; else mocha's "12 passing / 1 failing". */
function count(output) {
  const own = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)];
  if (own.length > 0) return { passed: total(own.map(([, ok]) => ok)), failed: total(own.map(([, , bad]) => bad)) };
  const mocha = (word) =>
    total([...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].map(([, number]) => number));
  return { passed: mocha('passing'), failed: mocha('failing') };
}

function total(numbers) {
  return numbers.reduce((sum, number) => sum + Number(number), 0);
}
