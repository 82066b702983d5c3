const mongoose = require('mongoose');
const { Device } = require('./model/devices');

const alarmSchema = new mongoose.Schema({
  device: { type: mongoose.Schema.Types.ObjectId, ref: 'Device', index: true },
  code: { type: String, unique: true },
  batch: String, // expect
  acknowledgedBy: String, // expect
  raisedAt: Date,
});
alarmSchema.index({ raisedAt: 1 });
const Alarm = mongoose.model('Alarm', alarmSchema);

// bad: nothing begins with it
async function ofBatch(batch) {
  return Alarm.find({ batch });
}

// bad: an update looks for it too
async function release(name) {
  await Alarm.updateMany({ acknowledgedBy: name }, { $unset: { acknowledgedBy: 1 } });
}

// trap: unique already
async function byCode(code) {
  return Alarm.findOne({ code });
}

// trap: the id is the key
async function one(id) {
  return Alarm.findById(id);
}

// trap: an index of the schema
async function since(day) {
  return Alarm.find({ raisedAt: { $gte: day } });
}

// trap: the first field of a compound index
async function ofSite(site) {
  return Device.find({ site });
}

module.exports = { ofBatch, release, byCode, one, since, ofSite };
