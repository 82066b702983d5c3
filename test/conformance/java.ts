/** Hibernate's own schema export, and Liquibase's own SQL: Maven brings the class path once, then one Java process writes the DDL of all cases. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = fileURLToPath(new URL('java', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/conformance-java', import.meta.url));
const classPathFile = join(cache, 'classpath.txt');

/** Milliseconds: the first run downloads Hibernate. */
const installTime = 10 * 60_000;
const exportTime = 5 * 60_000;

/** Why Hibernate and Liquibase cannot be asked here; null = they can. */
export async function javaUnavailable(): Promise<string | null> {
  try {
    await run('javac', ['-version'], { timeout: 30_000 });
  } catch {
    return 'there is no JDK (javac) on the path';
  }
  if (isFresh()) return null;
  try {
    mkdirSync(cache, { recursive: true });
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';
    await run('mvn', ['-q', '-B', '-f', join(project, 'pom.xml'), goal, `-Dmdep.outputFile=${classPathFile}`], {
      timeout: installTime,
    });
    return null;
  } catch (error) {
    return `Maven could not bring them (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)})`;
  }
}

function isFresh(): boolean {
  if (!existsSync(classPathFile)) return false;
  const jars = readFileSync(classPathFile, 'utf8')
    .trim()
    .split(/[:;](?![\\/])/u);
  return (
    statSync(classPathFile).mtimeMs >= statSync(join(project, 'pom.xml')).mtimeMs &&
    jars.every((jar) => existsSync(jar))
  );
}

export interface ExportCase {
  readonly naming: 'spring' | 'jpa';
  /** Class of `org.hibernate.dialect`. */
  readonly dialect: string;
  /** Sources and mapping files. */
  readonly folder: string;
}

/** The script of each case, in the same order. Rejects with what Java said. */
export function exportSchemas(cases: readonly ExportCase[]): Promise<readonly string[]> {
  return runJava(
    'SchemaExport.java',
    cases.map(({ naming, dialect, folder }) => [naming, dialect, folder]),
  );
}

export interface ChangeLogCase {
  /** Relative to the folder. */
  readonly changeLog: string;
  readonly folder: string;
}

/** What Liquibase would send to PostgreSQL, in the same order. Rejects with what Java said. */
export function changeLogScripts(cases: readonly ChangeLogCase[]): Promise<readonly string[]> {
  return runJava(
    'ChangeLogSql.java',
    cases.map(({ changeLog, folder }) => [changeLog, folder]),
  );
}

/** A program of `java/` writes one file per case, whose path it is given before the rest of the case. */
async function runJava(program: string, cases: readonly (readonly string[])[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-java-'));
  try {
    const outputs = cases.map((_, at) => join(folder, `${at}.sql`));
    const stated = cases.map((each, at) => [outputs[at], ...each].join('|'));
    const classPath = readFileSync(classPathFile, 'utf8').trim();
    const options = ['-cp', classPath, join(project, program), ...stated];
    try {
      await run('java', options, { timeout: exportTime, maxBuffer: 64 * 1024 * 1024 });
    } catch (error) {
      // What Java was called with is long and says nothing: only what it answered is told.
      const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      const failures = said.split('\n').filter((line) => /^FAILED|^error|Exception/u.test(line));
      throw new Error(`${program} failed:\n${failures.slice(0, 20).join('\n') || said.slice(-2000)}`, {
        cause: error,
      });
    }
    return outputs.map((output) => readFileSync(output, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
