import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sequelizeReader } from '../../../../src/core/readers/sequelize/reader.ts';
import { brokenReaderTests } from '../../../support/brokenReaderTests.ts';
import { readTextsOf } from '../../../support/compileFolder.ts';
import { loadSyntax } from '../typeorm/read.ts';

const domain = fileURLToPath(new URL('../../../conformance/fixtures/domain/sequelize', import.meta.url));
const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/sequelize', import.meta.url));

const service = new Map([
  [
    'service.js',
    `const { Sequelize, DataTypes, Op } = require('sequelize');
const sequelize = new Sequelize('postgres://a:b@c/d', { pool: { max: 5 }, define: { underscored: true } });
const User = sequelize.define('User', { email: { type: DataTypes.STRING(20), unique: true } });
const Post = sequelize.define('Post', { title: DataTypes.ENUM('a', 'b') }, { paranoid: true });
User.hasMany(Post, { as: 'posts', foreignKey: { name: 'userId', allowNull: false } });
User.belongsToMany(Post, { through: 'likes', as: 'liked' });
async function run(q, ids) {
  const users = await User.findAndCountAll({ where: { email: { [Op.like]: q }, [Op.or]: [{ id: ids }, { id: null }] }, include: [{ model: Post, as: 'posts' }], order: [['id', 'DESC']], limit: 5 });
  for (const user of users.rows) { await user.getPosts({ where: { title: 'a' } }); await user.update({ email: q }); }
  return sequelize.transaction(async (t) => { await Post.bulkCreate([{ title: 'a' }], { transaction: t }); return sequelize.query(\`SELECT * FROM posts WHERE title = '\${q}'\`); });
}`,
  ],
]);

brokenReaderTests({
  name: 'Sequelize',
  reader: sequelizeReader,
  loadSyntax,
  groups: [readTextsOf(domain), ...readdirSync(fixtures).map((name) => readTextsOf(join(fixtures, name))), service],
});
