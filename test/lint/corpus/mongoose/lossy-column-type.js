const mongoose = require('mongoose');

const isWholeInteger = (value) => Number.isInteger(value);

const StallSchema = new mongoose.Schema({
  // bad: sums of it drift
  price: Number, // expect
  rentCents: Number, // trap: whole cents
  fee: { type: Number, validate: { validator: isWholeInteger, message: 'whole cents' } }, // trap: whole numbers alone
  paymentForm: { retries: Number }, // trap: a count, in what is about money
});

module.exports = mongoose.model('Stall', StallSchema);
