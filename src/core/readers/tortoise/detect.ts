/** Whether a file can hold anything of Tortoise, or a name that its models use, going by path and text alone. */

const tortoise = /\btortoise\b|\bTORTOISE_ORM\b|\bfields\.(?:\w+Field|\w+Relation)\b|\bin_transaction\b/;
const names = /^(?:class|from|import)\s|^[A-Za-z_]\w*\s*(?::[^=\n]+)?=|^def\s/m;

export function isTortoise(text: string): boolean {
  return tortoise.test(text);
}

export function detect(path: string, text: string): boolean {
  return path.endsWith('.py') && (tortoise.test(text) || names.test(text));
}
