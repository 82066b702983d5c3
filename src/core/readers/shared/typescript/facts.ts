/** Code facts of one TypeScript or JavaScript file, before any ORM has looked at it: `queries` and `dataSources` are empty. */
import type { FileFacts, FunctionFact, Transaction } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { ParsedText } from '../../../syntax/syntax.ts';
import type { SourceFile } from '../../reader.ts';
import { readAccesses } from './accesses.ts';
import { readBranches } from './branches.ts';
import { readCalls, readLoops } from './calls.ts';
import { readEndpoints } from './endpoints.ts';
import { readClasses, readFields } from './fields.ts';
import { readImports } from './imports.ts';
import { outlineOf } from './outline.ts';
import type { Outline } from './outline.ts';
import { purposeIn } from './runsOnce.ts';
import { scopeOf } from './scope.ts';
import { emptyFacts } from '../emptyFacts.ts';
import { oneRoundOnly } from '../oneRound.ts';
import { purposeOf } from '../../../schema/filePurpose.ts';

/**
 * A query is awaited, returned or part of a promise, so a file without any of these words neither queries nor leads
 * to a query. What it declares besides (types, entities, pure helpers) is not worth the walk.
 */
const leadsToQueries =
  /\bawait\b|\basync\b|\bPromise\b|\.then\(|\breturn\s+(?!(?:Array|BigInt|Date|JSON|Math|Number|Object|String)\.)(?:this|[\w$]+)\.[\w$.]+\(|=>\s*(?:this|[\w$]+)\.[\w$]+\.[\w$]+\(|@(?:Controller|Resolver|Transaction(?:al)?)\b|\b(?:app|router|server|fastify)\.\w+\(|\bgetRepository\b|\bcreateQueryBuilder\b|\bextends\s+\w*Repository\b/;

const queries =
  /Repository\b|createQueryBuilder|EntityManager|DataSource|QueryRunner|\.query\(|\brepo\b|[pP]risma|\.find(?:Many|First|Unique)\w*\(/;

/** Cheap look at the text, without parsing: can it hold functions, calls, loops or endpoints that matter for queries? */
export function mayHoldFacts(text: string): boolean {
  return leadsToQueries.test(text);
}

/** No application code is reached through a test, so only what a test queries by itself matters. */
export function leavesFacts(path: string, text: string): boolean {
  return mayHoldFacts(text) && (purposeOf(path) !== 'test' || queries.test(text));
}

/** @param leads whether the file is worth the walk; a reader that knows of queries in it says so itself */
export function readFacts(file: SourceFile, leads = leavesFacts(file.path, file.text)): FileFacts {
  const empty = emptyFacts(file.path);
  if (file.language === null || !leads) return empty;
  const parsed = file.parsed();
  // Several readers look at one file, and its bones are the same for all of them.
  let facts = known.get(parsed);
  if (facts?.file !== file.path) known.set(parsed, (facts = factsOf(file, parsed)));
  return facts;
}

const known = new WeakMap<ParsedText, FileFacts>();

function factsOf(file: SourceFile, parsed: ParsedText): FileFacts {
  const outline = outlineOf(parsed);
  const imports = readImports(outline);
  const empty = emptyFacts(file.path);
  const branches = readBranches(outline, scopeOf(outline, empty, file.lines));
  const oneRound = oneRoundOnly(file.text, file.lines);
  return {
    ...empty,
    purpose: purposeIn(file.path, outline),
    ...(branches.length > 0 ? { branches } : {}),
    ...(oneRound.length > 0 ? { oneRound } : {}),
    functions: readFunctions(outline, file.lines),
    loops: readLoops(outline, file.lines),
    calls: readCalls(outline, file.lines),
    accesses: readAccesses(outline, file.lines),
    transactions: readDeclaredTransactions(outline, file.lines),
    endpoints: readEndpoints(outline, imports, file.lines),
    imports,
    fields: readFields(outline),
    classes: readClasses(outline, file.lines),
  };
}

function readFunctions(outline: Outline, lines: LineIndex): FunctionFact[] {
  return outline.functions.map((span) => ({
    name: span.name,
    owner: span.class === null ? null : (outline.classes[span.class]?.name ?? null),
    parameters: span.parameters.map(({ name }) => name),
    parameterTypes: span.parameters.map(({ type }) => type),
    async: span.async,
    parent: span.parent,
    exported: span.exported,
    decorators: span.decorators.map(({ name }) => name),
    returns: span.returns,
    at: lines.range(span.start, span.end),
  }));
}

/** `@Transactional()` and `@Transaction()`: the whole method runs in a transaction that the framework opens. */
function readDeclaredTransactions(outline: Outline, lines: LineIndex): Transaction[] {
  return outline.functions.flatMap((span, id) =>
    span.decorators
      .filter(({ name }) => name === 'Transactional' || name === 'Transaction')
      .map(({ name, args, start, end }) => ({
        api: name,
        isolation:
          /isolation(?:Level)?\s*:\s*([\w$.'"` ]+)/
            .exec(args ?? '')?.[1]
            ?.replace(/['"`]/g, '')
            .replace(/^.*\./, '')
            .trim() ?? null,
        client: null,
        function: id,
        body: id,
        at: lines.range(start, end),
      })),
  );
}
