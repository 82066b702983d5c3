import { FilterQuery, Model } from 'mongoose';
import { Cairn, Page } from './models';

export class BaseRepository<Doc> {
  constructor(protected readonly model: Model<Doc>) {}

  async findOne(query: FilterQuery<Doc>) {
    return this.model.findOne(query).lean().exec();
  }

  async find(query: FilterQuery<Doc>) {
    return this.model.find(query).lean().exec();
  }
}

export class CairnRepository extends BaseRepository<unknown> {
  constructor() {
    super(Cairn);
  }
}

export class PageRepository extends BaseRepository<unknown> {
  constructor() {
    super(Page);
  }
}
