import { banking } from './banking.ts';
import { contentManagement } from './contentManagement.ts';
import { customerRelations } from './customerRelations.ts';
import type { Domain } from './domain.ts';
import { eCommerce } from './eCommerce.ts';
import { education } from './education.ts';
import { gaming } from './gaming.ts';
import { healthcare } from './healthcare.ts';
import { hospitality } from './hospitality.ts';
import { humanResources } from './humanResources.ts';
import { insurance } from './insurance.ts';
import { internetOfThings } from './internetOfThings.ts';
import { logistics } from './logistics.ts';
import { publicSector } from './publicSector.ts';
import { realEstate } from './realEstate.ts';
import { socialMedia } from './socialMedia.ts';
import { softwareAsAService } from './softwareAsAService.ts';

/** All domains, sorted by file name. A new one is one more file and one more line here. */
export const domains: readonly Domain[] = [
  banking,
  contentManagement,
  customerRelations,
  eCommerce,
  education,
  gaming,
  healthcare,
  hospitality,
  humanResources,
  insurance,
  internetOfThings,
  logistics,
  publicSector,
  realEstate,
  socialMedia,
  softwareAsAService,
];
