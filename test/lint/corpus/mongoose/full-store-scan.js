const { Device } = require('./model/devices');

// bad: a function runs for every document
async function odd() {
  return Device.find({ $where: 'this.readings.length % 2 === 1' }); // expect
}

// bad: as a function of the program
async function silent() {
  return Device.findOne({ $where: function () { return this.events.length === 0; } }); // expect
}

// trap: an operator does it
async function many() {
  return Device.find({ readings: { $size: 3 } });
}

// trap: a method of the query with conditions
async function of(owner) {
  return Device.find().where('owner').equals(owner);
}

module.exports = { odd, silent, many, of };
