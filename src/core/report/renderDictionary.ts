/** The data dictionary in either of its formats. */
import type { DiagramSource } from '../diagram/build.ts';
import { dictionary } from './dictionary.ts';

export type DictionaryFormat = 'markdown' | 'html';

/** `sourceBase`: from the document to the analysed directory, with a `/` at its end or empty. */
export async function renderDictionary(
  source: DiagramSource,
  format: DictionaryFormat,
  sourceBase: string,
): Promise<string> {
  const blocks = dictionary(source);
  if (format === 'markdown')
    return (await import('./dictionaryMarkdown.ts')).renderDictionaryMarkdown(blocks, sourceBase);
  return (await import('./dictionaryHtml.ts')).renderDictionaryHtml(blocks, sourceBase);
}
