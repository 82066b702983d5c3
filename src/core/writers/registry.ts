import { prismaWriter } from './prisma/writer.ts';
import { typeormWriter } from './typeorm/writer.ts';
import type { Writer } from './writer.ts';

/** All writers, sorted by id. A new ORM is one more folder and one more line here. */
export const writers: readonly Writer[] = [prismaWriter, typeormWriter];

/** Writer for the tables of a reader. */
export function findWriter(reader: string): Writer | undefined {
  return writers.find(({ id }) => id === reader);
}
