import assert from 'node:assert/strict';
import { readFacts } from '../../../../../src/core/readers/shared/typescript/facts.ts';
import { openSource } from '../../../../support/openSource.ts';

const endpoints = async (text: string) =>
  readFacts(await openSource('src/api.ts', text)).endpoints.map(({ method, path, framework, handler, guards }) => ({
    method,
    path,
    framework,
    handler,
    guards,
  }));

describe('endpoints', () => {
  it('joins the paths of NestJS controllers and lists their guards', async () => {
    const found = await endpoints(`
      import { Controller, Get, Post, Query } from '@nestjs/common';
      @ApiTags('Orders') @Controller({ path: 'orders', version: '1' }) @UseGuards(AuthGuard('jwt'), RolesGuard)
      export class OrdersController {
        @Get() @Public() findAll(@Query() query: PageQuery) { return this.orders.findAll(query); }
        @Roles(Role.Admin) @Post([':id/pay', ':id/settle']) async pay(@Param('id') id: string) { await this.orders.pay(id); }
        helper() {}
      }`);
    const guards = ["AuthGuard('jwt')", 'RolesGuard'];
    assert.deepEqual(found, [
      {
        method: 'GET',
        path: '/orders',
        framework: 'nestjs',
        handler: 'OrdersController.findAll',
        guards: [...guards, 'Public'],
      },
      {
        method: 'POST',
        path: '/orders/:id/pay',
        framework: 'nestjs',
        handler: 'OrdersController.pay',
        guards: [...guards, 'Roles(Role.Admin)'],
      },
      {
        method: 'POST',
        path: '/orders/:id/settle',
        framework: 'nestjs',
        handler: 'OrdersController.pay',
        guards: [...guards, 'Roles(Role.Admin)'],
      },
    ]);
  });

  it('reads GraphQL resolvers, fields by their parent', async () => {
    const found = await endpoints(`
      import { Query, Resolver, ResolveField, Mutation } from '@nestjs/graphql';
      @Resolver(() => Order)
      export class OrderResolver {
        @Query(() => [Order], { name: 'orders' }) @Allow(Permission.ReadOrder) list() { return this.service.list(); }
        @Mutation(() => Order) async pay(@Args('id') id: string) { await this.service.pay(id); }
        @ResolveField() customer(@Parent() order: Order) { return this.customers.load(order.customerId); }
      }`);
    assert.deepEqual(found, [
      {
        method: 'QUERY',
        path: 'orders',
        framework: 'nestjs-graphql',
        handler: 'OrderResolver.list',
        guards: ['Allow(Permission.ReadOrder)'],
      },
      { method: 'MUTATION', path: 'pay', framework: 'nestjs-graphql', handler: 'OrderResolver.pay', guards: [] },
      {
        method: 'FIELD',
        path: 'Order.customer',
        framework: 'nestjs-graphql',
        handler: 'OrderResolver.customer',
        guards: [],
      },
    ]);
  });

  it('reads Express routes with their middleware, and no client calls', async () => {
    const found = await endpoints(`
      import express from 'express';
      const app = express();
      const orders = express.Router();
      app.get('/health', (_req, res) => res.send('ok'));
      orders.post('/:id/pay', requireUser, validate(payBody), async (req, res) => { await pay(req.params.id); });
      app.route('/orders').get(listOrders).post(authenticate, createOrder);
      const port = app.get('port');
      await axios.get('/remote', { headers });
      const value = await cache.get('/key', load);`);
    assert.deepEqual(found, [
      { method: 'GET', path: '/health', framework: 'express', handler: null, guards: [] },
      {
        method: 'POST',
        path: '/:id/pay',
        framework: 'express',
        handler: null,
        guards: ['requireUser', 'validate(payBody)'],
      },
      { method: 'POST', path: '/orders', framework: 'express', handler: 'createOrder', guards: ['authenticate'] },
      { method: 'GET', path: '/orders', framework: 'express', handler: 'listOrders', guards: [] },
    ]);
  });

  it('reads routes given as objects (Fastify, Hapi) and prefixes of Koa routers', async () => {
    assert.deepEqual(
      await endpoints(`
        import Fastify from 'fastify';
        const fastify = Fastify();
        fastify.route({ method: ['GET', 'HEAD'], url: '/orders', preHandler: [verify], handler: async () => load() });`),
      [
        { method: 'GET', path: '/orders', framework: 'fastify', handler: null, guards: ['verify'] },
        { method: 'HEAD', path: '/orders', framework: 'fastify', handler: null, guards: ['verify'] },
      ],
    );
    assert.deepEqual(
      await endpoints(`
        const Hapi = require('@hapi/hapi');
        server.route([{ method: 'POST', path: '/pay', options: { auth: 'jwt', handler: pay } }]);`),
      [{ method: 'POST', path: '/pay', framework: 'hapi', handler: 'pay', guards: ["'jwt'"] }],
    );
    assert.deepEqual(
      await endpoints(`
        import Router from '@koa/router';
        const router = new Router({ prefix: '/orders' });
        router.get('/:id', async (ctx) => { ctx.body = await load(ctx.params.id); });`),
      [{ method: 'GET', path: '/orders/:id', framework: 'koa', handler: null, guards: [] }],
    );
  });
});
