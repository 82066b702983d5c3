/** SQLAlchemy itself, with SQLModel and Flask-SQLAlchemy: what `create_all` would send to the engine. */
import { sqlalchemyReader } from '../../../src/core/readers/sqlalchemy/reader.ts';
import { pythonOracle } from './pythonScripts.ts';

/** Types and schemas of the special cases are PostgreSQL's. */
export const sqlalchemyOracle = pythonOracle('SQLAlchemy', 'sqlalchemy', sqlalchemyReader, false);
