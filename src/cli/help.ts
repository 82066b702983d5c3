import { alignRows } from '../core/report/style.ts';
import type { Command, OptionHelp } from './command.ts';

/** Options that every command takes. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  out: { type: 'string', short: 'o' },
  force: { type: 'boolean' },
} as const;

const commonHelp: readonly OptionHelp[] = [
  { usage: '-o, --out <file>', text: 'write the result to a file instead of standard output' },
  { usage: '--force', text: 'replace the file if it is already there' },
  { usage: '-h, --help', text: 'show this help' },
];

export function generalHelp(commands: readonly Command[]): string {
  return [
    'data-engineer <command> [dir] [options]',
    '',
    'Reads the data model from the source of a project, without running it.',
    '',
    'Commands:',
    ...rows(commands.map(({ name, summary }) => ({ usage: name, text: summary }))),
    '',
    'Options of every command:',
    ...rows([...commonHelp, { usage: '-v, --version', text: 'show the version' }]),
    '',
    '`data-engineer <command> --help` shows the options of one command.',
    'Exit codes: 0 nothing found at or above the threshold, 1 findings, 2 wrong usage or unreadable input.',
    '',
  ].join('\n');
}

export function commandHelp({ name, summary, argument, optionHelp, examples }: Command): string {
  return [
    `data-engineer ${name} ${argument}${argument === '' ? '' : ' '}[options]`,
    '',
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...(argument === '[dir]'
      ? ['The directory may be a repository, a package, a folder of models or a single file.']
      : []),
    '',
    'Options:',
    ...rows([...optionHelp, ...commonHelp]),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function rows(help: readonly OptionHelp[]): readonly string[] {
  return alignRows(help.map(({ usage, text }) => [{ text: usage }, { text }])).map((row) => `  ${row}`);
}
