import assert from 'node:assert/strict';
import type { Part } from '../../../../src/core/readers/reader.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';

/** Null = the file is not taken at all. */
function part(text: string, path = 'src/file.ts'): Part | null {
  return typeormReader.detect(path, text) ? (typeormReader.part?.(path, text) ?? null) : null;
}

describe('what a file is to the others', () => {
  const cases: readonly (readonly [string, Part | null, string, string?])[] = [
    ['an entity', 'asks', "import { Entity } from 'typeorm';\n@Entity() export class Order {}"],
    ['an entity by a decorator of the project', 'asks', '@Table() export class Order extends Base {}'],
    ['a decorator after a comment on its line', 'asks', 'export class A {\n  /** The key. */ @Key() id: string;\n}'],
    ['a decorator after the end of a comment', 'asks', 'export class A {\n  /**\n   * Key */ @Key() id: string;\n}'],
    ['a decorator among others', 'asks', 'export class A { x = 1; @Key() id: string; }'],
    ['a schema of a class of the project', 'asks', 'export const Order = new BaseEntitySchema({})'],
    ['a service', 'stands', 'export class Orders { async all() { return await this.load(); } }'],
    ['a function that returns what another gives', 'stands', 'export function all() { return orders.load(); }'],
    ['a test that queries', 'stands', 'it("x", async () => { await usersRepo.find(); })', 'test/a.spec.ts'],
    ['a test that has no data of its own', 'waits', 'it("x", async () => { await page.go(); })', 'test/a.spec.ts'],
    ['a base class', 'waits', 'export abstract class Base { id: string; }'],
    ['an enum, with words in its comment', 'waits', '/**\n * @deprecated\n */\nexport enum Status { Open = "open" }'],
    ['a list of re-exports', 'waits', "export * from './order';"],
    ['an address in a string', 'waits', "export const mail = 'me@example.com', scope = '@acme/x';"],
    ['a pure function', 'waits', 'export function round(x: number) { return Math.round(x); }'],
    ['an interface', null, 'export interface Dto { id: string }'],
  ];
  for (const [what, expected, text, path] of cases)
    it(`${what}: ${expected ?? 'nothing'}`, () => assert.equal(part(text, path), expected));
});
