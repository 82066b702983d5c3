/** Whether a file can hold anything of Peewee, or a name that its models use, going by path and text alone. */

const peewee = /\bpeewee\w*\b|\bplayhouse\b/;
const names = /^(?:class|from|import)\s|^[A-Za-z_]\w*\s*(?::[^=\n]+)?=|^def\s/m;

export function isPeewee(text: string): boolean {
  return peewee.test(text);
}

export function detect(path: string, text: string): boolean {
  return path.endsWith('.py') && (peewee.test(text) || names.test(text));
}
