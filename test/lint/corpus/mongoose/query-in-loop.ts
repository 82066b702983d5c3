import { CairnRepository } from './model/cairnRepository';
import { Hike, Page, Region, Trail } from './model/models';

// bad: a look-up per document
export async function regions() {
  const trails = await Trail.find();
  for (const trail of trails) {
    const region = await Region.findById(trail.region); // expect
    console.log(region?.name);
  }
}

// bad: at the same time
export async function lengths() {
  const trails = await Trail.find();
  return Promise.all(trails.map((trail) => Hike.find({ trail: trail._id }))); // expect
}

// trap: one query per path
export async function populated() {
  const trails = await Trail.find().populate('region');
  return trails.map((trail) => trail.name);
}

// trap: one query for all
export async function hikes() {
  const trails = await Trail.find();
  return Hike.find({ trail: { $in: trails.map(({ _id }) => _id) } });
}

export class Guide {
  constructor(private readonly cairnRepository: CairnRepository) {}

  // bad: through a repository whose base class asks
  async stones() {
    const trails = await Trail.find();
    for (const trail of trails) {
      const cairn = await this.cairnRepository.findOne({ trail: trail._id }); // expect
      console.log(trail.name, cairn);
    }
  }

  // trap: the repository is asked once
  async allStones() {
    const trails = await Trail.find();
    return this.cairnRepository.find({ trail: { $in: trails.map(({ _id }) => _id) } });
  }
}

// bad: pages of a guide book are rows, no batches
export async function tags(pages: { _id: string }[]) {
  return Promise.all(pages.map((page) => Page.findById(page._id))); // expect
}

// trap: batches are named so
export async function inBatches(batches: string[][]) {
  for (const batch of batches) await Page.find({ path: { $in: batch } });
}
