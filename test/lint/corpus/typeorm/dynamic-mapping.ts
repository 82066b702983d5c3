import { Client } from '@elastic/elasticsearch';
import { Repository } from 'typeorm';
import { Project, Task } from './model/entities';

const taskMappings = { dynamic: 'strict', properties: { title: { type: 'text' } } } as const;

export class SearchIndexes {
  constructor(
    private readonly client: Client,
    private readonly tasks: Repository<Task>,
    private readonly projects: Repository<Project>,
  ) {}

  // bad: the first task decides the types
  async createTasks() {
    await this.client.indices.create({ index: 'tasks' }); // expect
  }

  // bad: settings are no mapping
  async createProjects() {
    await this.client.indices.create({ index: 'projects', settings: { number_of_shards: 1 } }); // expect
  }

  // bad: every document may add fields
  async createEvents() {
    await this.client.indices.create({ // expect
      index: 'events',
      mappings: { dynamic: true, properties: { at: { type: 'date' } } },
    });
  }

  // bad: opened later on
  async open() {
    await this.client.indices.putMapping({ index: 'tasks', dynamic: 'true', properties: {} }); // expect
  }

  // bad: a name that is made at run time
  async createOf(year: number) {
    await this.client.indices.create({ index: `logs-${year}`, wait_for_active_shards: 1 }); // expect
  }

  // trap: the fields are stated
  async createStated() {
    await this.client.indices.create({
      index: 'members',
      mappings: { dynamic: 'strict', properties: { email: { type: 'keyword' } } },
    });
  }

  // trap: a constant holds the mapping
  async createFromConstant() {
    await this.client.indices.create({ index: 'tasks', mappings: taskMappings });
  }

  // trap: in the body, as older clients want it
  async createWithBody(body: Record<string, unknown>) {
    await this.client.indices.create({ index: 'tasks', body });
  }

  // trap: what is spread in is not known
  async createSpread(definition: Record<string, unknown>) {
    await this.client.indices.create({ index: 'tasks', ...definition });
  }

  // trap: unknown fields are kept and not indexed
  async createQuiet() {
    await this.client.indices.create({ index: 'raw', mappings: { dynamic: false, properties: {} } });
  }

  // trap: other indices are none of a search engine
  async renumber(indices: number[]) {
    return indices.map((index) => index + 1);
  }
}
