import assert from 'node:assert/strict';
import { tortoiseReader } from '../../../../src/core/readers/tortoise/reader.ts';
import type { FileFacts } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';

const models = `
from tortoise import fields
from tortoise.models import Model

class Team(Model):
    name = fields.CharField(max_length=10, source_field="title")

class Player(Model):
    team = fields.ForeignKeyField("models.Team", related_name="players")
    born = fields.DateField()
`;

describe('queries of Tortoise', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  function facts(code: string): FileFacts {
    const { files } = readPython(
      tortoiseReader,
      [
        ['app/models.py', models],
        ['app/api.py', code],
      ],
      syntax,
    );
    const found = files.find(({ file }) => file === 'app/api.py');
    assert.ok(found);
    return found;
  }

  it('reads those of models and of related managers', () => {
    const { queries } = facts(`
from app.models import Team, Player
async def f(name, path):
    teams = await Team.filter(name__icontains=name).order_by("-name").limit(5).prefetch_related("players")
    for team in teams:
        await team.players.filter(born__gte=name).count()
    await Player.get_or_none(team__name=name)
    await Player.create(born=name, team_id=1)
    Path.exists(path)
`);
    assert.deepEqual(
      queries.map(({ table, operation, rows, loop, filters, writes, limit }) => [
        table,
        operation,
        rows,
        loop,
        filters
          .map(({ target, comparison }) => `${target?.table ?? '?'}.${target?.columns.join() ?? ''} ${comparison}`)
          .join(),
        writes.map(({ target }) => target?.columns.join()).join(),
        limit?.value ?? null,
      ]),
      [
        ['team', 'select', 'many', null, 'team.title contains', '', 5],
        ['player', 'count', 'one', 0, 'player.born range', '', null],
        ['player', 'select', 'one', null, 'team.title eq', '', null],
        ['player', 'insert', 'one', null, '', 'born,team_id', null],
      ],
    );
  });

  it('reads the engine, and that the schema is made at the start', () => {
    const [source] = facts(`
from tortoise.contrib.fastapi import register_tortoise
register_tortoise(app, db_url="postgres://league:Tr0ub4dor-3@host/db", modules={"models": ["app.models"]}, generate_schemas=True)
`).dataSources;
    assert.deepEqual([source?.dialect, source?.synchronize, source?.passwordInFile], ['postgresql', true, true]);
  });
});
