/** Which files the profile is read from, by their paths alone. */
import { isDependencyManifest } from './dependencies.ts';
import type { FactSource } from './profile.ts';

const instructions =
  /(?:^|\/)(?:copilot\.instructions\.md|\.github\/copilot-instructions\.md|\.github\/instructions\/(?:[^/]+\/)*[^/]+\.instructions\.md|AGENTS\.md)$/u;
const compose = /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/u;
const packageManifest = /(?:^|\/)package\.json$/u;
const environment = /(?:^|\/)(?:\.?env[\w.-]*\.(?:example|sample|template|dist|defaults?)|env[.-]example[\w.-]*)$/u;
const settings =
  /(?:^|\/)(?:(?:application|bootstrap)(?:-[\w-]+)?\.(?:properties|ya?ml)|appsettings(?:\.[\w-]+)*\.json)$/u;

const catalogue = /(?:^|\/)gradle\/[\w.-]+\.versions\.toml$/u;

export const isInstructions = (path: string): boolean => instructions.test(path);
export const isPackageManifest = (path: string): boolean => packageManifest.test(path);
export const isCompose = (path: string): boolean => compose.test(path);
/** A sample of the environment: `.env.example`. The environment itself is no file of the repository, and never read. */
export const isEnvironmentSample = (path: string): boolean => environment.test(path);
/** Settings of Spring and .NET; they lie among the sources. */
export const isSettings = (path: string): boolean => settings.test(path);

/** Names and versions that builds of Gradle take their libraries from. */
export const isVersionCatalogue = (path: string): boolean => catalogue.test(path);

/** Instructions, manifests, compose files, settings and samples of the environment, wherever they lie in a project. */
export function isProfileFile(path: string): boolean {
  return (
    isInstructions(path) ||
    isPackageManifest(path) ||
    isCompose(path) ||
    isEnvironmentSample(path) ||
    isSettings(path) ||
    isVersionCatalogue(path) ||
    isDependencyManifest(path)
  );
}

/** The folder whose project a profile file speaks of: instructions may lie in `.github`, version catalogues in `gradle`. */
export function folderOfProfileFile(path: string): string {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  if (isInstructions(path)) return folder.replace(/(?:^|\/)\.github(?:\/instructions(?:\/.*)?)?$/u, '');
  return isVersionCatalogue(path) ? folder.replace(/(?:^|\/)gradle$/u, '') : folder;
}

export function sourceOfFile(path: string): FactSource {
  if (isInstructions(path)) return 'instructions';
  if (isPackageManifest(path) || isDependencyManifest(path)) return 'manifest';
  if (isCompose(path)) return 'container';
  return isEnvironmentSample(path) || /\.(?:properties|ya?ml|json|xml|prisma|ini|cfg)$/iu.test(path)
    ? 'settings'
    : 'code';
}

const forTests = /(?:^|[/._-])(?:tests?|__tests__|e2e|specs?|ci|fixtures?|mocks?)(?:[/._-]|$)/iu;

/** A file that says what tests run on. */
export function isForTestsOnly(path: string): boolean {
  return forTests.test(path);
}
