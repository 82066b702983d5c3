/** Files that hold no mapping themselves, but what mappings elsewhere name: enums, lists, limits, re-exported names. */
const constants =
  /\bas\s+const\b|\benum\s+\w+\s*\{|\bexport\s*(?:\*|\{[^}]*\})\s*from\b|\bexport\s+const\s+\w+\s*(?::[^=\n]+)?=\s*['"[\d]/;

/** Cheap look at the text; says yes more often than it should. */
export function mayHoldConstants(text: string): boolean {
  return constants.test(text);
}
