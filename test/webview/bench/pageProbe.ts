/** What is watched in a page from its first moment on. It runs in the page, so it uses nothing but its arguments. */

export interface Probe {
  /** Milliseconds from navigation to the first picture of tables, and to the last change of it; null before. */
  useful: number | null;
  stable: number | null;
  /** Durations of tasks over 50 ms on the page's own thread. */
  readonly tasks: number[];
  /** Milliseconds from a request to the layout worker to its final answer. */
  layout: number | null;
  /** The worker's last answer. */
  answer: unknown;
}

export type ProbeWindow = Window & { probe: Probe };

export type TasksWindow = Window & { tasks: number[] };

/** Tasks over 50 ms alone: looking at the picture is work of the page's own thread as well, and would be counted. */
export function watchTasks(): void {
  const tasks: number[] = [];
  (window as unknown as TasksWindow).tasks = tasks;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: true });
}

/** The picture is looked at with every frame until it is there, then ten times a second. */
export function watchPage(kind: 'ours' | 'liam'): void {
  const probe: Probe = { useful: null, stable: null, tasks: [], layout: null, answer: null };
  (window as unknown as ProbeWindow).probe = probe;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) probe.tasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: true });

  const small = document.createElement('canvas');
  small.width = 64;
  small.height = 40;
  const context = small.getContext('2d', { willReadFrequently: true });
  /** A number that changes with the picture; null while there is none. */
  const look = (): number | null => {
    if (kind === 'liam') {
      const nodes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')];
      const seen = nodes.filter(({ style }) => style.visibility !== 'hidden' && style.opacity !== '0');
      const places = seen.map(({ style }) => style.transform);
      if (places.length === 0 || (places.length > 1 && new Set(places).size < places.length / 2)) return null;
      if (getComputedStyle(seen[0]!).opacity === '0') return null;
      const lines = document.querySelectorAll('.react-flow__edge').length;
      const viewport = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? '';
      return hash(`${places.join()} ${lines} ${viewport}`);
    }
    const canvas = document.querySelector<HTMLCanvasElement>('.canvas > canvas');
    if (canvas === null || canvas.width < 10 || context === null) return null;
    context.drawImage(canvas, 0, 0, small.width, small.height);
    const { data } = context.getImageData(0, 0, small.width, small.height);
    const counts = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    // One colour all over is an empty canvas.
    return counts.size < 8 ? null : hash(data.join());
  };
  let before: number | null = null;
  const tick = () => {
    const now = look();
    if (now !== null && probe.useful === null) probe.useful = performance.now();
    if (now !== before) probe.stable = performance.now();
    before = now;
    if (probe.useful === null) requestAnimationFrame(tick);
    else setTimeout(tick, 100);
  };
  requestAnimationFrame(tick);

  function hash(text: string): number {
    let value = 0;
    for (let at = 0; at < text.length; at++) value = (value * 31 + text.charCodeAt(at)) | 0;
    return value;
  }

  const Original = window.Worker;
  window.Worker = class extends Original {
    #asked = 0;

    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ quality?: string; layout?: unknown }>) => {
        if (data.quality === 'quick') return;
        probe.layout = performance.now() - this.#asked;
        probe.answer = data.layout ?? null;
      });
    }

    override postMessage(message: unknown): void {
      this.#asked = performance.now();
      super.postMessage(message);
    }
  };
}
