/** A large NestJS + TypeORM + PostgreSQL workspace, the same for the same numbers: for benchmarks and load tests. */
export interface GenerateOptions {
  readonly entities: number;
  /** Files that hold no entity and no query, per entity: DTOs, helpers, styles, texts. */
  readonly noise?: number;
}

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

const perModule = 10;
const nouns = [
  'Order',
  'Customer',
  'Product',
  'Payment',
  'Shipment',
  'Invoice',
  'Review',
  'Coupon',
  'Address',
  'Ticket',
];
const types = [
  "@Column({ type: 'varchar', length: 120 })\n  NAME!: string;",
  "@Column({ type: 'int', default: 0 })\n  NAME!: number;",
  "@Column('decimal', { precision: 12, scale: 2 })\n  NAME!: string;",
  '@Column({ nullable: true })\n  NAME?: string;',
  "@Column({ type: 'timestamptz', nullable: true })\n  NAME!: Date | null;",
  "@Column({ type: 'jsonb', default: {} })\n  NAME!: Record<string, unknown>;",
  '@Column()\n  NAME!: boolean;',
];

export function generateWorkspace({ entities, noise = 2 }: GenerateOptions): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [
    {
      path: 'package.json',
      text: JSON.stringify({
        name: 'generated',
        dependencies: { '@nestjs/core': '11.0.0', typeorm: '0.3.20', pg: '8.0.0' },
      }),
    },
    {
      path: 'tsconfig.json',
      text: '{ "compilerOptions": { "baseUrl": ".", "paths": { "@common/*": ["src/common/*"] } } }',
    },
    { path: 'src/data-source.ts', text: dataSource },
    { path: 'src/common/base.entity.ts', text: baseEntity },
  ];
  for (let index = 0; index < entities; index++) {
    const { folder, file } = placeOf(index);
    files.push({ path: `${folder}/${file}.entity.ts`, text: entity(index, entities) });
    if (index % 2 === 0) files.push({ path: `${folder}/${file}.service.ts`, text: service(index) });
    for (let copy = 0; copy < noise; copy++) files.push(noiseFile(index, copy));
  }
  return files;
}

function placeOf(index: number): { readonly folder: string; readonly file: string; readonly name: string } {
  const noun = nouns[index % nouns.length] ?? 'Thing';
  const module = Math.floor(index / perModule);
  return { folder: `src/module-${module}`, file: `${noun.toLowerCase()}-${index}`, name: `${noun}${index}` };
}

function entity(index: number, entities: number): string {
  const { name } = placeOf(index);
  const columns = Array.from({ length: 6 }, (_, at) =>
    (types[(index + at) % types.length] ?? '').replace('NAME', `field${at}`),
  );
  // Each refers to the entity before it (in the same module as a rule) and to one far away.
  const targets = [index - 1, Math.floor(index / 3)].filter(
    (target, at, all) => target >= 0 && target !== index && all.indexOf(target) === at,
  );
  const imports = new Set([...targets, ...(index + 1 < entities ? [index + 1] : [])]);
  const relations = targets.map((target, at) => {
    const { name: targetName } = placeOf(target);
    const inverse = target === index - 1 ? `, (other) => other.next${index}` : '';
    return `${at === 1 ? '' : '@Index()\n  '}@ManyToOne(() => ${targetName}${inverse}, { onDelete: 'CASCADE' })\n  @JoinColumn({ name: 'ref_${at}_id' })\n  ref${at}!: ${targetName};`;
  });
  const next = index + 1 < entities ? [placeOf(index + 1).name] : [];
  const inverses = next.map(
    (each) => `@OneToMany(() => ${each}, (other) => other.ref0)\n  next${index + 1}!: ${each}[];`,
  );
  return `import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany } from 'typeorm';
import { BaseEntity } from '@common/base.entity';
${[...imports].map((target) => `import { ${placeOf(target).name} } from '${importPath(index, target)}';`).join('\n')}

export enum ${name}Status {
  Draft = 'draft',
  Active = 'active',
  Closed = 'closed',
}

/** ${name}: one of the tables of the generated shop. */
@Entity({ name: '${placeOf(index).file.replace('-', '_')}' })
@Index(['field0', 'field1'])
export class ${name} extends BaseEntity {
  ${columns.join('\n\n  ')}

  @Column({ type: 'enum', enum: ${name}Status, default: ${name}Status.Draft })
  status!: ${name}Status;

  ${[...relations, ...inverses].join('\n\n  ')}

  isActive(): boolean {
    return this.status === ${name}Status.Active;
  }
}
`;
}

function importPath(from: number, to: number): string {
  const target = placeOf(to);
  return placeOf(from).folder === target.folder
    ? `./${target.file}.entity`
    : `../${target.folder.replace('src/', '')}/${target.file}.entity`;
}

function service(index: number): string {
  const { name, file } = placeOf(index);
  return `import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { ${name}, ${name}Status } from './${file}.entity';

@Injectable()
export class ${name}Service {
  constructor(@InjectRepository(${name}) private readonly rows: Repository<${name}>) {}

  async one(id: string): Promise<${name}> {
    const row = await this.rows.findOne({ where: { id }, relations: { ref0: true } });
    if (!row) throw new NotFoundException(id);
    return row;
  }

  list(status: ${name}Status, page: number): Promise<${name}[]> {
    return this.rows.find({ where: { status }, order: { createdAt: 'DESC' }, skip: page * 20, take: 20 });
  }

  search(text: string): Promise<${name}[]> {
    return this.rows
      .createQueryBuilder('row')
      .leftJoinAndSelect('row.ref0', 'ref0')
      .where('row.field0 LIKE :text', { text: \`%\${text}%\` })
      .andWhere('row.status = :status', { status: ${name}Status.Active })
      .orderBy('row.createdAt', 'DESC')
      .limit(50)
      .getMany();
  }

  async close(ids: string[]): Promise<number> {
    const rows = await this.rows.find({ where: { id: In(ids) } });
    for (const row of rows) {
      row.status = ${name}Status.Closed;
      await this.rows.save(row);
    }
    return rows.length;
  }
}
`;
}

function noiseFile(index: number, copy: number): GeneratedFile {
  const { folder, file, name } = placeOf(index);
  switch (copy % 4) {
    case 0:
      return {
        path: `${folder}/dto/${file}.${copy}.dto.ts`,
        text: `export interface ${name}Dto${copy} {\n${Array.from({ length: 30 }, (_, at) => `  /** Field ${at} of the answer. */\n  readonly field${at}: string | null;`).join('\n')}\n}\n`,
      };
    case 1:
      return {
        path: `${folder}/helpers/${file}.${copy}.ts`,
        text: Array.from(
          { length: 12 },
          (_, at) =>
            `export function compute${name}${at}(values: readonly number[], factor: number): number {\n  let total = 0;\n  for (const value of values) total += value * factor + ${at};\n  return Math.round(total * 100) / 100;\n}\n`,
        ).join('\n'),
      };
    case 2:
      return { path: `${folder}/styles/${file}.${copy}.css`, text: `.${file} {\n  color: red;\n}\n`.repeat(20) };
    default:
      return { path: `${folder}/docs/${file}.${copy}.md`, text: `# ${name}\n\nWhat it is for.\n`.repeat(20) };
  }
}

const baseEntity = `import { CreateDateColumn, PrimaryGeneratedColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

export abstract class BaseEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  @VersionColumn()
  version!: number;
}
`;

const dataSource = `import { DataSource } from 'typeorm';

export default new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  entities: [__dirname + '/**/*.entity{.ts,.js}'],
  synchronize: false,
});
`;
