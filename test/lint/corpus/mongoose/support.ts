// rules: range-before-equality, redundant-index, unsearchable-filter, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, unordered-pagination, code-enforced-uniqueness, unprotected-sensitive-column, plaintext-password, outside-of-transaction, unbounded-list
import bcrypt from 'bcrypt';
import { Router } from 'express';
import mongoose, { Schema, model, startSession } from 'mongoose';

const router = Router();

const agentSchema = new Schema(
  {
    login: { type: String, required: true },
    name: { type: String, required: true, index: true },
    // bad plaintext-password: what the form sent, and no longer than a form takes
    password: { type: String, required: true, maxlength: 20, select: false }, // expect plaintext-password
    // trap plaintext-password: a hash of it
    // bad unprotected-sensitive-column: part of whatever is answered
    passwordHash: { type: String, required: true }, // expect unprotected-sensitive-column
    // trap plaintext-password: a moment
    passwordChangedAt: Date,
    team: { type: Schema.Types.ObjectId, ref: 'Team', index: true },
    // bad unprotected-sensitive-column: as it stands on the card
    cardNumber: { type: String, maxlength: 19 }, // expect unprotected-sensitive-column
    // bad unprotected-sensitive-column: nobody may keep it
    cardCvv: String, // expect unprotected-sensitive-column
    // trap unprotected-sensitive-column: four digits stand on every receipt
    cardLastFour: { type: String, maxlength: 4 },
    // trap unprotected-sensitive-column: the name says what was done to it
    encryptedTaxId: Buffer,
  },
  { timestamps: true },
);
// bad redundant-index: the pair begins with it
agentSchema.index({ login: 1 }); // expect redundant-index
agentSchema.index({ login: 1, team: 1 });
export const Agent = model('Agent', agentSchema);

const terminalSchema = new Schema({
  code: { type: String, required: true, unique: true },
  // bad plaintext-password: eight characters hold no hash
  adminPassword: { type: String, maxlength: 8, select: false }, // expect plaintext-password
});
// trap redundant-index: it is unique, which the longer one is not
terminalSchema.index({ code: 1, adminPassword: 1 });
export const Terminal = model('Terminal', terminalSchema);

const ticketSchema = new Schema({
  number: { type: String, required: true },
  subject: String,
  body: String,
  state: { type: String, enum: ['open', 'waiting', 'closed'], default: 'open' },
  queue: { type: String, required: true },
  priority: Number,
  assignee: { type: Schema.Types.ObjectId, ref: 'Agent' },
  openedAt: { type: Date, default: Date.now },
  dueAt: Date,
  closedAt: Date,
});
ticketSchema.index({ openedAt: 1, queue: 1 });
ticketSchema.index({ assignee: 1, dueAt: 1 });
// bad redundant-index: nor does this one find more than the last
ticketSchema.index({ assignee: 1 }); // expect redundant-index
ticketSchema.index({ dueAt: 1, assignee: 1 });
// trap redundant-index: for the words of it, which the next has not
ticketSchema.index({ subject: 'text' });
ticketSchema.index({ subject: 1, state: 1 });
export const Ticket = model('Ticket', ticketSchema);

const teamSchema = new Schema({ slug: { type: String, unique: true }, name: String, email: String });
export const Team = model('Team', teamSchema);

// bad range-before-equality: a week of all queues is read for one of them
export async function openedSince(queue: string, since: Date) {
  return Ticket.find({ queue, openedAt: { $gte: since } }); // expect range-before-equality
}

// bad range-before-equality: so it is for what came before
export async function openedBefore(queue: string, until: Date) {
  return Ticket.find({ openedAt: { $lt: until } }).where('queue').equals(queue).lean(); // expect range-before-equality
}

// trap range-before-equality: another index has them the right way round
export async function dueFor(agentId: string, until: Date) {
  return Ticket.find({ assignee: agentId, dueAt: { $lte: until } });
}

// trap range-before-equality: nothing is compared for equality
export async function openedBetween(from: Date, to: Date) {
  return Ticket.find({ openedAt: { $gte: from, $lt: to } });
}

// bad unsearchable-filter: anywhere in the name
export async function searchAgents(term: string) {
  return Agent.find({ name: { $regex: term, $options: 'i' } }).limit(20).sort({ _id: 1 }); // expect unsearchable-filter
}

// bad unsearchable-filter: a regular expression that is not tied to the beginning
export async function agentsWith(term: string) {
  return Agent.find({ name: new RegExp(term, 'i') }); // expect unsearchable-filter
}

// trap unsearchable-filter: from the beginning, and with its capitals
export async function agentsFrom(prefix: string) {
  return Agent.find({ name: { $regex: `^${prefix}` } });
}

// trap unsearchable-filter: the words have an index of their own
export async function searchTickets(words: string) {
  return Ticket.find({ $text: { $search: words } });
}

// bad write-in-loop: a round trip for each
export async function importTickets(rows: { number: string; subject: string; queue: string }[]) {
  for (const row of rows) {
    await Ticket.create(row); // expect write-in-loop
  }
}

// bad write-in-loop: each document is saved for itself
export async function closeStale(limit: Date) {
  const stale = await Ticket.find({ assignee: null, dueAt: { $lt: limit } });
  for (const ticket of stale) {
    ticket.state = 'closed';
    await ticket.save(); // expect write-in-loop
  }
}

// trap write-in-loop: one message to the server
export async function importAll(rows: { number: string; subject: string; queue: string }[]) {
  await Ticket.insertMany(rows.map((row) => ({ ...row, state: 'open' })));
}

// trap write-in-loop: the operations are only collected
export async function reprioritize(priorities: Map<string, number>) {
  const operations = [];
  for (const [id, priority] of priorities) {
    operations.push({ updateOne: { filter: { _id: id }, update: { $set: { priority } } } });
  }
  await Ticket.bulkWrite(operations);
}

// bad filter-in-memory: all tickets for a queue's
export async function ofQueue(queue: string) {
  return (await Ticket.find()).filter((ticket) => ticket.queue === queue); // expect filter-in-memory
}

// bad filter-in-memory: the one of a name, out of all
export async function teamNamed(name: string) {
  return (await Team.find({})).find((team) => team.name === name); // expect filter-in-memory
}

// trap filter-in-memory: what is left over is for the program to say
export async function overdue(agentId: string, isHoliday: (day: Date) => boolean) {
  const tickets = await Ticket.find({ assignee: agentId });
  return tickets.filter((ticket) => ticket.dueAt && !isHoliday(ticket.dueAt));
}

// trap filter-in-memory: the rows are answered, and their number
export async function listTeams() {
  const teams = await Team.find({}).sort({ name: 1 });
  return { teams, total: teams.length };
}

// bad repeated-query: the team is the same for all of them
export async function mailTeam(slug: string, subjects: string[]) {
  const mails: string[] = [];
  for (const subject of subjects) {
    const team = await Team.findOne({ slug }); // expect repeated-query
    mails.push(`${team?.email}: ${subject}`);
  }
  return mails;
}

// bad repeated-query: asked for a second time
export async function nameAndMail(slug: string) {
  const name = (await Team.findOne({ slug }))?.name;
  const email = (await Team.findOne({ slug }))?.email; // expect repeated-query
  return { name, email };
}

// trap repeated-query: it has been written in between
export async function rename(slug: string, name: string) {
  const before = await Team.findOne({ slug });
  await Team.updateOne({ slug }, { name });
  const after = await Team.findOne({ slug });
  return { before: before?.name, after: after?.name };
}

// trap repeated-query: one or the other, never both
export async function teamOrNone(slug: string, fresh: boolean) {
  if (fresh) {
    return Team.findOne({ slug }).lean();
  }
  return Team.findOne({ slug });
}

// bad unfiltered-write: the whole collection
export async function forgetTickets() {
  await Ticket.deleteMany({}); // expect unfiltered-write
}

// bad unfiltered-write: each of them
export async function reopenTickets() {
  await Ticket.updateMany({}, { $set: { state: 'open' } }); // expect unfiltered-write
}

// trap unfiltered-write: those of one queue
export async function emptyQueue(queue: string) {
  await Ticket.deleteMany({ queue });
}

// trap unfiltered-write: no more than one document
export async function drop(id: string) {
  await Ticket.findByIdAndDelete(id);
}

// bad unordered-pagination: which twenty come is left to chance
export async function page(queue: string, at: number) {
  return Ticket.find({ queue }).skip(at * 20).limit(20); // expect unordered-pagination
}

// bad unordered-pagination: many tickets share a priority
export async function urgent(at: number) {
  return Ticket.find({ state: 'open' }, null, { skip: at * 10, limit: 10 }); // expect unordered-pagination
}

// trap unordered-pagination: the key settles it
export async function pageInOrder(queue: string, at: number) {
  return Ticket.find({ queue }).sort({ openedAt: -1, _id: 1 }).skip(at * 20).limit(20);
}

// trap unordered-pagination: a cursor over the key
export async function after(lastId: string) {
  return Ticket.find({ _id: { $gt: lastId } }).sort({ _id: 1 }).limit(20);
}

// bad code-enforced-uniqueness: two that ask at once are both told that it is free
export async function openTicket(number: string, queue: string) {
  const existing = await Ticket.findOne({ number }); // expect code-enforced-uniqueness
  if (existing) throw new Error(`Ticket ${number} exists.`);
  return Ticket.create({ number, queue });
}

// bad code-enforced-uniqueness: by a count, or whether there is one
export async function register(login: string, name: string, password: string) {
  if (await Agent.exists({ login })) { // expect code-enforced-uniqueness
    throw new Error('This login is taken.');
  }
  return Agent.create({ login, name, passwordHash: await bcrypt.hash(password, 12) });
}

// trap code-enforced-uniqueness: the index refuses the second one
export async function addTeam(slug: string, name: string) {
  if (await Team.findOne({ slug })) throw new Error('There is such a team.');
  return Team.create({ slug, name });
}

// trap code-enforced-uniqueness: nothing is made
export async function close(number: string) {
  const ticket = await Ticket.findOne({ number });
  if (!ticket) throw new Error(`There is no ticket ${number}.`);
  ticket.state = 'closed';
  await ticket.save();
}

// bad outside-of-transaction: without the session it is on its own
export async function moveToTeam(agentId: string, teamId: string) {
  await mongoose.connection.transaction(async (session) => {
    await Agent.updateOne({ _id: agentId }, { team: teamId }, { session });
    await Ticket.updateMany({ assignee: agentId }, { $set: { assignee: null } }); // expect outside-of-transaction
  });
}

// bad outside-of-transaction: the log stays when the rest is undone
export async function mergeTeams(from: string, to: string) {
  const session = await startSession();
  await session.withTransaction(async () => {
    await Agent.updateMany({ team: from }, { team: to }, { session });
    await Team.deleteOne({ _id: from }); // expect outside-of-transaction
  });
  await session.endSession();
}

// trap outside-of-transaction: each with the session
export async function leaveTeam(agentId: string) {
  await mongoose.connection.transaction(async (session) => {
    const agent = await Agent.findById(agentId).session(session);
    agent!.team = undefined;
    await agent!.save({ session });
    await Ticket.updateMany({ assignee: agentId }, { $set: { assignee: null } }).session(session);
  });
}

// trap outside-of-transaction: before it begins
export async function hire(slug: string, login: string) {
  const team = await Team.findOne({ slug });
  const session = await startSession();
  await session.withTransaction(async () => {
    await Agent.create([{ login, team: team?._id }], { session });
  });
}

// bad unbounded-list: every ticket that there ever was
router.get('/tickets', async (_req, res) => { // expect unbounded-list
  const tickets = await Ticket.find().sort({ openedAt: -1 });
  res.json(tickets);
});

// bad unbounded-list: and every agent with a team
router.get('/agents', async (req, res) => { // expect unbounded-list
  res.json(await Agent.find({ name: { $ne: null } }).populate('team'));
});

// bad unbounded-list: whatever its state is, there are more each day
router.get('/tickets/closed', async (_req, res) => { // expect unbounded-list
  const closed = await Ticket.find({ closedAt: { $lt: new Date() } }).lean();
  res.json(closed);
});

// trap unbounded-list: whoever asks for all of it
router.get('/tickets/export', async (_req, res) => {
  res.json(await Ticket.find().sort({ _id: 1 }));
});

// trap unbounded-list: a page
router.get('/tickets/recent', async (_req, res) => {
  res.json(await Ticket.find().sort({ _id: -1 }).limit(50));
});

// trap unbounded-list: one document
router.get('/tickets/:id', async (req, res) => {
  res.json(await Ticket.findById(req.params.id));
});

export default router;
