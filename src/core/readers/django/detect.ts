/** Whether a file can hold anything of Django, or a name that its models use, going by path and text alone. */
import { isPython } from '../shared/python/resolution.ts';

/** Django itself, its usual ways of asking, and settings. */
const django =
  /\bdjango\b|\bmodels\.\w*(?:Model|Field|Key)\b|\.objects\b|\bAppConfig\b|\bINSTALLED_APPS\b|\bDATABASES\s*=|\b(?:select|prefetch)_related\b|\brest_framework\b|\w+Serializer\(/;
/** What a model elsewhere may name: bases, fields, constants, and files that only pass names on. */
const names = /^(?:class|from|import)\s|^[A-Za-z_]\w*\s*(?::[^=\n]+)?=|^def\s/m;

export function isDjango(text: string): boolean {
  return django.test(text);
}

export function detect(path: string, text: string): boolean {
  return isPython(path) && path.endsWith('.py') && (django.test(text) || names.test(text));
}
