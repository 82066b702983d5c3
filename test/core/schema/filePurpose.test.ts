import assert from 'node:assert/strict';
import { purposeOf } from '../../../src/core/schema/filePurpose.ts';

describe('What a file is for', () => {
  it('takes revisions of Alembic for migrations, whatever their folder is called', () => {
    for (const path of [
      'app/revisions/tenant/versions/2022-10-19_3b0f5b81376f.py',
      'db/versions/3b0f5b81376f_add_hives.py',
      'alembic/env.py',
    ])
      assert.equal(purposeOf(path), 'migration', path);
    for (const path of ['api/versions/hives.py', 'api/versions/v2_hives.py', 'api/3b0f5b81376f_hives.py'])
      assert.equal(purposeOf(path), 'application', path);
  });

  it('takes what fills a shop when it is installed for seeds', () => {
    for (const path of [
      'Core/Installation/SeedData/InvariantSeedData.Variants.cs',
      'Core/Installation/DeDESeedData.cs',
      'Hives.Domain/HiveDataSeedContributor.cs',
    ])
      assert.equal(purposeOf(path), 'seed', path);
    for (const path of ['Core/Hives/SeedOrders.cs', 'Core/Seedlings/SeedlingService.cs', 'src/seedDatabaseLimits.ts'])
      assert.equal(purposeOf(path), 'application', path);
  });
});
