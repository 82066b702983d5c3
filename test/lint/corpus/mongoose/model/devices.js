const mongoose = require('mongoose');

const deviceSchema = new mongoose.Schema({
  serial: { type: String, required: true, unique: true },
  owner: { type: String, required: true },
  state: { type: String, index: true },
  site: String,
  installedAt: Date,
  roles: [String],
  events: [{ kind: String, at: Date }],
  readings: [{ value: Number, at: Date }],
  notes: { comments: [{ text: String }] },
  lastLogins: [Date],
});
deviceSchema.index({ site: 1, installedAt: -1 });

const Device = mongoose.model('Device', deviceSchema);

module.exports = { Device };
