import { Hike, Region, Trail } from './model/models';

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
