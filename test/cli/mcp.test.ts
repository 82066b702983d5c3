/** `data-engineer mcp` as its clients meet it: the SDK's own client over standard input and output. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { createToolServer } from '../../src/cli/mcp/toolServer.ts';
import { tools } from '../../src/server/tools/registry.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

const user = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('users')
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}
`;
const files = {
  'package.json': '{ "name": "shop", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0", "express": "5.0.0" } }',
  'src/user.entity.ts': user,
};

const textOf = ({ content }: CallToolResult) => content.map((part) => (part.type === 'text' ? part.text : '')).join('');

describe('mcp', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder(files);
    // An example of a tool compares with the branch main.
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder.path, stdio: 'pipe' });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'First');
  });
  afterEach(() => folder.remove());

  async function withClient(use: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [main, 'mcp', folder.path, '--no-cache'],
        stderr: 'ignore',
      }),
    );
    try {
      await use(client);
    } finally {
      await client.close();
    }
  }

  const call = async (
    client: Client,
    name: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<CallToolResult> => (await client.callTool({ name, arguments: { ...input } })) as CallToolResult;

  it('lists every tool, and answers every example of each', () =>
    withClient(async (client) => {
      assert.equal(client.getServerVersion()?.name, 'data-engineer');
      assert.match(client.getInstructions() ?? '', /find_tables/);
      const listed = (await client.listTools()).tools;
      assert.deepEqual(
        listed.map(({ name, description, inputSchema, annotations }) => [
          name,
          description,
          inputSchema,
          annotations?.readOnlyHint,
        ]),
        tools.map(({ name, description, inputSchema, readOnly }) => [name, description, inputSchema, readOnly]),
      );
      for (const { name, inputSchema } of tools)
        for (const example of inputSchema.examples) {
          // The examples name tables of a shop; this one has users alone.
          const input = {
            ...example,
            ...('tables' in example ? { tables: ['User'] } : {}),
            ...('entities' in example ? { entities: ['User'] } : {}),
          };
          const result = await call(client, name, input);
          assert.ok(result.isError !== true, textOf(result));
          assert.ok(result.structuredContent !== undefined && textOf(result).length > 0);
        }
    }));

  it('says what is wrong with an input, and goes on', () =>
    withClient(async (client) => {
      const wrong = await call(client, 'find_tables', { question: 7 });
      assert.equal(wrong.isError, true);
      assert.match(textOf(wrong), /"question" must be a string, not 7\. Example: \{"question":/);
      const unknown = await call(client, 'drop_tables', {});
      assert.equal(unknown.isError, true);
      assert.match(textOf(unknown), /There is no tool "drop_tables"/);
      assert.match(textOf(await call(client, 'get_schema', {})), /"users"/);
    }));

  it('says for every tool what is wrong with an input', () =>
    withClient(async (client) => {
      for (const { name, inputSchema } of tools) {
        const result = await call(client, name, { nonsense: true });
        assert.equal(result.isError, true, name);
        assert.match(
          textOf(result),
          new RegExp(`The input of ${name} is not right\\. .*There is no parameter "nonsense"`),
        );
        for (const [property, { type }] of Object.entries(inputSchema.properties)) {
          const wrong = type === 'string' ? 7 : 'seven';
          const told = textOf(await call(client, name, { ...inputSchema.examples[0], [property]: wrong }));
          assert.match(told, new RegExp(`"${property}" must be an? \\w+, not `), `${name}.${property}: ${told}`);
        }
      }
    }));

  it('answers from the files as they are now', () =>
    withClient(async (client) => {
      assert.doesNotMatch(textOf(await call(client, 'get_schema', {})), /nickname/);
      folder.write({ 'src/user.entity.ts': user.replace('name: string', 'nickname: string') });
      assert.match(textOf(await call(client, 'get_schema', {})), /nickname/);
    }));

  it('writes nothing but the protocol to standard output, and ends with its input', async () => {
    const child = spawn(process.execPath, [main, 'mcp', folder.path, '--no-cache'], { timeout: 30_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      // The last answer is there: the client goes.
      if (stdout.includes('"id":3')) child.stdin.end();
    });
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    const initialize = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    };
    for (const message of [
      { id: 1, method: 'initialize', params: initialize },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'get_schema', arguments: {} } },
      { id: 3, method: 'tools/call', params: { name: 'lint_schema', arguments: { severity: 'no' } } },
    ])
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const messages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: number });
    assert.deepEqual(
      messages.map(({ jsonrpc }) => jsonrpc),
      ['2.0', '2.0', '2.0'],
    );
    assert.deepEqual(messages.map(({ id }) => id).sort(), [1, 2, 3]);
  });

  it('says in one line that there is no such folder', async () => {
    const child = spawn(process.execPath, [main, 'mcp', `${folder.path}/nowhere`], { timeout: 30_000 });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += `stdout ${data.toString()}`));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    assert.equal(await new Promise((resolve) => child.on('close', resolve)), 2);
    assert.match(output, /^data-engineer: .*nowhere.*\n$/);
  });

  it('survives an analysis that fails, and reads once for those who ask at the same time', async () => {
    let reads = 0;
    const logged: string[] = [];
    const server = createToolServer({
      engine: {
        analyze: async () => {
          reads++;
          await Promise.resolve();
          if (reads === 1) throw new Error('the disk is gone');
          return { snapshot: { projects: [], problems: [] }, findings: [] };
        },
      },
      origin: null,
      version: '1',
      log: (line) => logged.push(line),
    });
    const [near, far] = InMemoryTransport.createLinkedPair();
    const client = new Client({ name: 'test', version: '1.0.0' });
    await Promise.all([server.connect(far), client.connect(near)]);
    const failed = await call(client, 'get_schema', {});
    assert.equal(failed.isError, true);
    assert.match(textOf(failed), /get_schema could not be carried out: the disk is gone/);
    assert.equal(logged.length, 1);
    const results = await Promise.all([1, 2, 3].map(() => call(client, 'explain_rule', {})));
    assert.ok(results.every(({ isError }) => isError !== true));
    assert.ok(reads <= 4, `${reads} reads`);
    await client.close();
  });
});
