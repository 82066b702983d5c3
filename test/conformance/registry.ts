/** All oracles, in the order of the table. A further ORM is one more file in `oracles/` and one more line here. */
import type { Oracle } from './oracle.ts';
import { drizzleOracle } from './oracles/drizzle.ts';
import { jpaOracle } from './oracles/jpa.ts';
import { prismaOracle } from './oracles/prisma.ts';
import { sequelizeOracle } from './oracles/sequelize.ts';
import { typeormOracle } from './oracles/typeorm.ts';

export const oracles: readonly Oracle[] = [typeormOracle, prismaOracle, sequelizeOracle, drizzleOracle, jpaOracle];
