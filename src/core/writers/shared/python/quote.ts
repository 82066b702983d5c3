/** The quotes that a module of Python uses most. */
export function quoteOf(text: string): "'" | '"' {
  const singles = text.match(/'/gu)?.length ?? 0;
  const doubles = text.replaceAll('"""', '').match(/"/gu)?.length ?? 0;
  return doubles >= singles ? '"' : "'";
}
