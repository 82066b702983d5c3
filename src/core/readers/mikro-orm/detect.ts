/** Whether a file can hold anything of MikroORM, going by path and text alone. */
import { isEcmaScript } from '../../syntax/syntax.ts';
import type { Part } from '../reader.ts';
import { mayHoldConstants } from '../shared/typescript/constants.ts';

const mikroOrm = /@mikro-orm\/|\bmikro-orm\b|\bMikroO[rR][mM]\w*/;

/** Calls of an entity manager by its usual name, and of repositories. */
const queries =
  /\b(?:em|entityManager|orm\.em)\s*(?:\.fork\(\s*\)\s*)?\.(?:find\w*|create|persist\w*|flush|remove\w*|count|native(?:Insert|Update|Delete)|insert\w*|upsert\w*|transactional|begin|populate|qb|createQueryBuilder|getReference)\s*[(<]/;

export function holdsMikroOrm(text: string): boolean {
  return mikroOrm.test(text);
}

export function holdsQueries(text: string): boolean {
  return queries.test(text) || (mikroOrm.test(text) && /Repository\b|\bem\b|EntityManager\b/.test(text));
}

export function detect(path: string, text: string): boolean {
  if (!isEcmaScript(path) || /\.d\.[mc]?ts$/i.test(path)) return false;
  return mikroOrm.test(text) || queries.test(text) || mayHoldConstants(text);
}

/** Files that merely hold constants or pass names on are read where entities lead to them. */
export function part(_path: string, text: string): Part {
  if (mikroOrm.test(text)) return 'asks';
  return queries.test(text) ? 'joins' : 'waits';
}
