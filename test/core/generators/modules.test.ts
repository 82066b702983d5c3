import assert from 'node:assert/strict';
import { planProject } from '../../../src/core/generators/shared/plan.ts';
import type { Registration } from '../../../src/core/generators/shared/layer.ts';
import { registerInModules } from '../../../src/core/generators/nestjs/module.ts';
import { applyEdits } from '../../../src/core/writers/shared/edits.ts';
import { requestFor } from './shop.ts';

const provider = (name: string, exported = true): Registration => ({
  kind: 'provider',
  folder: 'src/orders',
  class: { name, path: `src/orders/${name.toLowerCase()}.ts` },
  exported,
});
const entity: Registration = {
  kind: 'entity',
  folder: 'src/orders',
  class: { name: 'Order', path: 'src/orders/order.entity.ts' },
  exported: false,
};

const order = {
  'src/orders/order.entity.ts':
    "import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity() export class Order { @PrimaryGeneratedColumn() id!: number; }\n",
};

/** The module after the registrations, and what is noted. */
async function registered(
  text: string,
  registrations: readonly Registration[],
): Promise<{ readonly text: string; readonly notes: readonly string[]; readonly label: string }> {
  const path = 'src/orders/orders.module.ts';
  const project = planProject(
    await requestFor({ 'package.json': '{}', '.prettierrc': '{ "singleQuote": true }', [path]: text, ...order }),
    'nestjs',
  );
  const { edits, notes } = await registerInModules(project, registrations);
  return { text: edits[0] ? applyEdits(text, edits[0].edits) : text, notes, label: edits[0]?.label ?? '' };
}

describe('registering in a module', function () {
  this.timeout(30_000);

  it('makes the lists that are missing', async () => {
    const before = "import { Module } from '@nestjs/common';\n\n@Module({})\nexport class OrdersModule {}\n";
    const { text, label } = await registered(before, [entity, provider('OrdersService')]);
    assert.equal(
      text,
      `import { Module } from '@nestjs/common';
import { Order } from './order.entity';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrdersService } from './ordersservice';

@Module({
  imports: [TypeOrmModule.forFeature([Order])],
  providers: [OrdersService],
  exports: [OrdersService],
})
export class OrdersModule {}
`,
    );
    assert.equal(label, 'Register Order, OrdersService in OrdersModule');
  });

  it('adds to lists in their order and keeps comments', async () => {
    const before = `import { Module } from '@nestjs/common';

@Module({
  providers: [
    Alpha, // first
    Zulu,
  ],
})
export class OrdersModule {}
`;
    const { text } = await registered(before, [provider('Mike', false)]);
    assert.match(text, /Alpha, \/\/ first\n {4}Mike,\n {4}Zulu,/);
  });

  it('changes nothing that is there already', async () => {
    const before = `import { Module } from '@nestjs/common';
import { OrdersService } from './ordersservice';

@Module({
  providers: [{ provide: 'orders', useClass: OrdersService }],
  exports: [OrdersService],
})
export class OrdersModule {}
`;
    assert.equal((await registered(before, [provider('OrdersService')])).text, before);
  });

  it('says so where it cannot', async () => {
    const before =
      "import { Module } from '@nestjs/common';\n\n@Module({ providers: all })\nexport class OrdersModule {}\n";
    const { text, notes } = await registered(before, [provider('OrdersService')]);
    assert.equal(text, before);
    assert.match(notes[0] ?? '', /"providers" of OrdersModule is not a literal list: add OrdersService to it\./);
    assert.match(
      (await registered('export const x = 1;\n', [provider('OrdersService')])).notes[0] ?? '',
      /no literal @Module/,
    );
  });

  it('keeps the layout of files that no formatter has touched', async () => {
    const before =
      'import {Module} from "@nestjs/common"\n@Module({ providers: [ Zulu ], exports: [] })\nexport class OrdersModule {}\n';
    const { text } = await registered(before, [provider('Alpha')]);
    assert.equal(
      text,
      'import {Module} from "@nestjs/common"\nimport { Alpha } from "./alpha"\n@Module({ providers: [ Alpha, Zulu ], exports: [Alpha] })\nexport class OrdersModule {}\n',
    );
  });
});
