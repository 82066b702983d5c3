import type { Command } from '../command.ts';

export const lspCommand: Command = {
  name: 'lsp',
  summary: 'run the language server for an editor',
  argument: '',
  options: { stdio: { type: 'boolean' }, pipe: { type: 'string' }, socket: { type: 'string' } },
  optionHelp: [
    { usage: '--stdio', text: 'talk over standard input and output (default)' },
    { usage: '--pipe <name>', text: 'talk over a named pipe' },
    { usage: '--socket <port>', text: 'talk over a TCP port of this machine' },
  ],
  examples: ['data-engineer lsp --stdio'],
  run: async ({ values }) => {
    // The LSP library reads the way to talk from the process's own arguments.
    if (values.pipe === undefined && values.socket === undefined && values.stdio !== true) process.argv.push('--stdio');
    await import('../../server/main.ts');
    // The server ends the process when its editor goes.
    return new Promise<number>(() => undefined);
  },
};
