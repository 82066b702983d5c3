/** Chooses the generator that serves a project. */
import type { Profile } from '../profile/profile.ts';
import type { GenerateRequest, GenerateResult } from './generator.ts';
import { generators } from './registry.ts';

/** Writes nothing: what is to be written, and what is left alone, is told. */
export async function generate(request: GenerateRequest): Promise<GenerateResult> {
  const generator = generators.find((each) => each.matches(request.profile));
  if (!generator) return { ok: false, reason: notSupported(request.profile) };
  if (request.layers.length === 0) return { ok: false, reason: 'No layer was asked for.' };
  return generator.generate(request);
}

function notSupported({ language, framework, orms }: Profile): string {
  const supported = generators.map(({ label }) => label).join(' and for ');
  const found = [framework, ...orms].filter((name) => name !== null);
  const stack = found.length > 0 ? found.join(' with ') : (language ?? 'no framework that is known');
  return `Code is generated for ${supported} so far; this project uses ${stack}.`;
}
