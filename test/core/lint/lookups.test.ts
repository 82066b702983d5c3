import assert from 'node:assert/strict';
import { lookupsOf } from '../../../src/core/lint/lookups.ts';
import { analyzeFiles } from '../../support/analyze.ts';

const models = `
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase):
    pass

class Keeper(Base):
    __tablename__ = "keepers"
    id: Mapped[int] = mapped_column(primary_key=True)
    badge_id: Mapped[int | None]

class Login(Base):
    __tablename__ = "logins"
    id: Mapped[int] = mapped_column(primary_key=True)
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keepers.id"), index=True)
    badge_id: Mapped[str]
`;

describe('What queries look tables up by', () => {
  const searched = async (condition: string): Promise<boolean> => {
    const query = `
def find(session: Session, badge: str):
    return session.execute(select(Keeper).join(Login, Keeper.id == Login.keeper_id).where(${condition})).scalars().first()
`;
    const files = { 'requirements.txt': 'sqlalchemy==2.0', 'app/models.py': models + query };
    const { schema } = await analyzeFiles(files, 'postgresql');
    const keepers = schema.tables.find(({ name }) => name === 'keepers');
    assert.ok(keepers);
    return lookupsOf(keepers, schema).some(({ columns }) => columns.includes('badge_id'));
  };

  it('does not take a condition on a joined table for one on a column of the same name', async () => {
    assert.equal(await searched('Login.badge_id == badge'), false);
    assert.equal(await searched('Keeper.badge_id == badge'), true);
  });
});
