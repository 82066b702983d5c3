/** Takes a streamed answer apart: prose, inline code, fenced blocks. What may still become a block is held until it is clear. */
import { blockOf } from './block.ts';
import type { Block } from './block.ts';

export type AnswerPart =
  /** Markdown without code. */
  | { readonly kind: 'text'; readonly text: string }
  /** What stands between single backticks. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'block'; readonly block: Block };

export interface AnswerSplitter {
  push(chunk: string): readonly AnswerPart[];
  end(): readonly AnswerPart[];
}

interface Fence {
  readonly marker: string;
  readonly info: string;
  readonly indent: string;
  readonly lines: string[];
}

/** CommonMark §4.5: up to three spaces, three or more backticks or tildes; inside lists models indent deeper. */
const fenceStart = /^([ \t]*)(`{3,}|~{3,})([^`]*)$/u;
const mayBeFence = /^[ \t]*(?:`{0,}|~{0,})$|^[ \t]*(?:`{3}|~{3})/u;

export function createSplitter(): AnswerSplitter {
  let rest = '';
  let atLineStart = true;
  let fence: Fence | null = null;

  function line(text: string, end: string): readonly AnswerPart[] {
    if (fence !== null) {
      const bare = text.trim();
      if (bare.startsWith(fence.marker) && /^(?:`+|~+)$/u.test(bare)) {
        const closed = fence;
        fence = null;
        return [finished(closed, true)];
      }
      fence.lines.push(text.startsWith(fence.indent) ? text.slice(fence.indent.length) : text.trimStart());
      return [];
    }
    const start = atLineStart ? fenceStart.exec(text) : null;
    if (start) {
      const [, indent = '', marker = '```', info = ''] = start;
      fence = { marker, info: info.trim(), indent, lines: [] };
      return [];
    }
    return inline(text + end);
  }

  function take(): readonly AnswerPart[] {
    const parts: AnswerPart[] = [];
    for (let at = rest.indexOf('\n'); at !== -1; at = rest.indexOf('\n')) {
      parts.push(...line(rest.slice(0, at).replace(/\r$/u, ''), '\n'));
      rest = rest.slice(at + 1);
      atLineStart = true;
    }
    // Words of a line that is still being written go out where they can neither be code, nor a link, nor a fence.
    if (fence === null && !/[`[<!~]/u.test(rest) && !(atLineStart && mayBeFence.test(rest))) {
      const safe = rest.lastIndexOf(' ') + 1;
      if (safe > 0) {
        parts.push({ kind: 'text', text: rest.slice(0, safe) });
        rest = rest.slice(safe);
        atLineStart = false;
      }
    }
    return parts;
  }

  return {
    push(chunk) {
      rest += chunk;
      return take();
    },
    end() {
      const parts = [...(rest === '' ? [] : line(rest, ''))];
      rest = '';
      // An answer that broke off: what was held is told as unfinished.
      if (fence !== null) parts.push(finished(fence, false));
      fence = null;
      return parts;
    },
  };
}

function finished({ info, lines }: Fence, closed: boolean): AnswerPart {
  return { kind: 'block', block: blockOf(info, lines.join('\n'), closed) };
}

function inline(text: string): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  let from = 0;
  for (const match of text.matchAll(/(`+)([^`\n]|[^`\n][^\n]*?[^`\n])\1(?!`)/gu)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'code', text: (match[2] ?? '').trim() });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/**
 * Markdown that can neither load anything nor lead anywhere by itself: a model may have been talked into an image or a link
 * whose address carries data away.
 */
export function harmless(markdown: string): string {
  return markdown.replace(
    /!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|\[([^\]]*)\]\(\s*<?([^)>\s]*)[^)]*\)|^[ \t]*\[[^\]]+\]:\s*\S+.*$|\b(?:https?|command|vscode[\w-]*|file|data|javascript):[^\s)>\]]+|<(?=[a-zA-Z/!?])/gmu,
    (match: string, alternative?: string, label?: string, target?: string) => {
      if (alternative !== undefined) return alternative;
      if (label !== undefined)
        return target === undefined || target === label ? asCode(label) : `${label} (${asCode(target)})`;
      return match === '<' ? '&lt;' : asCode(match);
    },
  );
}

function asCode(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}
