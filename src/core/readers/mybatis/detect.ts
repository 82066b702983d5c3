/** Whether a file can hold anything of MyBatis or MyBatis-Plus, going by path and text alone. */

const code =
  /\borg\.apache\.ibatis\b|\bcom\.baomidou\b|\btk\.mybatis\b|\borg\.mybatis\b|@TableName\b|\b\w*(?:[mM]apper|[dD]ao)\s*\.\s*(?:select|insert|update|delete|exists)\w*\s*\(|\bextends\s+(?:ServiceImpl|IService|BaseMapper)\b/;
/** Plain classes that result maps and parameters name. */
const modelFolder = /\/(?:entit(?:y|ies)|model|domain|pojo|po|bean|beans|dataobject|do|dos|dto|vo)\//iu;
const modelClass = /\bprivate\s+[\w.<>[\]]+\s+\w+\s*[;=]/;

export function isMapperXml(path: string, text: string): boolean {
  return /\.xml$/iu.test(path) && /<mapper\b[^>]*\bnamespace\s*=/u.test(text);
}

export function isSettings(path: string, text: string): boolean {
  return /(?:^|\/)application[\w.-]*\.(?:properties|ya?ml)$/iu.test(path) && /mybatis/iu.test(text);
}

export function holdsCode(path: string, text: string): boolean {
  return /\.java$/iu.test(path) && code.test(text);
}

export function detect(path: string, text: string): boolean {
  if (/\.java$/iu.test(path))
    return code.test(text) || (modelFolder.test(path) && modelClass.test(text) && !/\bpersistence\b/u.test(text));
  return isMapperXml(path, text) || isSettings(path, text);
}
