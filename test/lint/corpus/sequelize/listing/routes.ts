// at: src/listing/routes.ts
// rules: unbounded-list
import { Router } from 'express';
import { Grower, Sale, Stall } from './models';

export const router = Router();

// bad unbounded-list: every sale there ever was
router.get('/sales', async (request, response) => { // expect unbounded-list
  const sales = await Sale.findAll({ order: [['soldOn', 'DESC']] });
  response.json(sales);
});

// bad unbounded-list: half of them
router.get('/sales/open', async (request, response) => { // expect unbounded-list
  response.json(await Sale.findAll({ where: { paid: false } }));
});

// trap unbounded-list: fifty of them
router.get('/sales/newest', async (request, response) => {
  response.json(await Sale.findAll({ order: [['soldOn', 'DESC']], limit: 50 }));
});

// trap unbounded-list: of one grower
router.get('/growers/:id/sales', async (request, response) => {
  response.json(await Sale.findAll({ where: { growerId: request.params.id } }));
});

// trap unbounded-list: one of them
router.get('/growers/:id', async (request, response) => {
  response.json(await Grower.findByPk(request.params.id));
});

router.post('/stalls/login', async (request, response) => {
  const { place, sellerPassword } = request.body;
  response.json(await Stall.findOne({ where: { place, sellerPassword } }));
});
