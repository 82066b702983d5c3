/** Whether a file can hold anything of EF Core or lead to it, going by path and text alone: the grammar of C# is heavy. */
import { isClassicMigration } from './classicMigrations.ts';
import { mayHoldEntities } from '../shared/csharp/dataClasses.ts';

/** Written by tools: designers of migrations repeat the whole model for each migration. */
const generated = /\.(?:designer|g|g\.i|generated)\.cs$|(?:^|\/)(?:obj|bin)\//iu;

const configuration =
  /\bDbContext|\bDbSet\s*<|\bModelBuilder\b|EntityTypeBuilder|IEntityTypeConfiguration|DbContextOptionsBuilder|\bUse(?:SqlServer|Npgsql|MySql|MySQL|Sqlite|Oracle|InMemoryDatabase)\s*\(/u;

/** Code that may query, call what queries, or answer requests. */
const code =
  /\bawait\b|\basync\b|\bforeach\b|\.(?:Where|Select|Include|First|FirstOrDefault|Single|SingleOrDefault|ToList|ToArray|Any|Count|Find|Add|AddRange|Update|Remove|SaveChanges|FromSql\w*|SqlQuery\w*|ExecuteSql\w*)\s*(?:<[^>]*>)?\s*\(|\[(?:Http|Route|ApiController)|\.Map(?:Get|Post|Put|Delete|Patch)\s*\(/u;

const migration = /:\s*Migration\b|\bMigrationBuilder\b/u;

export function isCSharp(path: string): boolean {
  return /\.cs$/iu.test(path);
}

export function isProjectFile(path: string): boolean {
  return /\.csproj$|(?:^|\/)directory\.build\.props$/iu.test(path);
}

export function isSnapshot(text: string): boolean {
  return /:\s*ModelSnapshot\b/u.test(text);
}

export function isAppSettings(path: string): boolean {
  return /(?:^|\/)appsettings(?:\.[\w-]+)*\.json$/iu.test(path);
}

/** Holds classes that entities may be made of, or configuration of them. */
export function declares(text: string): boolean {
  return (
    mayHoldEntities(text) ||
    configuration.test(text) ||
    /^\s*global\s+using\b/mu.test(text) ||
    /\bstatic\s+string\s+\w+\(this\s+string\b|\bconst\s+(?:string|int)\s/u.test(text)
  );
}

export function holdsCode(text: string): boolean {
  return code.test(text);
}

export function detect(path: string, text: string): boolean {
  if (isProjectFile(path)) return true;
  if (isAppSettings(path)) return /"ConnectionStrings?"/u.test(text);
  if (!isCSharp(path) || generated.test(path)) return false;
  if (isSnapshot(text) || isClassicMigration(text)) return true;
  if (migration.test(text) && !configuration.test(text)) return false;
  return declares(text) || holdsCode(text);
}
