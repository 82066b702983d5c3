/** The agents and skills: VS Code drops what it cannot read without a word, so everything is checked here. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { agentFiles } from '../../src/build/agentFiles.ts';
import { tools } from '../../src/server/tools/registry.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const {
  name: extension,
  publisher,
  contributes,
} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  name: string;
  publisher: string;
  contributes: Readonly<Record<'chatAgents' | 'chatSkills', readonly { path: string }[]>>;
};

interface Agent {
  readonly name: string;
  readonly description: string;
  readonly tools: readonly string[];
  readonly handoffs: readonly {
    readonly label: string;
    readonly agent: string;
    readonly prompt: string;
    readonly send: boolean;
  }[];
}

function parts(path: string): { readonly head: Readonly<Record<string, unknown>>; readonly body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(repository, path), 'utf8'));
  assert.ok(match, `${path} has no front matter`);
  return { head: parse(match[1]!) as Readonly<Record<string, unknown>>, body: match[2]! };
}

/** Tool sets of VS Code itself (docs/agent-customization/custom-agents.md). */
const builtIn = ['read', 'search', 'edit', 'execute'];
const own = tools.map(({ name }) => `${publisher}.${extension}/${name}`);

const agents = agentFiles(repository, 'agents');
const skills = agentFiles(repository, 'skills');
const names = agents.map((path) => basename(path, '.agent.md'));

describe('agents', () => {
  it('are the seven roles', () => {
    assert.deepEqual(names, [
      'api-engineer',
      'backend-engineer',
      'data-engineer',
      'deployment-engineer',
      'frontend-engineer',
      'qa-engineer',
      'security-engineer',
    ]);
  });

  it('are all contributed, as the skills are', () => {
    assert.deepEqual(
      contributes.chatAgents.map(({ path }) => path),
      agents,
    );
    assert.deepEqual(
      contributes.chatSkills.map(({ path }) => path),
      skills,
    );
    assert.equal(readdirSync(join(repository, 'media/agents')).length, agents.length);
  });

  for (const path of agents) {
    const { head, body } = parts(path);
    const agent = head as unknown as Agent;
    describe(agent.name, () => {
      it('has the fields of its kind, and pins no model', () => {
        assert.equal(agent.name, basename(path, '.agent.md'));
        assert.deepEqual(Object.keys(head).sort(), ['argument-hint', 'description', 'handoffs', 'name', 'tools']);
        assert.ok(agent.description.length > 30);
      });

      it('names tools that exist, each once, and in its text none that it does not have', () => {
        assert.deepEqual(
          agent.tools.filter((tool) => !builtIn.includes(tool) && !own.includes(tool)),
          [],
        );
        assert.equal(new Set(agent.tools).size, agent.tools.length);
        const said = [...body.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, tool]) => tool!);
        assert.ok(said.length > 0);
        assert.deepEqual(
          said.filter((tool) => !agent.tools.includes(`${publisher}.${extension}/${tool}`)),
          [],
        );
      });

      it('hands over to agents that exist, with words', () => {
        assert.ok(agent.handoffs.length > 0);
        for (const handoff of agent.handoffs) {
          assert.deepEqual(Object.keys(handoff), ['label', 'agent', 'prompt', 'send']);
          assert.ok(names.includes(handoff.agent) && handoff.agent !== agent.name, handoff.agent);
          assert.ok(handoff.label.length > 3 && handoff.prompt.length > 30);
          // The user reads it before it goes.
          assert.equal(handoff.send, false);
        }
      });

      it('reads the instructions first', () => {
        const [first] = body.trim().split('\n');
        assert.match(first ?? '', /^Read `copilot\.instructions\.md` first .*`AGENTS\.md`/);
      });
    });
  }

  it('lets the backend engineer hand over to API, data, security and deployment', () => {
    const { handoffs } = parts('media/agents/backend-engineer.agent.md').head as unknown as Agent;
    assert.deepEqual(handoffs.map(({ agent }) => agent).sort(), [
      'api-engineer',
      'data-engineer',
      'deployment-engineer',
      'security-engineer',
    ]);
  });
});

describe('skills', () => {
  for (const path of skills)
    it(`${path} has a name that is its folder's, a description, and tools that exist`, () => {
      const { head, body } = parts(path);
      assert.deepEqual(Object.keys(head), ['name', 'description']);
      assert.equal(head.name, path.split('/').at(-2));
      assert.match(String(head.name), /^[a-z0-9-]{1,64}$/);
      assert.ok(
        typeof head.description === 'string' && head.description.length > 50 && head.description.length <= 1024,
      );
      const said = [...body.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, tool]) => tool!);
      assert.ok(said.length > 0);
      assert.deepEqual(
        said.filter((tool) => !tools.some(({ name }) => name === tool)),
        [],
      );
    });
});
