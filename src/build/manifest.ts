/**
 * `npm run manifest`: writes the contributions (src/host/contributions.ts) and the rules (src/core/lint/registry.ts) into
 * package.json, package.nls.json, media/data-engineer.schema.json, media/rules.md and the README's table of rules, and the strings of host and server
 * into l10n/. test/build/manifest.test.ts fails when they are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { rules } from '../core/lint/registry.ts';
import { defaultSetting } from '../core/lint/rule.ts';
import { tools } from '../server/tools/registry.ts';
import {
  answerScheme,
  capabilities,
  chatParticipant,
  commandId,
  commands,
  createMenu,
  editMenu,
  diagramViewType,
  mcpProvider,
  menus,
  ruleScheme,
  ruleSettingDescriptions,
  indexContext,
  indexView,
  schemaView,
  settings,
  toolDescriptions,
  toolPrefix,
  viewContainer,
  viewTexts,
  walkthrough,
  welcome,
} from '../host/contributions.ts';
import type { CommandName, ToolName } from '../host/contributions.ts';
import { agentFiles } from './agentFiles.ts';
import { ruleReference, withRuleTable } from './ruleReference.ts';
import { projectSettingsSchema } from './projectSettingsSchema.ts';
import { translatableStrings } from './translatableStrings.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Languages whose files wake the extension; other files of a project are read without it. */
const languages = [
  ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'prisma'],
  ...['python', 'java', 'kotlin', 'csharp', 'sql'],
];

/** Files that tell of a project, so that its schema is there before the first file is opened. */
const projectFiles = [
  ...[
    'package.json',
    'pyproject.toml',
    'requirements.txt',
    'manage.py',
    'pom.xml',
    'build.gradle',
    'build.gradle.kts',
  ].flatMap((name) => [name, `*/${name}`]),
  ...['*.sln', '*.slnx', '**/*.csproj'],
  '**/schema.prisma',
  '.data-engineer.json',
  'copilot.instructions.md',
  '.github/copilot-instructions.md',
];

type Json = Readonly<Record<string, unknown>>;

/** Collects texts under their keys and hands out the `%key%` that stands for each. */
function texts(): { readonly all: Record<string, string>; readonly text: (key: string, english: string) => string } {
  const all: Record<string, string> = {};
  return {
    all,
    text(key, english) {
      if (key in all && all[key] !== english) throw new Error(`Two texts under the key ${key}.`);
      all[key] = english;
      return `%${key}%`;
    },
  };
}

/** The parts of package.json that are generated, and the English texts of package.nls.json. */
export function manifest(): { readonly fields: Json; readonly nls: Readonly<Record<string, string>> } {
  const { all, text } = texts();
  const names = Object.keys(commands) as CommandName[];
  const category = 'Data Engineer';

  const fields = {
    displayName: 'Data Engineer',
    description: text('description', 'The database engineer inside the editor: one live schema model for every ORM.'),
    categories: ['Linters', 'Visualization', 'AI'],
    keywords: [
      'database',
      'schema',
      'erd',
      'er diagram',
      'entity relationship',
      'data model',
      'orm',
      'typeorm',
      'prisma',
      'nestjs',
      'sql',
      'postgresql',
      'mysql',
      'index',
      'foreign key',
      'lint',
    ],
    icon: 'media/icon.png',
    galleryBanner: { color: '#12324a', theme: 'dark' },
    l10n: './l10n',
    activationEvents: [
      ...languages.map((language) => `onLanguage:${language}`),
      ...projectFiles.map((file) => `workspaceContains:${file}`),
      `onWebviewPanel:${diagramViewType}`,
      `onFileSystem:${ruleScheme}`,
      `onFileSystem:${answerScheme}`,
    ],
    capabilities: {
      untrustedWorkspaces: { supported: true, description: text('capabilities.trust', capabilities.trust) },
      virtualWorkspaces: { supported: false, description: text('capabilities.virtual', capabilities.virtual) },
    },
    contributes: {
      commands: names.map((name) => ({
        command: commandId(name),
        title: text(`command.${name}`, commands[name].title),
        category,
        ...(commands[name].icon === null ? {} : { icon: commands[name].icon }),
      })),
      menus: {
        commandPalette: names
          .filter((name) => commands[name].palette !== 'true')
          .map((name) => ({ command: commandId(name), when: commands[name].palette })),
        ...Object.fromEntries(
          Object.entries(menus).map(([menu, items]) => [
            menu,
            items.map(({ command, when, group }) => ({
              ...(command === createMenu.id || command === editMenu.id
                ? { submenu: command }
                : { command: commandId(command) }),
              ...(when === 'true' ? {} : { when }),
              group,
            })),
          ]),
        ),
      },
      submenus: [
        { id: createMenu.id, label: text('menu.create', createMenu.title) },
        { id: editMenu.id, label: text('menu.edit', editMenu.title) },
      ],
      viewsContainers: {
        activitybar: [
          { id: viewContainer, title: text('view.container', viewTexts.container), icon: 'media/icon.svg' },
        ],
      },
      views: {
        [viewContainer]: [
          { id: schemaView, name: text('view.schema', viewTexts.schema), icon: 'media/icon.svg' },
          {
            id: indexView,
            name: text('view.indexes', viewTexts.indexes),
            icon: 'media/icon.svg',
            when: indexContext,
          },
        ],
      },
      viewsWelcome: welcome.map((entry, index) => ({
        view: schemaView,
        contents: text(`welcome.${index + 1}`, entry.text),
        when: entry.when,
      })),
      configuration: { title: 'Data Engineer', properties: settingProperties(text) },
      configurationDefaults: {
        // The explanation of a rule opens rendered, also where only its address is known (the code of a problem).
        'workbench.editorAssociations': {
          [`${ruleScheme}:/**`]: 'vscode.markdown.preview.editor',
          [`${answerScheme}:/**`]: 'vscode.markdown.preview.editor',
        },
      },
      languages: [{ id: 'jsonc', filenames: ['.data-engineer.json'] }],
      jsonValidation: [{ fileMatch: '.data-engineer.json', url: './media/data-engineer.schema.json' }],
      chatParticipants: [
        {
          id: chatParticipant.id,
          name: chatParticipant.name,
          fullName: chatParticipant.fullName,
          description: text('chat.description', chatParticipant.description),
          isSticky: true,
          commands: Object.entries(chatParticipant.commands).map(([name, { description, sample }]) => ({
            name,
            description: text(`chat.${name}`, description),
            sampleRequest: text(`chat.${name}.sample`, sample),
          })),
          disambiguation: [chatParticipant.disambiguation],
        },
      ],
      languageModelTools: tools.map(({ name, title, description, inputSchema }) => ({
        name: `${toolPrefix}${name}`,
        displayName: text(`tool.${name}`, title),
        userDescription: text(`tool.${name}.description`, toolDescriptions[name as ToolName]),
        // For the model, so it is not translated.
        modelDescription: description,
        canBeReferencedInPrompt: true,
        toolReferenceName: name,
        icon: '$(database)',
        tags: ['database', 'schema'],
        inputSchema,
      })),
      mcpServerDefinitionProviders: [
        { id: mcpProvider, label: 'Data Engineer', when: 'config.dataEngineer.mcp.enabled' },
      ],
      chatAgents: agentFiles(repository, 'agents').map((path) => ({ path })),
      chatSkills: agentFiles(repository, 'skills').map((path) => ({ path })),
      walkthroughs: [
        {
          id: walkthrough.id,
          title: text('walkthrough.title', walkthrough.title),
          description: text('walkthrough.description', walkthrough.description),
          steps: walkthrough.steps.map((step) => ({
            id: step.id,
            title: text(`walkthrough.${step.id}.title`, step.title),
            description: text(`walkthrough.${step.id}.description`, step.description),
            media: { svg: step.media.svg, altText: text(`walkthrough.${step.id}.altText`, step.media.altText) },
            completionEvents: step.completionEvents,
          })),
        },
      ],
    },
  };
  return { fields, nls: all };
}

function settingProperties(text: (key: string, english: string) => string): Json {
  const entries = Object.entries(settings).map(([name, setting], order) => {
    const key = `setting.${name}`;
    const { description, type, scope, default: value, ...rest } = setting;
    const { enum: choices, ...limits } = { enum: undefined, ...rest } as {
      enum?: readonly (readonly [string, string])[];
    } & Json;
    return [
      `dataEngineer.${name}`,
      {
        type,
        default: value,
        scope,
        order,
        markdownDescription: text(key, description),
        ...limits,
        ...(choices === undefined
          ? {}
          : {
              enum: choices.map(([choice]) => choice),
              enumDescriptions: choices.map(([choice, about]) => text(`${key}.${choice}`, about)),
            }),
        ...(name === 'rules' ? { additionalProperties: false, properties: ruleProperties(text) } : {}),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function ruleProperties(text: (key: string, english: string) => string): Json {
  const levels = Object.entries(ruleSettingDescriptions);
  return Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      {
        type: 'string',
        enum: levels.map(([level]) => level),
        enumDescriptions: levels.map(([level, about]) => text(`setting.rules.${level}`, about)),
        default: defaultSetting(rule),
        markdownDescription: text(`rule.${rule.id}`, `${rule.docs.what} (\`${rule.code}\`)`),
      },
    ]),
  );
}

/** Contents of the generated files: path in the repository → text. */
export async function manifestFiles(): Promise<Readonly<Record<string, string>>> {
  const { fields, nls } = manifest();
  const current = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Json;
  const files: Readonly<Record<string, unknown>> = {
    'package.json': { ...current, ...fields },
    'package.nls.json': nls,
    'media/data-engineer.schema.json': projectSettingsSchema(),
    'l10n/bundle.l10n.json': Object.fromEntries(translatableStrings(repository).map((text) => [text, text])),
  };
  const style = await resolveConfig(join(repository, 'package.json'));
  const rendered = Object.entries(files).map(async ([file, value]) => {
    const options = { ...style, filepath: file, endOfLine: 'lf' as const };
    return [file, await format(JSON.stringify(value, null, 2), options)] as const;
  });
  const pages = {
    'media/rules.md': ruleReference(),
    'README.md': withRuleTable(readFileSync(join(repository, 'README.md'), 'utf8')),
  };
  const laidOut = Object.entries(pages).map(
    async ([file, text]) => [file, await format(text, { ...style, filepath: file, endOfLine: 'lf' })] as const,
  );
  return Object.fromEntries(await Promise.all([...rendered, ...laidOut]));
}

if (import.meta.main)
  for (const [file, contents] of Object.entries(await manifestFiles())) writeFileSync(join(repository, file), contents);
