import assert from 'node:assert/strict';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadCSharp, readEfCore } from './read.ts';

const usings = 'using Microsoft.EntityFrameworkCore;\n';

describe('EF Core reader', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  function tablesOf(code: string, files: Readonly<Record<string, string>> = {}): ReadonlyMap<string, Table> {
    const { tables } = readEfCore({ 'Shop.cs': usings + code, ...files }, syntax);
    return new Map(tables.map((table) => [table.name, table]));
  }

  function columnsOf(table: Table | undefined): readonly string[] {
    assert.ok(table, 'the table is there');
    return table.columns.map(
      ({ name, rawType, length, nullable }) =>
        `${name} ${rawType}${length === null ? '' : `(${length})`}${nullable ? '' : ' not null'}`,
    );
  }

  const context = (sets: string, body = '', provider = 'UseSqlServer') =>
    `public class Db : DbContext { ${sets}
      protected override void OnConfiguring(DbContextOptionsBuilder o) => o.${provider}("");
      protected override void OnModelCreating(ModelBuilder b) { ${body} } }\n`;

  it('makes no table of a type that is not typed yet', () => {
    const tables = tablesOf(
      `${context('public DbSet<Blog> Blogs { get; set; } public DbSet<.> Others { get; set; }', 'b.Entity<Blog>().OwnsMany(x => x.Notes);')}
       public class Blog { public int Id { get; set; } public List<.> Notes { get; } public Shop. Post { get; set; } }`,
    );
    assert.deepEqual([...tables.keys()], ['Blogs']);
  });

  it('names tables after sets, and after classes where only a navigation leads to them', () => {
    const tables = tablesOf(
      `${context('public DbSet<Blog> Blogs { get; set; }')}
       public class Blog { public int Id { get; set; } public List<Post> Posts { get; set; } }
       public class Post { public int Id { get; set; } public int BlogId { get; set; } }
       public class Unrelated { public int Id { get; set; } }`,
    );
    assert.deepEqual([...tables.keys()], ['Blogs', 'Post']);
    assert.deepEqual(
      tables.get('Post')?.foreignKeys.map(({ name, columns, onDelete }) => [name, columns, onDelete]),
      [['FK_Post_Blogs_BlogId', ['BlogId'], 'CASCADE']],
    );
    assert.deepEqual(
      tables.get('Post')?.indexes.map(({ name, origin }) => [name, origin]),
      [['IX_Post_BlogId', 'orm']],
    );
  });

  it('takes nullability from #nullable, from the project file, and from neither', () => {
    const code = `${context('public DbSet<Note> Notes { get; set; }')}
      public class Note { public int Id { get; set; } public string A { get; set; } public string? B { get; set; } public int? C { get; set; } }`;
    const expected = (a: string): string[] => ['Id int not null', `A nvarchar(max)${a}`, 'B nvarchar(max)', 'C int'];
    assert.deepEqual(columnsOf(tablesOf(code).get('Notes')), expected(''));
    assert.deepEqual(columnsOf(tablesOf(`#nullable enable\n${code}`).get('Notes')), expected(' not null'));
    const project =
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Nullable>enable</Nullable></PropertyGroup></Project>';
    assert.deepEqual(columnsOf(tablesOf(code, { 'Shop.csproj': project }).get('Notes')), expected(' not null'));
  });

  it('gives each provider its types', () => {
    const code = (provider: string): string =>
      `#nullable enable\n${context('public DbSet<T> Ts { get; set; }', '', provider)}
       public class T { public long Id { get; set; } [MaxLength(20)] public string S { get; set; } public decimal D { get; set; } public Guid G { get; set; }
         public DateTime W { get; set; } public byte[] B { get; set; } public bool F { get; set; } }`;
    const raw = (provider: string): readonly string[] =>
      tablesOf(code(provider))
        .get('Ts')
        ?.columns.map(({ rawType }) => rawType) ?? [];
    assert.deepEqual(raw('UseSqlServer'), [
      'bigint',
      'nvarchar',
      'decimal',
      'uniqueidentifier',
      'datetime2',
      'varbinary(max)',
      'bit',
    ]);
    assert.deepEqual(raw('UseNpgsql'), [
      'bigint',
      'character varying',
      'numeric',
      'uuid',
      'timestamp with time zone',
      'bytea',
      'boolean',
    ]);
    assert.deepEqual(raw('UseSqlite'), ['INTEGER', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BLOB', 'INTEGER']);
    assert.deepEqual(raw('UseMySql'), [
      'bigint',
      'varchar',
      'decimal',
      'char(36)',
      'datetime',
      'longblob',
      'tinyint(1)',
    ]);
    assert.deepEqual(raw('UseOracle'), ['NUMBER', 'NVARCHAR2', 'DECIMAL', 'RAW(16)', 'TIMESTAMP', 'BLOB', 'NUMBER(1)']);
  });

  it('bounds strings that are keys or indexed, and filters unique indexes over columns that may be null, on SQL Server', () => {
    const tables = tablesOf(
      `${context('public DbSet<Tag> Tags { get; set; }', 'b.Entity<Tag>().HasIndex(t => t.Slug).IsUnique();')}
       public class Tag { [Key] public string Name { get; set; } public string Slug { get; set; } }`,
    );
    const tag = tables.get('Tags');
    assert.deepEqual(columnsOf(tag), ['Name nvarchar(450) not null', 'Slug nvarchar(450)']);
    assert.equal(tag?.indexes[0]?.where, '[Slug] IS NOT NULL');
  });

  it('makes a shadow key for a navigation without one, required where the reference is', () => {
    const tables = tablesOf(
      `#nullable enable\n${context('public DbSet<Post> Posts { get; set; }')}
       public class Blog { public Guid Id { get; set; } }
       public class Post { public int Id { get; set; } public Blog Blog { get; set; } = null!; public Blog? Mirror { get; set; } }`,
    );
    const post = tables.get('Posts');
    assert.deepEqual(columnsOf(post), [
      'Id int not null',
      'BlogId uniqueidentifier not null',
      'MirrorId uniqueidentifier',
    ]);
    assert.deepEqual(
      post?.foreignKeys.map(({ columns, onDelete }) => [columns[0], onDelete]),
      [
        ['BlogId', 'CASCADE'],
        ['MirrorId', 'NO ACTION'],
      ],
    );
  });

  it('follows configuration into helper methods, base classes and constants of other files', () => {
    const tables = tablesOf(
      context('public DbSet<User> Users { get; set; }', 'b.Entity<User>().Audited(Names.Schema); Lengths.Apply(b);'),
      {
        'User.cs': 'namespace A; public class User { public int Id { get; set; } public string Name { get; set; } }',
        'Names.cs':
          'public static class Names { public const string Prefix = "app"; public const string Schema = Prefix + "_data"; }',
        'Extensions.cs': `public static class Extensions {
          public static EntityTypeBuilder<T> Audited<T>(this EntityTypeBuilder<T> e, string schema) where T : class {
            e.ToTable($"{typeof(T).Name.ToLower()}s", schema); e.Property<DateTime>("ChangedAt"); return e; } }`,
        'Lengths.cs': `public static class Lengths { private const int Max = 50;
          public static void Apply(ModelBuilder model) {
            foreach (var p in model.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.ClrType == typeof(string))) p.SetMaxLength(Max); } }`,
      },
    );
    const users = tables.get('users');
    assert.equal(users?.namespace, 'app_data');
    assert.deepEqual(columnsOf(users), ['Id int not null', 'Name nvarchar(50)', 'ChangedAt datetime2 not null']);
  });

  it('follows configuration into blocks of extensions', () => {
    const tables = tablesOf(
      `${context('public DbSet<Area> Areas { get; set; }', 'b.MapAreas("area");')}
       public static class Mappings
       {
           extension(ModelBuilder builder)
           {
               public ModelBuilder MapAreas(string name) { builder.Entity<Area>().ToTable(name).HasKey(a => a.Code); return builder; }
           }
       }
       public class Area { public string Code { get; set; } public string Title { get; set; } }`,
    );
    assert.deepEqual([...tables.keys()], ['area']);
    assert.deepEqual(tables.get('area')?.primaryKey, ['Code']);
  });

  it('runs methods that are handed over by their names, as conditions and as configuration', () => {
    const tables = tablesOf(
      context(
        'public DbSet<Visit> Visits { get; set; }',
        'Moments.Apply(b); b.Entity<Visit>(BuildVisit); } static void BuildVisit(EntityTypeBuilder<Visit> v) { v.HasKey(x => x.Number);',
      ),
      {
        'Visit.cs':
          'namespace A; public class Visit { public int Id { get; set; } public int Number { get; set; } public DateTime? EndUtc { get; set; } public DateTime Day { get; set; } }',
        'Moments.cs': `public static class Moments {
          public static void Apply(ModelBuilder model) { foreach (var p in Of(model.Model)) p.SetColumnType("datetime"); }
          static bool IsMoment(IReadOnlyProperty p) {
            var type = Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType;
            return type == typeof(DateTime) && p.Name.EndsWith("Utc", StringComparison.Ordinal); }
          static IEnumerable<IMutableProperty> Of(IMutableModel model) =>
            model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(IsMoment); }`,
      },
    );
    const visits = tables.get('Visits');
    assert.deepEqual(visits?.primaryKey, ['Number']);
    assert.deepEqual(columnsOf(visits), [
      'Number int not null',
      'Id int not null',
      'EndUtc datetime',
      'Day datetime2 not null',
    ]);
  });

  it('adds the tables of Identity, with what the user class adds', () => {
    const { tables } = readEfCore(
      {
        'App.cs': `${usings}public class Member : IdentityUser<int> { public string Nick { get; set; } }
          public class Db : IdentityDbContext<Member, IdentityRole<int>, int> {
            protected override void OnModelCreating(ModelBuilder b) { base.OnModelCreating(b); b.Entity<Member>().ToTable("Members"); } }`,
      },
      syntax,
    );
    assert.deepEqual(tables.map(({ name }) => name).sort(), [
      'AspNetRoleClaims',
      'AspNetRoles',
      'AspNetUserClaims',
      'AspNetUserLogins',
      'AspNetUserRoles',
      'AspNetUserTokens',
      'Members',
    ]);
    const members = tables.find(({ name }) => name === 'Members');
    assert.ok(members?.columns.some(({ name }) => name === 'Nick'));
    assert.equal(members?.columns.find(({ name }) => name === 'Id')?.rawType, 'int');
  });

  it('takes no class for that of Identity which the file has from another package', () => {
    const targetOf = (using: string, declared = ''): string | undefined =>
      readEfCore(
        {
          'App.cs': `${usings}${using}
          public class Org { public Guid Id { get; set; } public Guid OwnerId { get; set; } }
          public class Db : DbContext { public DbSet<Org> Orgs { get; set; }
            protected override void OnModelCreating(ModelBuilder b) { b.Entity<Org>().HasOne<IdentityUser>().WithMany().HasForeignKey(x => x.OwnerId); } }`,
          'Own.cs': declared,
        },
        syntax,
      ).tables.find(({ name }) => name === 'Orgs')?.foreignKeys[0]?.references.table;
    assert.equal(targetOf('using Volo.Abp.Identity;'), undefined);
    assert.equal(targetOf('using Microsoft.AspNetCore.Identity;'), 'IdentityUser');
    assert.equal(targetOf('using Volo.Abp.Identity; using Microsoft.AspNetCore.Identity;'), 'IdentityUser');
    assert.equal(
      targetOf('using App.Identity;', 'namespace App.Members; public class Card { public int Id { get; set; } }'),
      'IdentityUser',
    );
  });

  it('reads a snapshot where no context is found', () => {
    const { tables } = readEfCore(
      {
        'Migrations/DbModelSnapshot.cs': `partial class DbModelSnapshot : ModelSnapshot { protected override void BuildModel(ModelBuilder modelBuilder) {
          modelBuilder.Entity("A.Blog", b => {
            b.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("int");
            SqlServerPropertyBuilderExtensions.UseIdentityColumn(b.Property<int>("Id"));
            b.Property<string>("Url").IsRequired().HasMaxLength(90).HasColumnType("nvarchar(90)");
            b.Property<int?>("OwnerId").HasColumnType("int");
            b.HasKey("Id"); b.HasIndex("OwnerId"); b.ToTable("Blogs", (string)null); });
          modelBuilder.Entity("A.Blog", b => { b.HasOne("A.Person", "Owner").WithMany("Blogs").HasForeignKey("OwnerId"); b.Navigation("Owner"); });
          modelBuilder.Entity("A.Person", b => { b.Property<int>("Id"); b.HasKey("Id"); b.ToTable("People"); }); } }`,
      },
      syntax,
    );
    assert.deepEqual(tables.map(({ name }) => name).sort(), ['Blogs', 'People']);
    const blogs = tables.find(({ name }) => name === 'Blogs');
    assert.deepEqual(columnsOf(blogs), ['Id int not null', 'Url nvarchar(90) not null', 'OwnerId int']);
    assert.equal(blogs?.columns[0]?.generated?.kind, 'identity');
    assert.equal(blogs.foreignKeys[0]?.references.table, 'People');
  });

  it('tells of sets whose class is not there and of tables that a library adds', () => {
    const { problems } = readEfCore(
      { 'Db.cs': usings + context('public DbSet<Elsewhere> Things { get; set; }', 'b.UseOpenIddict();') },
      syntax,
    );
    assert.deepEqual(problems.map(({ code }) => code).sort(), ['tables-of-a-library', 'unresolved-entity']);
  });
});
