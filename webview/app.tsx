/** The diagram with everything around it: what `main.ts` reads once there is a first picture. */
import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './components/App/App.tsx';
import type { AppProps } from './components/App/App.tsx';
import { takeWidths } from './canvas/text.ts';
import './ui/ui.css';

export function mountApp(root: HTMLElement, props: AppProps): void {
  takeWidths(props.begun.widths);
  // There is a picture already: the app is made in slices.
  startTransition(() => {
    createRoot(root).render(<App {...props} />);
  });
}
