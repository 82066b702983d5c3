import assert from 'node:assert/strict';
import { sequelizeReader } from '../../../../src/core/readers/sequelize/reader.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../typeorm/read.ts';

/** What `sync` of 7.0.0-alpha.48 sends for these classes, noted by hand: the alpha is not installed here. */
const models = `
import { DataTypes, Model } from '@sequelize/core';
import { Attribute, BelongsTo, BelongsToMany, ColumnName, Default, HasMany, HasOne, Index, NotNull, Unique } from '@sequelize/core/decorators-legacy';

export class User extends Model {
  @Attribute(DataTypes.STRING(50)) @NotNull @Unique declare name: string;
  @Attribute(DataTypes.INTEGER) @Index @ColumnName('years') declare age: number | null;
  @HasMany(() => Post, { foreignKey: 'authorId', inverse: { as: 'author' } }) declare posts?: Post[];
  @HasOne(() => Profile, 'userId') declare profile?: Profile;
}
export class Post extends Model {
  @Attribute(DataTypes.STRING) @Index({ name: 'post_title' }) declare title: string | null;
  @Attribute(DataTypes.STRING) @Unique('slug_lang') declare slug: string | null;
  @Attribute(DataTypes.CHAR(2)) @Unique('slug_lang') declare lang: string | null;
  @Attribute(DataTypes.INTEGER) declare editorId: number | null;
  @BelongsTo(() => User, 'editorId') declare editor?: User;
  @Attribute(DataTypes.INTEGER) @NotNull declare reviewerId: number;
  @BelongsTo(() => User, { foreignKey: 'reviewerId' }) declare reviewer?: User;
}
export class Profile extends Model {
  @Attribute(DataTypes.ENUM('a', 'b')) @Default('a') declare kind: 'a' | 'b';
}
`;

describe('decorators of Sequelize 7', () => {
  it('make tables, keys and indexes as version 7 does', async () => {
    const syntax = await loadSyntax();
    const { tables, problems } = readTexts(sequelizeReader, new Map([['models.ts', models]]), syntax).link({
      dialect: 'postgresql',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tables.map(({ name, columns }) => [
        name,
        columns.map((column) => `${column.name} ${column.rawType}${column.nullable ? '' : ' not null'}`),
      ]),
      [
        [
          'Users',
          [
            'id integer not null',
            'name varchar not null',
            'years integer',
            'createdAt timestamp with time zone not null',
            'updatedAt timestamp with time zone not null',
          ],
        ],
        [
          'Posts',
          [
            'id integer not null',
            'title varchar',
            'slug varchar',
            'lang char',
            'editorId integer',
            'reviewerId integer not null',
            'createdAt timestamp with time zone not null',
            'updatedAt timestamp with time zone not null',
            'authorId integer',
          ],
        ],
        [
          'Profiles',
          [
            'id integer not null',
            'kind enum_Profiles_kind',
            'createdAt timestamp with time zone not null',
            'updatedAt timestamp with time zone not null',
            'userId integer',
          ],
        ],
      ],
    );
    assert.deepEqual(
      tables.flatMap(({ foreignKeys }) =>
        foreignKeys.map(({ columns, references, onDelete, onUpdate }) => [
          ...columns,
          references.table,
          onDelete,
          onUpdate,
        ]),
      ),
      [
        ['editorId', 'Users', 'SET NULL', 'CASCADE'],
        ['reviewerId', 'Users', 'CASCADE', 'CASCADE'],
        ['authorId', 'Users', 'SET NULL', 'CASCADE'],
        ['userId', 'Users', 'SET NULL', 'CASCADE'],
      ],
    );
    assert.deepEqual(
      tables.flatMap(({ uniques, indexes }) => [...uniques, ...indexes].map(({ name, columns }) => [name, ...columns])),
      [
        ['users_name_unique', 'name'],
        ['users_years', 'years'],
        ['slug_lang', 'slug', 'lang'],
        ['post_title', 'title'],
      ],
    );
  });
});
