/** `application-dev.yml`, `appsettings.Development.json`, `docker-compose.local.yml`, `.env.example`. */
const forDevelopment =
  /(?:^|[./_-])(?:dev|develop|development|local|localhost|test|testing|ci|docker|examples?|samples?|demo|template)(?=[./_-]|$)[^/]*$/iu;

/** Settings that hold on the developer's own machine alone, going by the name of their file: no user's data is behind them. */
export function isForDevelopment(path: string): boolean {
  return forDevelopment.test(path);
}
