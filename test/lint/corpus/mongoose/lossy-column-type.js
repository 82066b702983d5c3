const mongoose = require('mongoose');

const isWholeInteger = (value) => Number.isInteger(value);

const StallSchema = new mongoose.Schema({
  // bad: sums of it drift
  price: Number, // expect
  rentCents: Number, // trap: whole cents
  paymentForm: { retries: Number }, // trap: a count, in what is about money
});

const TollSchema = new mongoose.Schema({
  // trap: whole numbers alone
  fee: { type: Number, validate: { validator: isWholeInteger, message: 'whole cents' } },
  // trap: of the unit that the other one has
  refundAmount: Number,
});

const LedgerSchema = new mongoose.Schema({
  // bad: so does the balance of an account
  entries: [{ accountBalance: Number }], // expect
});

module.exports = { Stall: mongoose.model('Stall', StallSchema), Toll: mongoose.model('Toll', TollSchema), Ledger: mongoose.model('Ledger', LedgerSchema) };
