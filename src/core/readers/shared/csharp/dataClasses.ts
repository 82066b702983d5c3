/** Whether a text can hold classes that entities are made of, without parsing: the grammar of C# is heavy. */

/** An automatic property is what an entity is made of; enumerations and records are types of such properties. */
const dataClass =
  /\{\s*(?:\[[^\]]*\]\s*)*(?:(?:private|protected|internal)\s+)*get\s*(?:;|=>|\{)|\brecord\s+(?:struct\s+|class\s+)?\w+(?:<[^>]*>)?\s*\(|\benum\s+\w+/u;

/** A class without data of its own may still be an entity, or stand between one and its base; those of frameworks are none. */
const derivedClass =
  /\b(?:class|record)\s+\w+(?:<[^>{]*>)?\s*:\s*(?:global::)?(?:\w+\.)*(?!I[A-Z])(?!\w*(?:Controller|ControllerBase|Exception|Attribute|Service|Handler|HandlerBase|Middleware|Component|ComponentBase|PageModel|Profile|Hub|Validator|Factory|Provider|Tests?|TestBase|Fixture|EventArgs|Command|Query|TagHelper|Page|View|Window|JsonConverter|Converter|Migration)\b)\w+/u;

export function mayHoldEntities(text: string): boolean {
  return dataClass.test(text) || derivedClass.test(text);
}
