import { SqlEntityManager } from '@mikro-orm/postgresql';
import { Library, Volume, Writer } from './model/entities';

export class CatalogueService {
  constructor(private readonly em: SqlEntityManager) {}

  // bad: the volumes of each library are a query
  async sizes() {
    const libraries = await this.em.find(Library, {});
    const sizes = new Map<string, number>();
    for (const library of libraries) {
      const volumes = await library.volumes.loadItems(); // expect
      sizes.set(library.name, volumes.length);
    }
    return sizes;
  }

  // bad: counting them is one, too
  async counts() {
    const writers = await this.em.find(Writer, {});
    const counts: number[] = [];
    for (const writer of writers) {
      counts.push(await writer.volumes.loadCount()); // expect
    }
    return counts;
  }

  // trap: they come with the libraries
  async sizesAtOnce() {
    const libraries = await this.em.find(Library, {}, { populate: ['volumes'] });
    const sizes = new Map<string, number>();
    for (const library of libraries) {
      sizes.set(library.name, library.volumes.length);
    }
    return sizes;
  }

  // trap: what is not loaded is a reference that knows its key, and asks nothing
  async libraryKeys() {
    const volumes = await this.em.find(Volume, {});
    return volumes.map((volume) => volume.library.id);
  }
}
