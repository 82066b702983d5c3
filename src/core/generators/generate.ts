/** Chooses the generator that serves a project. */
import type { GenerateRequest, GenerateResult } from './generator.ts';
import { generators } from './registry.ts';

export async function generate(request: GenerateRequest): Promise<GenerateResult> {
  const generator = generators.find((each) => each.matches(request.profile));
  if (generator) return generator.generate(request);
  return Promise.resolve({
    ok: false,
    reason: 'Code is generated for NestJS and Express with TypeORM; this project uses neither.',
  });
}
