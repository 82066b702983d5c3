import { fileURLToPath } from 'node:url';
import { sqlalchemyReader } from '../../../../src/core/readers/sqlalchemy/reader.ts';
import { describeBrokenInput } from '../../../support/pythonReaderTests.ts';
import { pythonFiles } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures', import.meta.url));

const service = `
from classic import Account, Document
from sqlalchemy import select, text, or_, func
engine = create_engine("postgresql://a:b@c/d", pool_size=5)
def report(session, names, limit=10):
    query = session.query(Account).filter(Account.email.in_(names), or_(Account.full_name == None, ~Account.handle.like("a%")))
    for account in query.options(joinedload(Account.owner)).order_by(Account.id.desc())[:limit]:
        documents = session.execute(select(Document).where(Document.owner_id == account.id)).scalars().all()
        session.execute(text(f"DELETE FROM account WHERE email = '{names[0]}'"))
    with session.begin() as transaction:
        Account.query.filter_by(email=names).update({"nick": "x"})
    return [d.title for d in documents if d.lang]
`;

describeBrokenInput('SQLAlchemy', sqlalchemyReader, [
  ...pythonFiles(`${fixtures}/sqlalchemy`),
  ['service.py', service],
]);
