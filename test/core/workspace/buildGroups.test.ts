import assert from 'node:assert/strict';
import { buildGroupsOf } from '../../../src/core/workspace/buildGroups.ts';

const groups = (files: Readonly<Record<string, string>>): readonly string[] =>
  buildGroupsOf(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
    ({ root, members }) => `${root}: ${members.join(' ')}`,
  );

const refers = (...paths: readonly string[]): string =>
  `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>${paths.map((path) => `<ProjectReference Include="${path}" />`).join('')}</ItemGroup></Project>`;

const pom = (artifact: string, ...dependencies: readonly string[]): string =>
  `<project><parent><artifactId>parent</artifactId></parent><artifactId>${artifact}</artifactId><dependencies>${dependencies
    .map((each) => `<dependency><groupId>shop</groupId><artifactId>${each}</artifactId></dependency>`)
    .join('')}</dependencies></project>`;

describe('build units that make one application', () => {
  it('are .NET projects that refer to each other, whatever slashes and case', () => {
    assert.deepEqual(
      groups({
        'src/Shop.Api/Shop.Api.csproj': refers('..\\Shop.Infrastructure\\shop.infrastructure.csproj'),
        'src/Shop.Domain/Shop.Domain.csproj': refers(),
        'src/Shop.Infrastructure/Shop.Infrastructure.csproj': refers('../Shop.Domain/Shop.Domain.csproj'),
        'src/Mailer/Mailer.csproj': refers('..\\..\\..\\elsewhere\\Elsewhere.csproj'),
      }),
      ['src: src/Shop.Api src/Shop.Domain src/Shop.Infrastructure'],
    );
  });

  it('are .NET projects that files for all of them refer to, by wildcards and conditions', () => {
    const shared = `<Project>
      <PropertyGroup><Blocks>$(MSBuildThisFileDirectory)\\Blocks\\Domain\\*.csproj</Blocks></PropertyGroup>
      <ItemGroup Condition="$(MSBuildProjectFullPath.Contains('Modules')) and $(MSBuildProjectName.EndsWith('Infrastructure'))">
        <ProjectReference Include="..\\Domain\\*.csproj" />
      </ItemGroup>
      <ItemGroup Condition="$(MSBuildProjectFullPath.Contains('Modules')) and !$(MSBuildProjectName.EndsWith('Tests'))">
        <ProjectReference Include="$(Blocks)" Condition="'$(MSBuildProjectName)' != 'Sales.Infrastructure'" />
      </ItemGroup>
      <ItemGroup Condition="$([System.String]::IsNullOrEmpty('x'))"><ProjectReference Include="**\\*.csproj" /></ItemGroup>
    </Project>`;
    const files = {
      'src/Directory.Build.targets': shared,
      'src/Modules/Sales/Domain/Sales.Domain.csproj': refers(),
      'src/Modules/Sales/Infrastructure/Sales.Infrastructure.csproj': refers(),
      'src/Modules/Sales/Tests/Sales.Tests.csproj': refers(),
      'src/Blocks/Domain/Blocks.Domain.csproj': refers(),
      'tools/Mailer/Mailer.csproj': refers(),
    };
    assert.deepEqual(groups(files), [
      'src: src/Blocks/Domain src/Modules/Sales/Domain src/Modules/Sales/Infrastructure',
    ]);
    assert.deepEqual(groups({ ...files, 'src/Modules/Directory.Build.targets': '<Project />' }), []);
  });

  it('are Maven modules by their dependencies; a parent alone joins no services', () => {
    const services = { 'pom.xml': pom('parent'), 'orders/pom.xml': pom('orders'), 'users/pom.xml': pom('users') };
    assert.deepEqual(groups(services), []);
    assert.deepEqual(groups({ ...services, 'orders/pom.xml': pom('orders', 'users', 'unknown') }), [': orders users']);
  });

  it('are Gradle projects by path or by type-safe name', () => {
    assert.deepEqual(
      groups({
        'settings/build.gradle': '',
        'app/build.gradle.kts': 'dependencies { implementation(projects.core.orderModel) }',
        'core/order-model/build.gradle': "dependencies { api project(':core:base') }",
        'core/base/build.gradle': '',
      }),
      [': app core/base core/order-model'],
    );
    assert.deepEqual(
      groups({
        'rates/build.gradle': "apply from: 'dependencies.gradle'",
        'rates/dependencies.gradle': "dependencies { implementation(project(path: ':core')) }",
        'core/build.gradle': '',
        'gradle/dependencies.gradle': "ext.libraries = [core: project(':core')]",
      }),
      [': core rates'],
    );
  });

  it('take a root of their own where another project has the folder they share', () => {
    assert.deepEqual(
      groups({
        'package.json': '{"name":"web"}',
        'server/App/App.csproj': refers('../../model/Model.csproj'),
        'model/Model.csproj': refers(),
        'a/One.csproj': refers('../b/Two.csproj'),
        'b/Two.csproj': refers(),
      }),
      ['a: a b', 'model: model server/App'],
    );
  });

  it('are found in broken manifests as far as they can be read', () => {
    assert.deepEqual(groups({ 'a/pom.xml': '<project><artifactId>a', 'b/x.csproj': '<Project', 'c/pom.xml': '' }), []);
  });
});
