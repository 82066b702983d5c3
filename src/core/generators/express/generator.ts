import { dtoLayer } from '../dto/dto.ts';
import type { Generator } from '../generator.ts';
import { generateWith } from '../shared/assemble.ts';
import { testLayer } from '../tests/tests.ts';
import { repositoryLayer } from '../typeorm/repository.ts';
import { serviceLayer } from '../typeorm/service.ts';
import { expressEndpoint } from './endpoint.ts';

export const expressTypeorm: Generator = {
  id: 'express-typeorm',
  label: 'Express with TypeORM',
  matches: ({ framework, orms }) => framework === 'express' && orms.includes('typeorm'),
  generate: (request) =>
    generateWith(
      {
        framework: 'express',
        layers: {
          repository: repositoryLayer,
          service: serviceLayer,
          dto: dtoLayer,
          endpoint: expressEndpoint,
          test: testLayer,
        },
        register: () => Promise.resolve({ edits: [], notes: [] }),
      },
      request,
    ),
};
