import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mongooseReader } from '../../../../src/core/readers/mongoose/reader.ts';
import { brokenReaderTests } from '../../../support/brokenReaderTests.ts';
import { readTextsOf } from '../../../support/compileFolder.ts';
import { loadSyntax } from '../typeorm/read.ts';

const domain = fileURLToPath(new URL('../../../conformance/fixtures/domain/mongoose', import.meta.url));
const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/mongoose', import.meta.url));

const service = new Map([
  [
    'service.js',
    `const mongoose = require('mongoose');
const schema = new mongoose.Schema({ email: { type: String, unique: true, index: true }, tags: [{ name: String }], owner: { type: mongoose.Schema.Types.ObjectId, ref: 'User' } }, { timestamps: true });
schema.index({ email: 1, 'tags.name': -1 }, { unique: true });
schema.virtual('owned', { ref: 'User', localField: '_id', foreignField: 'owner' });
const User = mongoose.model('User', schema);
async function run(q, session) {
  const users = await User.find({ email: /^a/, $or: [{ 'tags.name': { $in: q } }, { owner: null }] }).populate('owner').sort('-email').limit(5).lean();
  for (const user of users) { const one = await User.findById(user.id); one.email = q; await one.save(); }
  await session.withTransaction(async () => { await User.updateMany({ email: q }, { $set: { email: 'b' } }, { session }); });
  return User.aggregate([{ $match: { email: q } }, { $group: { _id: '$owner' } }]);
}
mongoose.connect('mongodb://a:b@c/d', { maxPoolSize: 5 });`,
  ],
]);

brokenReaderTests({
  name: 'Mongoose',
  reader: mongooseReader,
  loadSyntax,
  groups: [readTextsOf(domain), ...readdirSync(fixtures).map((name) => readTextsOf(join(fixtures, name))), service],
});
