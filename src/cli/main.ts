/** `data-engineer <command> [dir]`: finds the command, keeps stdout for its result, and turns what went wrong into one line. */
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { commands } from './commands/registry.ts';
import { commandHelp, commonOptions, generalHelp } from './help.ts';
import { version } from './installation.ts';
import { createTerminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

async function run(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  const command = commands.find(({ name }) => name === first);
  if (command) return runCommand(command, rest);
  if (argv.length === 0 || first === 'help' || first === '--help' || first === '-h') {
    process.stdout.write(generalHelp(commands));
    return argv.length === 0 ? 2 : 0;
  }
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  throw new UsageError(
    `There is no command "${first ?? ''}": it is one of ${commands.map(({ name }) => name).join(', ')}. See data-engineer --help.`,
  );
}

async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(command, argv);
  if (values.help === true) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  if (values.version === true) {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const terminal = createTerminal({
    out: typeof values.out === 'string' ? values.out : undefined,
    force: values.force === true,
  });
  try {
    return await command.run({ positionals, values, terminal });
  } finally {
    terminal.progress(null);
  }
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...commonOptions, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).split(/\. |\n/u, 1)[0] ?? '';
    throw new UsageError(`${detail.replace(/\.$/u, '')}. See data-engineer ${command.name} --help.`);
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
}

process.stdout.on('error', endQuietly);
process.stderr.on('error', endQuietly);

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 2;
    const message = error instanceof Error ? error.message : String(error);
    const prefix = error instanceof UsageError ? '' : 'something went wrong: ';
    process.stderr.write(`data-engineer: ${prefix}${message.split('\n', 1)[0] ?? ''}\n`);
    if (!(error instanceof UsageError) && process.env.DATA_ENGINEER_DEBUG !== undefined)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  },
);
