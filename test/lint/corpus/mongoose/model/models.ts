import { Schema, model } from 'mongoose';

const trailSchema = new Schema({ name: String, region: { type: Schema.Types.ObjectId, ref: 'Region' } });
export const Trail = model('Trail', trailSchema);

const regionSchema = new Schema({ name: String });
export const Region = model('Region', regionSchema);

const hikeSchema = new Schema({ trail: { type: Schema.Types.ObjectId, ref: 'Trail', index: true }, metres: Number });
export const Hike = model('Hike', hikeSchema);

const cairnSchema = new Schema({ trail: { type: Schema.Types.ObjectId, ref: 'Trail', index: true }, stones: Number });
export const Cairn = model('Cairn', cairnSchema);

const pageSchema = new Schema({ path: { type: String, index: true }, cairn: { type: Schema.Types.ObjectId, ref: 'Cairn', index: true } });
export const Page = model('Page', pageSchema);
