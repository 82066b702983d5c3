/** The DTO layer: what clients send and get, validated by class-validator. */
import { queryDraft } from '../typeorm/query.ts';
import { supportDrafts } from '../typeorm/support/drafts.ts';
import type { EmbeddedPlan, EntityPlan } from '../shared/entityPlan.ts';
import type { Draft, LayerOutput } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { queryDtoDraft } from './queryDto.ts';
import { createDraft, embeddedDraft, updateDraft } from './requests.ts';
import { detailsDraft, responseDraft } from './responses.ts';
import { decoratorsDraft, pageQueryDraft } from './support.ts';

export function dtoLayer(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const included = entity.includes.flatMap(({ target }) => project.entity(target) ?? []);
  const values = [entity, ...included].flatMap(embeddedOf);
  const { detailsDto } = entity.files;
  const drafts: Draft[] = [
    ...supportDrafts(project, ['pagination']),
    decoratorsDraft(project),
    pageQueryDraft(project),
    queryDraft(project, entity),
    ...values.map((value) => embeddedDraft(project, value)),
    ...(entity.creationBarred === null ? [createDraft(project, entity)] : []),
    updateDraft(project, entity),
    queryDtoDraft(project, entity),
    responseDraft(project, entity),
    ...(detailsDto === null
      ? []
      : [...included.map((target) => responseDraft(project, target)), detailsDraft(project, entity, detailsDto)]),
  ];
  return { drafts, registrations: [], skipped: [], notes: notesOf(project, entity) };
}

function embeddedOf({ properties }: EntityPlan): EmbeddedPlan[] {
  return properties.flatMap(({ embedded, creatable, readable }) =>
    embedded && (creatable || readable) ? [embedded] : [],
  );
}

function notesOf({ manifest }: ProjectPlan, { names, creationBarred }: EntityPlan): string[] {
  const missing = ['class-validator', 'class-transformer'].filter((name) => !manifest.has(name));
  return [
    ...(missing.length === 0 ? [] : [`The DTOs need ${missing.join(' and ')}: npm install ${missing.join(' ')}`]),
    ...(creationBarred === null ? [] : [`There is no DTO to create a ${names.words}. ${creationBarred}`]),
  ];
}
