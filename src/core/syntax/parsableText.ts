/** Texts as grammars can take them that are older than the language. Nothing changes its place, and readers slice the text of the file. */
import type { LanguageId } from './syntax.ts';

export function parsableText(language: LanguageId, text: string): string {
  if (language === 'kotlin') return kotlin(text);
  return language === 'csharp' ? csharp(text) : text;
}

/**
 * Empty lists (`@Table(indexes = [])`), which the grammar does not know, as empty lambdas, and a line break at the end, without which its scanner never comes back from some texts that end
 * in the middle of a statement.
 */
function kotlin(text: string): string {
  return `${text.replace(/\[([ \t]*)\]/gu, '{$1}')}\n`;
}

/** C# 12's empty collections as a name, and of C# 14 assignments to what may be null, blocks of extensions and the directives of programs of one file. */
function csharp(text: string): string {
  return text
    .replace(/((?:=>|[=(,:]|\?[ \t]|\?\?|\breturn\b)\s*)(\[[ \t]*\])/gu, emptyCollection)
    .replace(/\?(\.(?=[\w.?[\]]+\s*(?:[-+*/%&|^]|\?\?|<<|>>)?=[^=>]))/gu, ' $1')
    .replace(/^([ \t]*)(extension\s*(?:<[^<>()]*>\s*)?\([^()]*\))(?=[^;{}=()]*\{)/gmu, blockOfExtensions)
    .replace(/^#[:!].*$/gmu, (line) => ' '.repeat(line.length));
}

function emptyCollection(_: string, before: string, brackets: string): string {
  return before + '_'.repeat(brackets.length);
}

function blockOfExtensions(_: string, indent: string, head: string): string {
  const name = 'class _';
  return indent + name + head.slice(name.length).replace(/[^\r\n]/gu, ' ');
}
