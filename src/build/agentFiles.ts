/** The agents and skills that the extension contributes: files of `media/agents` and folders of `media/skills`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths as package.json names them, sorted. */
export function agentFiles(repository: string, kind: 'agents' | 'skills'): readonly string[] {
  const names = readdirSync(join(repository, 'media', kind)).sort();
  return kind === 'agents'
    ? names.filter((name) => name.endsWith('.agent.md')).map((name) => `./media/agents/${name}`)
    : names.map((name) => `./media/skills/${name}/SKILL.md`);
}
