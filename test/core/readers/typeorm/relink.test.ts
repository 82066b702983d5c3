import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import type { Reader } from '../../../../src/core/readers/reader.ts';
import type { Snapshot } from '../../../../src/core/workspace/snapshot.ts';
import { generateWorkspace } from '../../../support/generateWorkspace.ts';
import { openWorkspace, seededRandom } from '../../workspace/support.ts';

type Texts = ReadonlyMap<string, string>;

const readers = [typeormReader as unknown as Reader];
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const workspaces: readonly (readonly [string, () => Texts])[] = [
  ['the shop', () => textsBelow(here('../../../workspaces/shop'))],
  ['the TypeORM fixtures without schemas', () => withoutSchemas(textsBelow(here('fixtures')))],
  ['the TypeORM fixtures', () => textsBelow(here('fixtures'))],
  ['generated entities', () => new Map(generateWorkspace({ entities: 40 }).map(({ path, text }) => [path, text]))],
];

describe('TypeORM linking after edits', () => {
  for (const [name, texts] of workspaces)
    for (const seed of [1, 2])
      it(`gives what a fresh start gives: ${name} (seed ${seed})`, async function () {
        this.timeout(120_000);
        const random = seededRandom(seed);
        const original = texts();
        const current = new Map(original);
        const edited = openWorkspace(readers);
        await edited.apply(deltas(current));
        const sources = [...original.keys()].filter((path) => path.endsWith('.ts'));
        for (let step = 1; step <= 30; step++) {
          const path = pick(sources, random);
          const text = random() < 0.25 ? (original.get(path) ?? '') : edit(current.get(path) ?? '', current, random);
          current.set(path, text);
          await edited.apply([{ path, text, open: true }]);
          if (step % 5 !== 0) continue;
          const fresh = openWorkspace(readers);
          await fresh.apply(deltas(current));
          assertSame(edited.snapshot, fresh.snapshot, `after step ${step}, in ${path}`);
          fresh.dispose();
        }
        edited.dispose();
      });

  it('links only what an edit can have touched: other tables stay the same objects', async () => {
    const files = generateWorkspace({ entities: 40 });
    const workspace = openWorkspace(readers);
    await workspace.apply(files);
    const before = new Map(tablesOf(workspace.snapshot).map((table) => [table.name, table]));
    const order = files.find(({ path }) => path.endsWith('order-20.entity.ts'));
    assert.ok(order);
    const text = order.text.replace('  isActive()', '  @Column()\n  note!: string;\n\n  isActive()');
    await workspace.apply([{ path: order.path, text }]);
    const changed = tablesOf(workspace.snapshot).filter((table) => before.get(table.name) !== table);
    assert.deepEqual(
      changed.map(({ name }) => name),
      ['order_20'],
    );
    assert.ok(changed[0]?.columns.some(({ name }) => name === 'note'));
    workspace.dispose();
  });
});

function tablesOf({ projects }: Snapshot): Snapshot['projects'][number]['schema']['tables'] {
  return projects.flatMap(({ schema }) => schema.tables);
}

/** What half-typed code and refactorings look like. */
const snippets = [
  '  @Column({ nullable: true })\n  typed: string | null;\n',
  "  @Column({ default: () => 'now()' })\n  stamp: Date;\n",
  '  @Colu',
  '  @Index()\n',
  "  @Unique(['name'])\n",
  '  @PrimaryColumn()\n  code: string;\n',
  "export const extra = 'x';\n",
  "export * from './other';\n",
  '  /* a comment that moves what follows */\n\n',
  '  @ChildEntity()\n',
  "  @TableInheritance({ column: 'kind' })\n",
  '}\n',
];

function edit(text: string, all: Texts, random: () => number): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * (lines.length + 1));
  switch (Math.floor(random() * 6)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n');
    case 1:
      return lines.toSpliced(at, 0, pick(snippets, random)).join('\n');
    case 2: {
      // A class, column or table takes another name.
      const words = [...new Set(text.match(/\b[A-Za-z]\w{3,}\b/g) ?? [])];
      if (words.length === 0) return 'const x = 1;\n';
      const word = pick(words, random);
      return text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), random() < 0.5 ? `${word}2` : pick(words, random));
    }
    case 3:
      return lines.with(Math.min(at, lines.length - 1), (lines[at] ?? '').slice(0, 8)).join('\n');
    case 4: {
      // Members of one class turn up in another.
      const other = (all.get(pick([...all.keys()], random)) ?? '').split('\n');
      const from = Math.floor(random() * other.length);
      return lines.toSpliced(at, 0, ...other.slice(from, from + 4)).join('\n');
    }
    default:
      return text.replace(/@(ManyToOne|OneToOne|OneToMany|ManyToMany)\(/, (whole) =>
        random() < 0.5 ? '@ManyToOne(' : random() < 0.5 ? '@OneToOne(' : whole,
      );
  }
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

function assertSame(actual: Snapshot, expected: Snapshot, when: string): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  // Slower, but shows where.
  assert.deepEqual(actual, expected, when);
  assert.equal(JSON.stringify(actual), JSON.stringify(expected), when);
}

function deltas(texts: Texts): readonly { readonly path: string; readonly text: string }[] {
  return [...texts].map(([path, text]) => ({ path, text }));
}

function textsBelow(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

function withoutSchemas(texts: Texts): Texts {
  return new Map([...texts].filter(([, text]) => !text.includes('EntitySchema')));
}
