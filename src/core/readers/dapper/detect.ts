/** Whether a file can hold anything of Dapper: its extension methods on connections, or the attributes of Dapper.Contrib. */

const uses = /\busing\s+(?:static\s+)?Dapper\b/u;
const calls =
  /\.(?:Query|Execute|ExecuteScalar|ExecuteReader)(?:First|Single)?(?:OrDefault)?(?:Multiple)?(?:Unbuffered)?(?:Async)?\s*(?:<[^;()]*>)?\s*\(\s*(?:@?\$?@?"|\$?"""|sql\b|query\b|_?\w*(?:Sql|SQL|Query)\b|new\s+CommandDefinition)/u;

export function usesDapper(text: string): boolean {
  return uses.test(text);
}

export function detect(path: string, text: string): boolean {
  if (!/\.cs$/iu.test(path) || /\.(?:designer|g)\.cs$/iu.test(path)) return false;
  return (
    uses.test(text) ||
    (/\bDapper\b/u.test(text) && calls.test(text)) ||
    (/\bI?Db(?:Connection|Session)\b|NpgsqlConnection|SqlConnection|SqliteConnection|MySqlConnection/u.test(text) &&
      calls.test(text))
  );
}
