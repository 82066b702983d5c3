/** Pictures that are moved and scaled as they are, by the compositor: drawing hundreds of tables anew takes longer than a frame. */
import type { Viewport } from './viewport.ts';

/** Puts a picture of one viewport where its part of the diagram lies in another. */
export function placePicture(picture: HTMLElement, shown: Viewport, viewport: Viewport): void {
  const scale = viewport.k / shown.k;
  const x = viewport.x - shown.x * scale;
  const y = viewport.y - shown.y * scale;
  // Whole pixels keep a picture that is only moved as sharp as it is.
  picture.style.transform =
    scale === 1 ? `translate(${Math.round(x)}px, ${Math.round(y)}px)` : `translate(${x}px, ${y}px) scale(${scale})`;
}

export function replacePicture(picture: HTMLElement): void {
  if (picture.style.transform !== '') picture.style.transform = '';
}

/** The last picture with everything in sight, shown beneath another for what comes into sight while zooming out. */
export interface WholePicture {
  /** Copies what a canvas shows. */
  keep(source: HTMLCanvasElement, viewport: Viewport): void;
  /** It no longer shows what is there. */
  forget(): void;
  readonly kept: () => boolean;
  /** How much larger it would be shown than it was drawn; infinite where there is none. */
  scaleIn(viewport: Viewport): number;
  show(viewport: Viewport): void;
  hide(): void;
}

export function createWholePicture(canvas: HTMLCanvasElement): WholePicture {
  let shown: Viewport | null = null;
  const hide = () => {
    canvas.style.visibility = 'hidden';
  };
  hide();
  return {
    keep: (source, viewport) => {
      if (canvas.width !== source.width || canvas.height !== source.height) {
        canvas.width = source.width;
        canvas.height = source.height;
      }
      const context = canvas.getContext('2d', { alpha: false });
      context?.drawImage(source, 0, 0);
      shown = context === null ? null : viewport;
    },
    forget: () => {
      shown = null;
      hide();
    },
    kept: () => shown !== null,
    scaleIn: ({ k }) => (shown === null ? Infinity : k / shown.k),
    show: (viewport) => {
      if (shown === null) return;
      placePicture(canvas, shown, viewport);
      canvas.style.visibility = 'visible';
    },
    hide,
  };
}
