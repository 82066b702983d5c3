import { resolve } from 'node:path';
import { analysisOptionHelp, analysisOptions, openEngine } from '../analyse.ts';
import type { Command } from '../command.ts';
import { version, wasmDirectory } from '../installation.ts';

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'serve the schema, the findings and the profile to language models (Model Context Protocol)',
  argument: '[dir]',
  options: analysisOptions,
  optionHelp: analysisOptionHelp,
  examples: ['data-engineer mcp', 'data-engineer mcp packages/api'],
  run: async (invocation) => {
    const engine = await openEngine(invocation);
    try {
      // Loaded here: no other command needs them.
      const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
      const { createToolServer } = await import('../mcp/toolServer.ts');
      const origin = {
        directory: resolve(invocation.positionals[0] ?? '.'),
        setting: { wasmDirectory: wasmDirectory(), exclude: [], maxFileSizeKb: 1024 },
        text: (path: string) => engine.text(path),
      };
      const server = createToolServer({
        engine,
        origin,
        version: version(),
        log: (line) => invocation.terminal.note(line),
      });
      // The client ends us by closing our input, which the transport does not watch.
      const ended = new Promise<void>((resolve) => {
        process.stdin.once('end', resolve).once('close', resolve);
        server.onclose = resolve;
      });
      await server.connect(new StdioServerTransport());
      await ended;
      await server.close();
      return 0;
    } finally {
      engine.dispose();
    }
  },
};
