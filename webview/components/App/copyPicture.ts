import { drawPng } from '../../canvas/exportPng.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { Surface } from '../../canvas/surface.ts';
import { t } from '../../l10n.ts';

/** Puts what the diagram shows into the clipboard, in the colours of the editor. Gives a line that tells the user how it went. */
export async function copyPicture(scene: Scene | null, surface: Surface | null): Promise<string> {
  if (scene === null || surface === null) return t('There is no diagram to copy yet.');
  try {
    // The clipboard waits for the picture: asked for later, the click that allows it would be forgotten.
    const picture = drawPng(scene, surface.theme()).then(({ blob }) => blob);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return t('The diagram was copied as an image.');
  } catch (error) {
    return t('The diagram was not copied: {0}', error instanceof Error ? error.message : String(error));
  }
}
