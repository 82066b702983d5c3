import assert from 'node:assert/strict';
import { join } from 'node:path';
import { largeModel, shopModel, smallModel } from './models.ts';
import { openDiagram } from './diagramPage.ts';
import { canvasInk } from './pixels.ts';
import { shared } from './shared.ts';
import { repository } from './site.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const sizes = { 5: smallModel, 30: shopModel, 300: () => largeModel(300) };

describe('pictures', () => {
  for (const theme of Object.keys(themes) as ThemeName[])
    for (const [count, model] of Object.entries(sizes))
      it(`draws ${count} tables in the ${theme} theme`, async () => {
        const { browser, site } = await shared();
        const diagram = await openDiagram(browser, site, { model: model(), theme });
        await diagram.page.screenshot({ path: join(repository, 'test-results', `webview-${theme}-${count}.png`) });
        const ink = await canvasInk(diagram.page);
        assert.ok(ink.share > 0.02, `only ${(ink.share * 100).toFixed(1)} % of the canvas is drawn on`);
        assert.ok(ink.colours >= 5, `only ${ink.colours} colours`);
        await diagram.close();
      });

  for (const theme of Object.keys(themes) as ThemeName[])
    it(`draws a selected table and its neighbours in the ${theme} theme`, async () => {
      const { browser, site } = await shared();
      const diagram = await openDiagram(browser, site, { model: shopModel(), theme, pixelRatio: 2 });
      await diagram.send({ type: 'reveal', table: 'order', column: 'customer_id' });
      await diagram.page.waitForTimeout(500);
      await diagram.page.screenshot({ path: join(repository, 'test-results', `webview-${theme}-selected.png`) });
      assert.ok((await canvasInk(diagram.page)).share > 0.03);
      // Controls that are read late have the colours of the theme as well.
      const [wanted, given] = await diagram.page.evaluate(() => {
        const own = document.createElement('i');
        own.style.background = 'var(--vscode-dropdown-background)';
        document.body.append(own);
        const control = document.querySelector('vscode-dropdown');
        const colours = [own, control].map((element) => (element ? getComputedStyle(element).backgroundColor : ''));
        own.remove();
        return colours;
      });
      assert.equal(given, wanted);
      await diagram.close();
    });
});
