import { analysisOptionHelp, analysisOptions, openEngine } from '../analyse.ts';
import type { Command } from '../command.ts';
import { version } from '../installation.ts';

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
      const server = createToolServer({ engine, version: version(), log: (line) => invocation.terminal.note(line) });
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
