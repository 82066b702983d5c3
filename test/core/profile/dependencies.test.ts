import assert from 'node:assert/strict';
import { isDependencyManifest, readDependencies } from '../../../src/core/profile/dependencies.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';

const names = (path: string, text: string): readonly string[] =>
  (readDependencies(path, text)?.dependencies ?? []).map(({ name, start, end, development }) => {
    // The place is that of the name as written.
    const [, plain = ''] = name.split(':');
    assert.equal(
      text
        .slice(start, end)
        .toLowerCase()
        .replace(/[-_.]+/gu, '-'),
      plain.replace(/[-_.]+/gu, '-'),
    );
    return `${name}${development ? ' (development)' : ''}`;
  });

describe('dependencies of other ecosystems', () => {
  it('stand in requirements files, whatever is pinned', () => {
    const text =
      '# web\nDjango>=5.0\npsycopg2_binary==2.9.9 ; python_version > "3.8"\n-r base.txt\n\nuvicorn[standard]\n';
    assert.deepEqual(names('requirements.txt', text), ['pypi:django', 'pypi:psycopg2-binary', 'pypi:uvicorn']);
    assert.deepEqual(names('requirements-dev.txt', 'pytest\n'), ['pypi:pytest (development)']);
    assert.deepEqual(names('requirements/test.txt', 'pytest\n'), ['pypi:pytest (development)']);
  });

  it('stand in pyproject.toml, of the standard and of Poetry', () => {
    const standard = `[project]
name = "shop"
dependencies = [
  "fastapi[standard]>=0.110",
  'sqlalchemy',
]

[project.optional-dependencies]
test = ["pytest>=8", "httpx"]

[dependency-groups]
dev = [
  "ruff",
]
`;
    assert.deepEqual(names('pyproject.toml', standard), [
      'pypi:fastapi',
      'pypi:sqlalchemy',
      'pypi:pytest (development)',
      'pypi:httpx (development)',
      'pypi:ruff (development)',
    ]);
    const poetry =
      '[tool.poetry]\nname = "x"\n\n[tool.poetry.dependencies]\npython = "^3.12"\ndjango = "^5"\n\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n';
    assert.deepEqual(names('api/pyproject.toml', poetry), ['pypi:django', 'pypi:pytest (development)']);
  });

  it('stand in Maven and Gradle builds', () => {
    const pom = `<project>
  <dependencyManagement><dependencies><dependency><artifactId>ignored</artifactId></dependency></dependencies></dependencyManagement>
  <parent><artifactId>spring-boot-starter-parent</artifactId></parent>
  <dependencies>
    <dependency><groupId>x</groupId><artifactId>hibernate-core</artifactId></dependency>
    <dependency><groupId>x</groupId><artifactId>junit-jupiter</artifactId><scope>test</scope></dependency>
  </dependencies>
</project>`;
    assert.deepEqual(names('pom.xml', pom), [
      'maven:spring-boot-starter-parent',
      'maven:hibernate-core',
      'maven:junit-jupiter (development)',
    ]);
    const gradle = `plugins { id("org.springframework.boot") version "3.3.0" }
dependencies {
  implementation("org.springframework.boot:spring-boot-starter-data-jpa")
  runtimeOnly 'org.postgresql:postgresql:42.7.3'
  testImplementation("org.junit.jupiter:junit-jupiter:5.10.0")
}`;
    assert.deepEqual([...names('build.gradle.kts', gradle)].sort(), [
      'maven:junit-jupiter (development)',
      'maven:org.springframework.boot',
      'maven:postgresql',
      'maven:spring-boot-starter-data-jpa',
    ]);
  });

  it('tell Kotlin from Java by what compiles it, not by what the build is written in', () => {
    const language = (path: string, text: string): string | undefined => readDependencies(path, text)?.language;
    assert.equal(language('build.gradle.kts', 'plugins { kotlin("jvm") version "2.1.0" }'), 'kotlin');
    assert.equal(language('build.gradle', "plugins { id 'org.jetbrains.kotlin.jvm' version '2.1.0' }"), 'kotlin');
    assert.equal(language('pom.xml', '<plugin><artifactId>kotlin-maven-plugin</artifactId></plugin>'), 'kotlin');
    assert.equal(language('build.gradle.kts', 'plugins { java }'), 'java');
  });

  it('stand in .NET projects', () => {
    const text =
      '<Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup><PackageReference Include="Dapper" Version="2.1" /><PackageVersion Include="xunit" /></ItemGroup></Project>';
    assert.deepEqual(names('src/Shop.csproj', text), ['nuget:microsoft.net.sdk.web', 'nuget:dapper', 'nuget:xunit']);
  });

  it('are read of every half of a file without a throw', () => {
    const text = '[project]\ndependencies = ["fastapi[all]", "x"]\n<project><parent><artifactId>a</artifactId>';
    for (const path of ['pyproject.toml', 'pom.xml', 'requirements.txt', 'build.gradle', 'a.csproj'])
      for (let cut = 0; cut <= text.length; cut++) readDependencies(path, text.slice(0, cut));
    assert.equal(isDependencyManifest('notes.txt'), false);
    assert.equal(readDependencies('notes.txt', ''), null);
  });

  it('make the profile', () => {
    const of = (file: string, text: string) => {
      const { profile } = readProfile([{ file, text }], []);
      return [profile.language, profile.framework, ...profile.orms, profile.dialect];
    };
    assert.deepEqual(of('requirements.txt', 'fastapi\nsqlalchemy\nasyncpg\n'), [
      'python',
      'fastapi',
      'sqlalchemy',
      'postgresql',
    ]);
    assert.deepEqual(
      of(
        'build.gradle',
        "implementation 'org.springframework.boot:spring-boot-starter-data-jpa'\nruntimeOnly 'com.mysql:mysql-connector-j'",
      ),
      ['java', 'spring-boot', 'jpa', 'mysql'],
    );
    assert.deepEqual(
      of(
        'Shop.csproj',
        '<Project Sdk="Microsoft.NET.Sdk.Web"><PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" /></Project>',
      ),
      ['csharp', 'aspnet-core', 'efcore', 'postgresql'],
    );
  });
});
