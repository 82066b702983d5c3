/** Loops whose text says that they go through little: constants, an optional, what the program or a command lists. */
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import type { CodeContext } from '../rule.ts';
import { wordsOf } from '../../schema/words.ts';

/** A slice with a constant end, or a list that stands in the source. */
export function isFew({ iterable }: Loop): boolean {
  const text = iterable?.trim() ?? '';
  return (
    /\[\s*\d*\s*:\s*\d+\s*\]$/u.test(text) ||
    /\.slice\(\s*\d+\s*,\s*\d+\s*\)$/u.test(text) ||
    // As many rounds as a number says, on nothing that is there.
    /^(?:new\s+)?Array\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\s*\.fill\([^()]*\))?$|^Array\.from\(\s*\{\s*length\b/u.test(
      text,
    ) ||
    (/^[[(]/u.test(text) && !/\bfor\b|\.\.\.|\*\w/u.test(text) && /^[[(][^)]*[,\]]/u.test(text))
  );
}

/** The first rows that belong to the element: `IN` over all elements does not say how many of each. */
export function isFirstFew({ rows, limit }: Query): boolean {
  return rows === 'many' && limit !== null;
}

/** An optional is gone through like a list where the language has no other way to open it: `foreach (var user in maybeUser)`. */
export function isAtMostOne({ iterable }: Loop): boolean {
  // Java filters and maps an optional as it does a stream: `users.findOptionalByName(name).map(…)`.
  if (
    /\b(?:find|get|load)\w*Optional\w*\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\.\w+)?$|\bOptional\.of\w*\(/u.test(
      iterable ?? '',
    )
  )
    return true;
  return /^(?:await\s+)?(?:[\w.]+\.)?(?:maybe[A-Z]\w*|Optional\([^()]*\)|Some\([^()]*\))(?:\.\w+\(\))?$|\.(?:(?:Head|Last)OrNone|ToOption|toOption|(?:Right|Left)(?:ToSeq|AsEnumerable|ToList))\(\)$/u.test(
    iterable?.trim() ?? '',
  );
}

/**
 * What runs once, such as a migration, or goes through what the program or a command lists, is under no load until rows are known to
 * be many.
 */
export function isOfNoLoad(loop: Loop, file: FileFacts): boolean {
  return (
    file.purpose !== 'application' ||
    isOfStaff(file) ||
    isOfCode(loop, file) ||
    isOfCommand(loop) ||
    isOfImport(loop, file) ||
    isOfSent(loop, file)
  );
}

/** Actions of Django's admin and pages of its kind, on what somebody of the staff has chosen. */
export function isOfStaff({ file }: Pick<FileFacts, 'file'>): boolean {
  return /(?:^|\/)admin(?:\.py$|\/.*\.py$)/u.test(file);
}

/** Parts of one thing that is sent and checked: `order_in.lines`, `data["lines"]`, `attrs.get("lines", [])`. */
function isOfSent({ iterable }: Loop, { file }: FileFacts): boolean {
  return (
    file.endsWith('.py') &&
    /^(?:\w+_in\.\w+|(?:self\.|form\.)?(?:data|attrs|payload|validated_data|cleaned_data|\w+_(?:data|json|dict))(?:\[\s*["']\w+["']\s*\]|\.(?:get|pop)\([^()]*\)))$/u.test(
      iterable?.trim() ?? '',
    )
  );
}

/** Lines of a file that is taken in once, or what another machine has answered. */
function isOfImport({ iterable, function: own }: Loop, { calls }: FileFacts): boolean {
  const text = iterable?.trim() ?? '';
  return (
    importing.test(text) ||
    calls.some(({ callee, result, function: id }) => id === own && result === text && importing.test(callee))
  );
}

const importing =
  /\.(?:json|readlines|splitlines|DictReader|namelist)(?:\([^()]*\))?$|(?:^|[._\s])(?:dict_?|csv_?|line_?)?[rR]eader(?:\(.*\))?\)?$|(?:^|[._(])csv_?(?:rows|lines|data)\)?$/u;

/** Tests, and what somebody runs by hand or a timer does: nobody waits for it. */
export function isByHand({ purpose }: FileFacts): boolean {
  return purpose === 'test' || purpose === 'seed';
}

/** A migration that has run: nothing can be mended in it any more. */
export function isOfPast({ purpose, file }: FileFacts, { isRecent }: Pick<CodeContext, 'isRecent'>): boolean {
  return purpose === 'migration' && !isRecent(file);
}

/** What is gone through is written down in the program: settings, services, models, kinds. */
function isOfCode({ iterable }: Loop, { file }: FileFacts): boolean {
  const text = (iterable ?? '').replace(
    /^(?:Object\.(?:keys|values|entries)|list|sorted|enumerate|reversed)\((.*)\)$/su,
    '$1',
  );
  const name =
    /([A-Za-z_$][\w$]*)(?:\(\))?(?:\.(?:items|keys|values|entries|keySet|entrySet)\(\))?(?:\.stream\(\))?$/u.exec(
      text,
    )?.[1] ?? '';
  // A class is gone through where it is an enumeration: `for kind in FeedKinds`, `for kind in FeedKinds.choices`.
  if (
    /\.(?:py|java|kt)$/u.test(file) &&
    /^(?:\w+\.)*[A-Z]\w*[a-z]\w*(?:\.choices|\.members|\.entries|\.values\(\))?$/u.test(text)
  )
    return true;
  if (/^\w*Constants\.\w+$/u.test(text)) return true;
  // `for (const kind in FeedKind)`, `Object.values(FeedKind)`: names of TypeScript that begin so are classes and enumerations.
  if (/\.[cm]?[jt]sx?$/u.test(file) && /^[A-Z]\w*[a-z]\w*$/u.test(text)) return true;
  if (/^configured[A-Z]/u.test(name)) return true;
  // `self.config.cameras.values()`: what the settings list, whatever it is.
  if (/(?:^|\.)_?(?:config|configuration|settings)\.[\w.$]+(?:\(\))?$/u.test(text)) return true;
  if (/^defaults?[A-Z_]/u.test(name)) return true;
  return /^[A-Z][A-Z0-9_]+$/u.test(name) || ofCode.has(wordsOf(name).at(-1) ?? '');
}

const ofCode: ReadonlySet<string> = new Set(
  'config configs configuration settings options providers datasources backends drivers services plugins handlers strategies adapters middlewares listeners routes languages locales phases steps columns fields models entities tables types kinds statuses states modes enums constants classes modules apps template templates scopes authorities permissions privileges'.split(
    ' ',
  ),
);

/** What whoever types a command writes behind it: a few names. */
function isOfCommand({ iterable }: Loop): boolean {
  return /^(?:\w+\.)*(?:options|args|argv|arguments|opts)(?:\.\w+|\[[^\]]*\]|\.get\([^()]*\))?$/u.test(
    iterable?.trim() ?? '',
  );
}

/** One row of a table that is not known: beside elements that are not known either, nothing says that they are many. */
export function isUnnamed({ table, operation, rows }: Query, { iterable }: Loop): boolean {
  return (
    table === null && operation === 'select' && rows === 'one' && !/\.To(?:List|Array)Async\(/u.test(iterable ?? '')
  );
}
