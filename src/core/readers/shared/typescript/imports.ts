import type { ImportFact } from '../../../schema/code.ts';
import type { Outline } from './outline.ts';
import { assignmentBefore, splitTopLevel } from './scan.ts';

/** `import` statements and `require` calls at any depth. */
export function readImports(outline: Outline): ImportFact[] {
  const facts: ImportFact[] = [];
  for (const source of outline.imports) {
    const match = /^import\s+(?:type\s+)?([\s\S]*?)\s*\bfrom\s*['"]([^'"\n]+)['"]/.exec(source);
    if (match?.[1] !== undefined && match[2] !== undefined) facts.push(...bindings(match[1], match[2]));
    const required = /^import\s+([\w$]+)\s*=\s*require\(\s*['"]([^'"\n]+)['"]/.exec(source);
    if (required?.[1] !== undefined && required[2] !== undefined)
      facts.push({ local: required[1], imported: '*', module: required[2] });
  }
  for (const call of outline.calls) {
    if (call.callee !== 'require') continue;
    const module = /^\(\s*['"]([^'"\n]+)['"]/.exec(outline.text.slice(call.argsStart, call.end))?.[1];
    if (module === undefined) continue;
    const before = outline.text.slice(Math.max(0, call.start - 400), call.start);
    const pattern = /(?:const|let|var)\s+(\{[^}]*\})\s*=\s*$/.exec(before)?.[1];
    if (pattern !== undefined) facts.push(...bindings(pattern.replace(/:/g, ' as '), module));
    else {
      const local = assignmentBefore(outline.text, call.start).target;
      if (local !== null) facts.push({ local, imported: '*', module });
    }
  }
  return facts;
}

function bindings(clause: string, module: string): ImportFact[] {
  const facts: ImportFact[] = [];
  for (const part of splitTopLevel(clause.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''))) {
    const trimmed = part.trim();
    const namespace = /^\*\s+as\s+([\w$]+)$/.exec(trimmed)?.[1];
    if (namespace !== undefined) facts.push({ local: namespace, imported: '*', module });
    else if (trimmed.startsWith('{')) {
      for (const name of trimmed
        .slice(1)
        .replace(/\}\s*$/, '')
        .split(',')) {
        const named = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(name);
        if (named?.[1] !== undefined) facts.push({ local: named[2] ?? named[1], imported: named[1], module });
      }
    } else if (/^[\w$]+$/.test(trimmed)) facts.push({ local: trimmed, imported: 'default', module });
  }
  return facts;
}
