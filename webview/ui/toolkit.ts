/** The only importer of the (archived) toolkit: everything else uses the components beside this file. */
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

/** Defines the custom elements; once, before the first render. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
  // It takes the colours of the theme when the page has been loaded, which is over where it is read late.
  if (document.readyState === 'complete') window.dispatchEvent(new Event('load'));
}

type Control<Properties, Kind extends HTMLElement = HTMLElement> = DetailedHTMLProps<HTMLAttributes<Kind>, Kind> &
  Properties;

export interface ValueElement extends HTMLElement {
  value: string;
}

declare module 'react' {
  // React's own way to type custom elements is to merge with its namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'vscode-badge': Control<object>;
      'vscode-button': Control<{ appearance?: 'primary' | 'secondary' | 'icon'; disabled?: boolean }>;
      'vscode-dropdown': Control<{ disabled?: boolean; position?: 'above' | 'below' }, ValueElement>;
      'vscode-link': Control<{ href?: string }>;
      'vscode-option': Control<{ value: string; selected?: boolean }>;
      'vscode-progress-ring': Control<object>;
      'vscode-text-field': Control<{ value?: string; placeholder?: string; type?: 'text' }, ValueElement>;
    }
  }
}
