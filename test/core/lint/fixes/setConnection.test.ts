/** Connections are set up in another way: the fixes of the rules on data sources. */
import assert from 'node:assert/strict';
import { makeFix, proveFix } from './prove.ts';
import type { Files } from './prove.ts';

const typeorm = (options: string): Files => ({
  'data-source.ts': `import { DataSource } from 'typeorm';\n\nexport default new DataSource({\n  type: 'postgres',\n  url: process.env['DATABASE_URL'],\n  poolSize: 10,\n${options}});\n`,
});
const spring = (name: string, text: string): Files => ({
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
  'src/main/java/Order.java': 'import jakarta.persistence.*;\n\n@Entity\nclass Order {\n  @Id\n  Long id;\n}\n',
  [`src/main/resources/${name}`]: text,
});

const cases: readonly (readonly [string, Files, string, string])[] = [
  ['synchronize', typeorm('  synchronize: true,\n'), 'schema-auto-sync', '  synchronize: false,\n'],
  ['dropSchema', typeorm('  dropSchema: true,\n'), 'schema-auto-sync', '  dropSchema: false,\n'],
  ['TLS', typeorm('  ssl: false,\n'), 'unencrypted-connection', '  ssl: { rejectUnauthorized: true },\n'],
  ['a time-out', typeorm(''), 'missing-timeout', '  poolSize: 10,\n  connectTimeoutMS: 5000,\n});'],
  [
    'ddl-auto in properties',
    spring(
      'application.properties',
      'spring.datasource.url=jdbc:postgresql://db/x\nspring.jpa.hibernate.ddl-auto=update\n',
    ),
    'schema-auto-sync',
    'ddl-auto=validate\n',
  ],
  [
    'ddl-auto in YAML',
    spring('application.yml', 'spring:\n  jpa:\n    hibernate:\n      ddl-auto: create-drop\n'),
    'schema-auto-sync',
    'ddl-auto: validate\n',
  ],
];

describe('fixes of connections', () => {
  for (const [name, files, rule, expected] of cases)
    it(`are written for ${name}, and are not preferred`, async () => {
      const { finding } = await makeFix(files, rule);
      assert.deepEqual(
        finding.fixes.map(({ preferred }) => preferred),
        [false],
      );
      const after = await proveFix(files, rule);
      const text = Object.values(after).join('\n');
      assert.ok(text.includes(expected), text);
    });

  it('are not offered where other options may follow', async () => {
    const { files } = await makeFix(typeorm('  ...options,\n'), 'missing-timeout');
    assert.equal(files, null);
  });
});
