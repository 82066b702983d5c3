import 'reflect-metadata';
import { join } from 'node:path';
import { DataSource, DataSourceOptions } from 'typeorm';
import { SnakeNamingStrategy } from 'typeorm-naming-strategies';

export const dataSourceOptions: DataSourceOptions = {
  type: 'postgres',
  url:
    process.env['DATABASE_URL'] ?? 'postgres://shop:shop@localhost:5432/shop',
  ssl:
    process.env['DATABASE_TLS'] === 'on'
      ? { rejectUnauthorized: false }
      : false,
  namingStrategy: new SnakeNamingStrategy(),
  entities: [join(__dirname, '**/*.{entity,view}.{ts,js}')],
  migrations: [join(__dirname, 'migrations/*.{ts,js}')],
  synchronize: true,
  logging: ['error', 'warn'],
};

export default new DataSource(dataSourceOptions);
