import { dtoLayer } from '../dto/dto.ts';
import type { Generator } from '../generator.ts';
import { generateWith } from '../shared/assemble.ts';
import { repositoryLayer } from '../typeorm/repository.ts';
import { serviceLayer } from '../typeorm/service.ts';
import { testLayer } from '../tests/tests.ts';
import { nestjsEndpoint } from './endpoint.ts';
import { registerInModules } from './module.ts';

export const nestjsTypeorm: Generator = {
  id: 'nestjs-typeorm',
  label: 'NestJS with TypeORM',
  matches: ({ framework, orms }) => framework === 'nestjs' && orms.includes('typeorm'),
  generate: (request) =>
    generateWith(
      {
        framework: 'nestjs',
        layers: {
          repository: repositoryLayer,
          service: serviceLayer,
          dto: dtoLayer,
          endpoint: nestjsEndpoint,
          test: testLayer,
        },
        register: registerInModules,
      },
      request,
    ),
};
