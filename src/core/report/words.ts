/** Texts as diagram languages take them: one line, without characters that no parser expects. */

/** Control characters and halves of surrogate pairs have no place in a text file. */
export function oneLine(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
      .trim()
  );
}

/** Letters, digits and underscores, unique among those it has given out: `order_line`, `order_line_2`. */
export function createAliases(): (text: string) => string {
  const taken = new Set<string>();
  return (text) => {
    const word = text.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d|$)/, '_');
    let alias = word;
    for (let count = 2; taken.has(alias.toLowerCase()); count++) alias = `${word}_${count}`;
    taken.add(alias.toLowerCase());
    return alias;
  };
}
