import type { PictureTheme } from '../../../src/protocol/webview.ts';
import { exportPng, readableScale } from '../../canvas/exportPng.ts';
import { fixedTheme } from '../../canvas/fixedTheme.ts';
import type { Scene } from '../../canvas/scene.ts';
import type { Surface } from '../../canvas/surface.ts';
import type { Host } from '../../host.ts';
import { t } from '../../l10n.ts';

/** Sends the picture, or why there is none, to the host. Gives a line for the user where the picture falls short. */
export async function postPng(
  host: Host,
  scene: Scene | null,
  surface: Surface | null,
  theme: PictureTheme,
): Promise<string | null> {
  if (scene === null || surface === null) {
    host.post({ type: 'error', message: t('There is no diagram to export yet.') });
    return null;
  }
  try {
    const { data, scale } = await exportPng(scene, theme === 'editor' ? surface.theme() : fixedTheme(theme));
    host.post({ type: 'exported', format: 'png', data });
    if (scale >= readableScale) return null;
    return t(
      'The PNG is drawn at {0} % to stay within the largest picture there can be; SVG keeps every detail.',
      Math.round(scale * 100),
    );
  } catch (error) {
    host.post({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
