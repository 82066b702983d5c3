import assert from 'node:assert/strict';
import { efcoreReader } from '../../../src/core/readers/efcore/reader.ts';
import { jpaReader } from '../../../src/core/readers/jpa/reader.ts';
import type { Fragment, LinkContext, LinkResult, Reader } from '../../../src/core/readers/reader.ts';
import { sqlalchemyReader } from '../../../src/core/readers/sqlalchemy/reader.ts';
import { languageOf } from '../../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../../src/core/syntax/syntax.ts';
import { createNearLinker } from '../../../src/core/workspace/nearLink.ts';
import { sourceFile } from '../../../src/core/workspace/fileState.ts';
import { structureOf } from '../../../src/core/workspace/structure.ts';
import { generateLanguages } from '../../support/generateLanguages.ts';
import type { LanguageWorkspace } from '../../support/generatedEntities.ts';
import { seeded } from '../../support/random.ts';
import type { Random } from '../../support/random.ts';
import { testSyntax } from './support.ts';

interface Case {
  readonly reader: Reader;
  readonly language: string;
  /** What is typed into classes: columns, keys, relations, constraints, types of the project. */
  readonly members: readonly string[];
}

const cases: readonly Case[] = [
  {
    reader: sqlalchemyReader as unknown as Reader,
    language: 'Python',
    members: [
      '    typed: Mapped[str | None] = mapped_column(String(40))',
      '    code: Mapped[str] = mapped_column(String(8), primary_key=True)',
      '    other_id: Mapped[int] = mapped_column(ForeignKey("order0.id"), unique=True)',
      '    other: Mapped["Customer1"] = relationship()',
      '    name = mapped_column(Text, nullable=False)',
      '    __tablename__ = "renamed"',
      '    __table_args__ = {"schema": "sales"}',
      'class Extra(Base):',
      'LENGTH = 40',
    ],
  },
  {
    reader: jpaReader as unknown as Reader,
    language: 'Java',
    members: [
      '    @Column(length = 40) private String typed;',
      '    @Id private String code;',
      '    @ManyToOne private Customer1 other;',
      '    @OneToMany(mappedBy = "other") private java.util.List<Order0> others;',
      '    @ElementCollection private java.util.Set<String> tags;',
      '    @Embedded private Customer1 part;',
      '    public static final int LENGTH = 40;',
      '    @Column(unique = true) public String getTyped() { return null; }',
      '    @MapsId @OneToOne private Customer1 whole;',
    ],
  },
  {
    reader: efcoreReader as unknown as Reader,
    language: 'C#',
    members: [
      '    [MaxLength(40)] public string? Typed { get; set; }',
      '    [Key] public string Code { get; set; }',
      '    public Customer1 Other { get; set; }',
      '    public int OtherId { get; set; }',
      '    public List<Order0> Others { get; } = new();',
      '    public int Customer1Id { get; set; }',
      '    public const int Length = 40;',
      '    [NotMapped] public string Name { get; set; }',
      '    public DateTime? Ref0Id { get; set; }',
    ],
  },
];

describe('Linking a keystroke with the files around it', () => {
  for (const each of cases)
    it(`gives what linking all files gives: ${each.language}`, async function () {
      this.timeout(120_000);
      const random = seeded(3);
      const project = await openProject(each, 50);
      const { counting, partial } = counted(each.reader);
      const linker = createNearLinker(0, 0);
      linker.link(counting, project.fragments(), project.context);
      for (let step = 1; step <= 14; step++) {
        const path = project.edit(random);
        const fragments = project.fragments();
        const found = linker.link(counting, fragments, project.context);
        assertSame(found, each.reader.link(fragments, project.context), `after step ${step}, in ${path}`);
      }
      assert.ok(partial() > 3, `only ${partial()} links were near`);
    });

  for (const each of cases)
    it(`gives it for every line that is typed bit by bit: ${each.language}`, async function () {
      this.timeout(120_000);
      const project = await openProject(each, 24);
      const linker = createNearLinker(0, 0);
      for (const place of [0, 1])
        for (const line of each.members) {
          for (const length of [12, line.length]) {
            project.restore();
            project.type(line.slice(0, length), place);
            const fragments = project.fragments();
            const found = linker.link(each.reader, fragments, project.context);
            assertSame(found, each.reader.link(fragments, project.context), `${line.slice(0, length)} (${place})`);
          }
        }
    });

  for (const each of cases)
    it(`links few files while a column is typed, all files where another class is named: ${each.language}`, async function () {
      this.timeout(60_000);
      const project = await openProject(each, 50);
      const { counting, sizes } = counted(each.reader);
      const linker = createNearLinker(0, 0);
      const first = linker.link(counting, project.fragments(), project.context);
      const [column = '', , relation = ''] = each.members;
      project.type(column);
      const typed = linker.link(counting, project.fragments(), project.context);
      const all = project.fragments().length;
      assert.ok(
        sizes()
          .slice(1)
          .every((size) => size < all / 2),
        sizes().join(),
      );
      const kept = new Set(first.tables);
      const changed = typed.tables.filter((table) => !kept.has(table));
      assert.equal(changed.length, 1);
      assert.equal(
        changed[0]?.columns.length,
        (first.tables.find(({ name }) => name === changed[0]?.name)?.columns.length ?? 0) + 1,
      );
      if (each.language === 'Python') return;
      project.type(relation);
      linker.link(counting, project.fragments(), project.context);
      assert.equal(sizes().at(-1), all);
    });
});

interface Project {
  readonly context: LinkContext;
  fragments(): readonly Fragment[];
  /** Makes one change of one file, and says which. */
  edit(random: Random): string;
  /** A line into the class in the middle, or into the one that others inherit from or refer to. */
  type(line: string, place?: number): void;
  restore(): void;
}

async function openProject({ reader, language, members }: Case, entities: number): Promise<Project> {
  const workspace = generateLanguages(entities).find(({ name }) => name.startsWith(language));
  assert.ok(workspace);
  const syntax = await testSyntax();
  const original = new Map(
    workspace.files.flatMap(({ path, text }) => (reader.detect(path, text) ? [[path, text] as const] : [])),
  );
  for (const path of original.keys()) {
    const id = languageOf(path);
    if (id !== null) await syntax.ensure([id]);
  }
  const current = new Map(original);
  const fragments = new Map([...original].map(([path, text]) => [path, read(reader, path, text, syntax)]));
  const change = (path: string, text: string): void => {
    if (text === current.get(path)) return;
    current.set(path, text);
    fragments.set(path, read(reader, path, text, syntax));
  };
  return {
    context: contextOf(workspace, fragments),
    fragments: () => [...fragments.values()],
    type(line, place = 0) {
      const { path, before } = workspace.typing;
      const at =
        place === 0
          ? path
          : ([...original.keys()].find((each) => /(?:base|Stamped|Auditable|Base\w*)\.\w+$/iu.test(each)) ?? path);
      const text = current.get(at) ?? '';
      change(
        at,
        text.includes(before)
          ? text.replace(before, `${line}\n${before}`)
          : text.replace(/^(\s+)(?=id:|@Id|public int Id)/mu, (blank) => `\n${line}${blank}`),
      );
    },
    restore() {
      for (const [path, text] of original) change(path, text);
    },
    edit(random) {
      // One file is typed into for a while, as people do.
      const path = random.chance(0.7) ? workspace.typing.path : random.pick([...original.keys()]);
      const text = random.chance(0.2) ? (original.get(path) ?? '') : edited(current.get(path) ?? '', members, random);
      change(path, text);
      return path;
    },
  };
}

function edited(text: string, members: readonly string[], random: Random): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const member = random.pick(members);
  const heads = lines.flatMap((line, index) =>
    /\bclass \w+|^\s+(?:name|private String name)/u.test(line) ? [index + 1] : [],
  );
  const inClass =
    heads.length > 0 ? random.pick(heads) + (/[{:]\s*$/u.test(lines[random.pick(heads) - 1] ?? '') ? 0 : 1) : at;
  switch (random.below(7)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n');
    case 1:
    case 2:
      return lines.toSpliced(inClass, 0, member).join('\n');
    case 3:
      return lines.toSpliced(inClass, 0, member.slice(0, random.below(member.length))).join('\n');
    case 4:
      return lines.toSpliced(at, 0, '').join('\n');
    case 5: {
      const words = [...new Set(text.match(/\b[A-Za-z]\w{3,}\b/gu) ?? ['word'])];
      return text.replaceAll(
        new RegExp(`\\b${random.pick(words)}\\b`, 'gu'),
        random.chance(0.5) ? random.pick(words) : 'renamed',
      );
    }
    default:
      return lines
        .with(
          at,
          (lines[at] ?? '').replace(/40|120|true|String/u, (word) => (word === 'true' ? 'false' : '7')),
        )
        .join('\n');
  }
}

function read(reader: Reader, path: string, text: string, syntax: Syntax): Fragment {
  let tree: ParsedText | undefined;
  const language = languageOf(path);
  const file = sourceFile(path, text, () => {
    assert.ok(language);
    return (tree ??= syntax.parse(language, text));
  });
  const { fragment } = reader.read(file);
  tree?.dispose();
  return fragment;
}

function contextOf({ files }: LanguageWorkspace, fragments: ReadonlyMap<string, Fragment>): LinkContext {
  const states = new Map(
    files.map(({ path, text }) => [
      path,
      { path, hash: path, parts: new Map(), readBy: [], reads: [], text, modules: [], problems: [] },
    ]),
  );
  const { resolve } = structureOf(states);
  const dataSources = [...fragments.values()].flatMap(({ facts }) => facts.dataSources);
  return { root: '', dialect: 'postgresql', versions: {}, dataSources, resolve };
}

/** The reader, and how many files each of its links was given. */
function counted(reader: Reader): { counting: Reader; sizes: () => readonly number[]; partial: () => number } {
  const sizes: number[] = [];
  const counting: Reader = {
    ...reader,
    link(fragments, context) {
      sizes.push(fragments.length);
      return reader.link(fragments, context);
    },
  };
  const all = (): number => Math.max(...sizes);
  return { counting, sizes: () => sizes, partial: () => sizes.filter((size) => size < all()).length };
}

/** In any order: the project sorts what readers give. */
function assertSame(actual: LinkResult, expected: LinkResult, when: string): void {
  for (const part of ['tables', 'enums', 'files', 'problems'] as const) {
    const texts = (result: LinkResult): readonly string[] => result[part].map((each) => JSON.stringify(each)).sort();
    assert.deepEqual(texts(actual), texts(expected), `${part} ${when}`);
  }
  assert.equal(actual.dialect, expected.dialect, when);
}
