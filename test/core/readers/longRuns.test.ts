import assert from 'node:assert/strict';
import { readers } from '../../../src/core/readers/registry.ts';
import { languageOf } from '../../../src/core/syntax/syntax.ts';
import type { ParsedText } from '../../../src/core/syntax/syntax.ts';
import { sourceFile } from '../../../src/core/workspace/fileState.ts';
import { loadSyntax } from './typeorm/read.ts';

/** Packed scripts and pictures in base64 are one word of many thousand letters: whoever looks for a word begins anew at each of them. */
const runs: Readonly<Record<string, string>> = {
  letters: 'x'.repeat(100_000),
  'letters and digits': 'aB3'.repeat(33_000),
  'dotted words': 'x.'.repeat(50_000),
  blanks: ' '.repeat(100_000),
  'empty lines': '\n'.repeat(100_000),
};

/** So that each reader takes an interest in the file. */
const starts: Readonly<Record<string, string>> = {
  'a.ts': `import { Entity, Column } from 'typeorm'; import { Schema } from 'mongoose'; import { pgTable } from 'drizzle-orm/pg-core';
import { Sequelize } from 'sequelize'; import { MikroORM } from '@mikro-orm/core'; import { PrismaClient } from '@prisma/client';
sequelize.import('./order'); db.Order = require('./order')(sequelize); redis.set('a', 1); influx.tag('a'); client.indices.create({});
@Entity() export class Order { @Column() number: string }
`,
  'a.py': `from django.db import models\nfrom sqlalchemy import Column\nfrom peewee import Model\nfrom tortoise import fields\nimport redis
class Order(models.Model):\n    number = models.TextField()\n`,
  'A.java': `import jakarta.persistence.*; import org.springframework.data.jpa.repository.*; import org.apache.ibatis.annotations.*;
@Entity class Order { @Id Long id; } interface Orders { @Select("select * from orders") Order all(); }
`,
  'A.cs': `using Microsoft.EntityFrameworkCore; using Dapper; using FluentNHibernate.Mapping; using FluentMigrator;
class Shop : DbContext { DbSet<Order> Orders { get; set; } } class OrderMap : ClassMap<Order> { } class Start : Migration { }
`,
  'a.sql': 'create table orders (id int primary key);\n',
};

describe('texts with long runs of one kind', function () {
  this.timeout(300_000);
  /** Milliseconds that no reader may take; what grows with the square of the length takes minutes. */
  const limit = 10_000;

  for (const [path, start] of Object.entries(starts))
    it(`are read in ${path} in bounded time`, async () => {
      const syntax = await loadSyntax();
      const language = languageOf(path);
      if (language !== null) await syntax.ensure([language]);
      const quoted = path.endsWith('.py') ? '# ' : path.endsWith('.sql') ? '-- ' : '// ';
      for (const [name, run] of Object.entries(runs)) {
        const text = `${start}${name === 'empty lines' ? '' : quoted}${run}\n`;
        let tree: ParsedText | undefined;
        const parsed = (): ParsedText => {
          assert.ok(language !== null);
          return (tree ??= syntax.parse(language, text));
        };
        for (const reader of readers) {
          const begin = performance.now();
          if (reader.detect(path, text)) reader.read(sourceFile(path, text, parsed));
          const taken = performance.now() - begin;
          assert.ok(taken < limit, `${reader.id} took ${Math.round(taken)} ms for ${name}`);
        }
        tree?.dispose();
      }
    });
});
