/** A small project on PostgreSQL: one table, the migration that makes it, and a Git repository whose commit holds both. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const postFile = 'src/post.entity.ts';

export function postEntity(columns: string): string {
  return `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('posts')
export class Post {
  @PrimaryGeneratedColumn()
  id: number;

${columns}
}
`;
}

export const firstColumns = '  @Column()\n  title: string;';

const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'blog', dependencies: { typeorm: '^1.0.0', pg: '^8.0.0' } }),
  'src/data-source.ts': `import { DataSource } from 'typeorm';
import { Post } from './post.entity';

export default new DataSource({
  type: 'postgres',
  entities: [Post],
  migrations: ['src/migrations/*.ts'],
});
`,
  [postFile]: postEntity(firstColumns),
  'src/migrations/1700000000001-create-posts.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePosts1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      \`CREATE TABLE "posts" ("id" SERIAL NOT NULL, "title" character varying NOT NULL, CONSTRAINT "PK_posts" PRIMARY KEY ("id"))\`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`DROP TABLE "posts"\`);
  }
}
`,
};

/** Returns the folder. */
export function migratedProject(folder: string): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'First posts');
  return folder;
}
