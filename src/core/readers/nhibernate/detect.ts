/** Whether a file can hold anything of NHibernate: mappings in XML or in C#, the classes they map, or code that uses sessions. */
import type { Part } from '../reader.ts';
import { mayHoldEntities } from '../shared/csharp/dataClasses.ts';
import { isHbm, isHbmOfDotNet } from '../shared/hbm/parse.ts';

const mapping =
  /\b(?:ClassMapping|SubclassMapping|JoinedSubclassMapping|UnionSubclassMapping|ComponentMapping|ClassMap|SubclassMap|ComponentMap|IAutoMappingOverride|AutoMapping)\s*<|\bAutoMap\.|\bAutoPersistenceModel\b/u;
export function isMapping(text: string): boolean {
  return mapping.test(text) && !/^[ \t]*using[ \t]+CsvHelper\b/mu.test(text);
}

export function usesSessions(text: string): boolean {
  return /\b(?:I(?:Stateless)?Session(?:Factory)?|using\s+NHibernate)\b/u.test(text);
}

export function detect(path: string, text: string): boolean {
  if (isHbm(path, text)) return isHbmOfDotNet(text);
  if (!/\.cs$/iu.test(path) || /\.(?:designer|g)\.cs$/iu.test(path)) return false;
  if (/\bEntityFrameworkCore\b|\bDbContext\b/u.test(text) && !text.includes('NHibernate')) return false;
  return isMapping(text) || mayHoldEntities(text) || usesSessions(text);
}

/** Classes are entities where something maps them; members are virtual only where NHibernate is to make proxies. ASP.NET Core has an `ISession` of its own. */
export function part(path: string, text: string): Part {
  if (isHbm(path, text) || isMapping(text)) return 'asks';
  return usesSessions(text) ? 'stands' : 'joins';
}
