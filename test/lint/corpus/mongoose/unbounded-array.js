const { Device } = require('./model/devices');

// bad: every event of a machine that runs for years
async function record(serial, kind) {
  await Device.updateOne({ serial }, { $push: { events: { kind, at: new Date() } } }); // expect
}

// bad: several at once are no bound
async function measure(serial, values) {
  await Device.updateOne({ serial }, { $push: { readings: { $each: values } } }); // expect
}

// bad: below a field
async function comment(serial, text) {
  return Device.findOneAndUpdate({ serial }, { $push: { 'notes.comments': { text } } }, { new: true }); // expect
}

// bad: beside another change
async function login(serial) {
  await Device.updateOne({ serial }, { $set: { state: 'on' }, $push: { lastLogins: new Date() } }); // expect
}

// bad: each only once, yet without end
async function view(serial, visitor) {
  await Device.updateOne({ serial }, { $addToSet: { views: visitor } }); // expect
}

// trap: the last fifty
async function recordLast(serial, kind) {
  await Device.updateOne({ serial }, { $push: { events: { $each: [{ kind, at: new Date() }], $slice: -50 } } });
}

// trap: roles end by themselves
async function grant(serial, role) {
  await Device.updateOne({ serial }, { $addToSet: { roles: role } });
}

// trap: taken out
async function forget(serial, kind) {
  await Device.updateOne({ serial }, { $pull: { events: { kind } } });
}

// trap: a stage of an aggregation collects for one answer
async function byState() {
  return Device.aggregate([{ $group: { _id: '$state', serials: { $push: '$serial' } } }]);
}

// trap: an array of the program
function collect(events, event) {
  events.push(event);
  return events;
}

module.exports = { record, measure, comment, login, view, recordLast, grant, forget, byState, collect };
