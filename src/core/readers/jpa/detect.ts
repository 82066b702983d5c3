/** Whether a file can hold anything of JPA or of the Java code around it, going by path and text alone. */
import { isHbm, isHbmOfDotNet } from '../shared/hbm/parse.ts';

const mapping = /\b(?:javax|jakarta)\.persistence\b|\borg\.hibernate\b/;
/** Repositories, sessions, and the classes that call them or lead to such calls. */
const code =
  /\borg\.springframework\.data\b|\bio\.micronaut\.data\b|\bpanache\b|\bjakarta\.data\b|(?:Repository|Repo|Dao|DAO|Mapper|Service|ServiceImpl|Manager|Store|Facade)\b|\bEntityManager\b|@(?:Rest)?Controller\b|@Path\s*\(|@(?:Transactional|EnableTransactionManagement)\b|\b(?:Named)?(?:Parameter)?JdbcTemplate\b|\bjava\.sql\.(?:\*|Connection|Statement|PreparedStatement)/;
/** What an entity elsewhere may name: enumerations, constants, superclasses, converters. */
const declarations =
  /\benum\s+\w|\bstatic\s+final\s+(?:String|int|Integer|long)\b|\bfinal\s+static\s+(?:String|int|Integer|long)\b|\babstract\s+class\s|\bAttributeConverter\b|\bNamingStrategy\b/;

const kotlinDeclarations =
  /\benum\s+class\s|\bconst\s+val\s|\b(?:abstract|sealed|value)\s+class\s|\bAttributeConverter\b|\bNamingStrategy\b/;

export function isCode(path: string): boolean {
  return /\.(?:java|kt)$/iu.test(path);
}

export function isProperties(path: string): boolean {
  return /(?:^|\/)(?:application|bootstrap|hibernate|persistence|database|jdbc|db|microprofile-config)[\w.-]*\.properties$/iu.test(
    path,
  );
}

export function isYaml(path: string): boolean {
  return /(?:^|\/)(?:application|bootstrap)[\w.-]*\.ya?ml$/iu.test(path);
}

/** Files whose settings say how Hibernate is configured. */
export function isConfigurationFile(path: string, text: string): boolean {
  if (isProperties(path)) return /datasource|hibernate|jpa|jdbc|persistence/iu.test(text);
  if (isYaml(path)) return /datasource|hibernate|jpa|jdbc/iu.test(text);
  return /\.xml$/iu.test(path) && (text.includes('<persistence-unit') || text.includes('<hibernate-configuration'));
}

export function isManifest(path: string): boolean {
  return /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/u.test(path);
}

export function isOrmXml(path: string, text: string): boolean {
  return /\.xml$/iu.test(path) && text.includes('<entity-mappings');
}

export function holdsMappings(text: string): boolean {
  return mapping.test(text);
}

/** Entities of Room, for databases on telephones, are written with annotations of the same names. */
const ofRoom = /\bimport\s+androidx\.room\b/;

/** It names one of the libraries, not only what anybody may call a class. */
export function asksForCode(text: string): boolean {
  return (
    mapping.test(text) ||
    /\borg\.springframework\b|\bio\.(?:micronaut|quarkus)\b|\b(?:jakarta|javax)\.(?:data|transaction|ws|inject|enterprise)\b/u.test(
      text,
    )
  );
}

/** Plain classes that a mapping file may map. */
const modelFolder = /\/(?:entit(?:y|ies)|model|models|domain|pojo|bean|beans|persistent|persistence)\//iu;
const modelClass = /\b(?:private|protected)\s+[\w.<>[\], ]+\s+\w+\s*[;=]/;

/** It may query, or lead to queries: what it does is of interest, not only what it declares. */
export function holdsCode(text: string): boolean {
  return mapping.test(text) || code.test(text);
}

/** What is given may be a row, whose relations it reads: what answers are made of. */
const getters =
  /(?<![\w.])(?!this\b)[a-z]\w*\.(?:get|is)[A-Z]\w*\(\)|\w::\s*(?:new|of|from|(?:get|to|of|from)[A-Z]\w*)\b|->\s*new\s+[A-Z]/;

export function readsRows(path: string, text: string): boolean {
  return /\.java$/iu.test(path) && getters.test(text);
}

export function detect(path: string, text: string): boolean {
  if (isCode(path) && ofRoom.test(text)) return false;
  if (/\.kt$/iu.test(path)) return holdsCode(text) || kotlinDeclarations.test(text);
  if (isCode(path)) return isOwn(path, text) || readsRows(path, text);
  if (isManifest(path)) return /hibernate|spring|persistence|jakarta|javax|quarkus|micronaut|eclipselink/iu.test(text);
  if (isHbm(path, text)) return !isHbmOfDotNet(text);
  return isOrmXml(path, text) || isConfigurationFile(path, text);
}

/** Of interest whoever leads there. */
export function isOwn(path: string, text: string): boolean {
  return holdsCode(text) || declarations.test(text) || (modelFolder.test(path) && modelClass.test(text));
}
