import type { FileFacts } from './code.ts';

const test =
  /(^|\/)testing\/|(^|[/._-])(tests?|\w+Tests|conftest|specs?|__tests__|__mocks__|e2e|cypress|playwright|fixtures?|mocks?|stubs?|test_?(utils?|data|helpers?)|benchmarks?|bench)([/._-]|$)/i;
/** Code that fills a database, or that somebody runs by hand, once: its queries are under no load. */
const seed = new RegExp(
  '(^|[/._-])(seeds?|seeders?|seeding|factories|random_?data|fake_?data|dummy_?data|demo_?data|dev_?data|sample_?data|populate(?:_?db)?|dummy_?generators?|generate_?(?:user_?|test_?)?data)([/._-]|$)' +
    '|(^|/)\\w+Data(Initiali[sz]er|Seeder)\\.(java|kt)$' +
    '|(^|/)\\w*(Seed_?Data(\\.\\w+)?|Data_?Seed(er|Contributor|DataProvider)?)\\.(cs|java|kt|ts|js|py)$|(^|/)seed_?data/' +
    '|(^|/)\\w*(Test|Demo|Sample|Dummy|Fake|Mock)_?Data(Initiali[sz]er|Loader|Generator|Seeder|Creator|Populator|Factory|Builder)?\\.(java|kt|cs|ts|js|py)$' +
    '|(^|/)(scripts?|examples?|samples?|docs|documentation|management/commands)/' +
    '|(^|/)(manage|cli|commands)\\.py$|(^|/)cli/(?:[^/]+/)*[^/]+\\.py$',
  'i',
);
/** The domain that packages begin with until somebody names them (`org/example`): Maven's archetypes and Spring's start with it. */
const placeholder = /(^|\/)(?:com|net|org)\/(?:example|sample)\//i;
/** SQLAlchemy-migrate keeps `migrate/versions`; Alembic's folder may have any name, but its revisions lie in `versions` and are named by twelve hexadecimal digits; Flyway's classes are named as its scripts are. */
const migration =
  /(^|[/._-])(migrations?|\w+Migrations|alembic|changelogs?)([/._-]|$)|(^|\/)migrate\/versions\/|(^|\/)versions\/([^/]*_)?[\da-f]{12}(_[^/]*)?\.py$|(^|\/)[VR]\d*(?:[._]\d+)*__\w+\.(?:java|kt)$/i;

/** What a file is for, judged by the folders and dotted parts of its path. */
export function purposeOf(path: string): FileFacts['purpose'] {
  if (test.test(path)) return 'test';
  if (migration.test(path)) return 'migration';
  if (seed.test(path.replace(placeholder, '$1'))) return 'seed';
  return 'application';
}
