/** Hand-off briefs as they leave the program: with secrets hidden that instructions and messages may quote. */
import { renderBrief } from '../core/briefs/brief.ts';
import type { BriefRole, BriefSource } from '../core/briefs/brief.ts';
import { redact } from './tools/redact.ts';

export function briefOf(role: BriefRole, source: BriefSource): string {
  return redact(renderBrief(role, source));
}
