/** Whether a file can hold anything of NHibernate: mappings in XML or in C#, the classes they map, or code that uses sessions. */
import { isHbm, isHbmOfDotNet } from '../shared/hbm/parse.ts';

const mapping =
  /\b(?:ClassMapping|SubclassMapping|JoinedSubclassMapping|UnionSubclassMapping|ComponentMapping|ClassMap|SubclassMap|ComponentMap|IAutoMappingOverride|AutoMapping)\s*<|\bAutoMap\.|\bAutoPersistenceModel\b/u;
/** NHibernate makes proxies of entities, so their members are virtual. */
const entity = /\bvirtual\s+[\w<>?[\]., ]+\s+\w+\s*\{\s*(?:[\w\s]*\bget\b|$)/u;

export function isMapping(text: string): boolean {
  return mapping.test(text);
}

export function isEntity(text: string): boolean {
  return entity.test(text) || /\babstract\s+class\s+\w*(?:Entity|Base)\w*/u.test(text);
}

export function usesSessions(text: string): boolean {
  return /\b(?:I(?:Stateless)?Session(?:Factory)?|using\s+NHibernate)\b/u.test(text);
}

export function detect(path: string, text: string): boolean {
  if (isHbm(path, text)) return isHbmOfDotNet(text);
  if (!/\.cs$/iu.test(path) || /\.(?:designer|g)\.cs$/iu.test(path)) return false;
  if (/\bEntityFrameworkCore\b|\bDbContext\b/u.test(text) && !text.includes('NHibernate')) return false;
  return isMapping(text) || isEntity(text) || usesSessions(text);
}
