/** Finds requirements that can be measured in what people write: "p95 below 200 ms", "99.9 % uptime", "RPO: 15 min". */
import type { Measure, MeasureKind } from './profile.ts';

export type FoundMeasure = Omit<Measure, 'at'> & {
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
};

/** `10,000`, `1.5M`, `10 million`, `2k`. */
const amount =
  "(?<amount>\\d{1,3}(?:[,.'’ ]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?)(?!\\d)(?:\\s?(?<scale>k|m|bn|b|thousand|millions?|mio\\.?|billions?|mrd\\.?|tsd\\.?|millionen|milliarden|millones|mil)(?![\\p{L}\\d]))?\\+?";
const time =
  '(?<time>ms|msecs?|milliseconds?|millisekunden|milisegundos|s|secs?|seconds?|sekunden?|segundos?|m|mins?|minutes?|minuten?|minutos?|h|hrs?|hours?|stunden?|horas?|d|days?|tagen?|tage|días?|weeks?|wochen?|semanas?|months?|monate?n?|mes(?:es)?|years?|yrs?|jahren?|jahre|años?)(?![\\p{L}\\d])';
const per =
  '\\s*(?:/|per|a|each|every|pro|je|por|al)\\s*(?<span>s|secs?|seconds?|sekunde|segundo|mins?|minutes?|minute|minuto|hours?|h|stunde|hora|days?|d|tag|día)(?![\\p{L}\\d])';
const things =
  '(?:(?:http|api|db|database|read|write|search|sensor)\\s+)?(?:requests?|reqs?|transactions?|queries|calls|reads?|writes?|inserts?|orders?|messages?|events?|readings?|measurements?|samples?|points?|rows?|records?|updates?|jobs?|payments?|page views?|operations?|ops|anfragen|abfragen|transaktionen|bestellungen|peticiones|solicitudes|transacciones|consultas|pedidos)';
const filler = '(?:[\\p{L}-]+\\s+){0,2}?';

interface Pattern {
  readonly kind: MeasureKind;
  readonly pattern: RegExp;
}

const patterns: readonly Pattern[] = [
  {
    kind: 'recovery-point',
    pattern: expression(
      `(?:\\bRPO\\b|recovery point(?: objective)?)[^.;\\n|]{0,25}?[|:=]?\\s*[^.;\\n\\d]{0,20}${amount}[ -]?${time}`,
    ),
  },
  {
    kind: 'recovery-time',
    pattern: expression(
      `(?:\\bRTO\\b|recovery time(?: objective)?)[^.;\\n|]{0,25}?[|:=]?\\s*[^.;\\n\\d]{0,20}${amount}[ -]?${time}`,
    ),
  },
  { kind: 'throughput', pattern: expression(`${amount}\\s*${filler}${things}${per}`) },
  { kind: 'throughput', pattern: expression(`${amount}\\s*(?<rate>rps|qps|tps|rpm|req/s|reqs/s|ops/s)\\b`) },
  {
    kind: 'throughput',
    pattern: expression(
      `(?:\\b(?<rate>rps|qps|tps|rpm)|\\b${things}${per})\\s*\\**\\s*[:=|(]+\\s*[^.;\\n\\d]{0,20}${amount}`,
    ),
  },
  {
    kind: 'latency',
    pattern: expression(
      `(?:latenc(?:y|ies)|response times?|respon(?:d|se|ses)\\b|answer(?:s|ed)?\\b|\\bp\\d{2,3}(?:\\.\\d+)?\\b|percentile|query times?|antwortzeit(?:en)?|latenz(?:en)?|tiempos? de respuesta|latencia|page loads?|completes?|quer(?:y|ies)\\b[^.;\\n\\d]{0,20}?\\b(?:run|finish|return|complete|take)s?\\b)[^;\\n.\\d]{0,60}?(?:(?:\\bp\\d{2}(?:\\.\\d+)?|\\d{2}(?:\\.\\d+)?(?:th|\\.)?[ -]percentile)[^;\\n.\\d]{0,60}?)?${amount}[ -]?${time}`,
    ),
  },
  {
    kind: 'latency',
    pattern: expression(
      `${amount}\\s?${time}(?=\\s*(?:at\\s+(?:the\\s+)?)?\\(?(?:p\\d{2}|latency|response time|\\d{2}th percentile))`,
    ),
  },
  { kind: 'availability', pattern: /(?<amount>9\d(?:[.,]\d+)?)\s?(?:%|percent|prozent|por ciento)/giu },
  {
    kind: 'retention',
    pattern: expression(
      `(?:retention|retain(?:ed)?|keep|kept|stored? for|archived?|delete[ds]? after|purged? after|older than|aufbewahr\\p{L}*|aufbewahrungsfrist|gelöscht nach|retención|conservar)[^.;\\n\\d]{0,40}${amount}[ -]?${time}`,
    ),
  },
  { kind: 'retention', pattern: expression(`${amount}[ -]?${time}(?=\\s+(?:of\\s+)?(?:retention|history))`) },
  {
    kind: 'concurrent-users',
    pattern: expression(
      `${amount}\\s*(?:concurrent|simultaneous|parallel|gleichzeitige|concurrentes|simultáneos)(?:ly)?\\s*(?:active\\s+)?(?:users?|sessions?|connections?|customers?|clients?|nutzer|benutzer|usuarios)?`,
    ),
  },
  {
    kind: 'concurrent-users',
    pattern: expression(
      `(?:(?:concurrent|simultaneous|gleichzeitige)\\s+(?:users?|sessions?|connections?|nutzer|benutzer)|usuarios (?:concurrentes|simultáneos))\\**\\s*[:=|(]+\\s*[^.;\\n\\d]{0,20}${amount}`,
    ),
  },
  {
    kind: 'users',
    pattern: expression(
      `${amount}\\s*(?:(?:daily|monthly|weekly|registered|active)\\s+){0,2}(?:users|customers|tenants|nutzer|kunden|mandanten|usuarios|clientes|DAU|MAU)\\b`,
    ),
  },
  {
    kind: 'rows',
    pattern: expression(
      `${amount}\\s*${filler}(?:rows|records|entries|documents|datapoints|data points|zeilen|datensätze[n]?|filas|registros)\\b`,
    ),
  },
  {
    kind: 'rows',
    pattern: expression(
      `\\b(?:rows|records|zeilen|datensätze|filas|registros)(?:\\s+per\\s+table)?\\**\\s*[:=|(]+\\s*[^.;\\n\\d]{0,20}${amount}`,
    ),
  },
  {
    kind: 'data-volume',
    pattern: expression(
      `${amount}\\s?(?<bytes>kb|mb|gb|tb|pb|kib|mib|gib|tib|pib|terabytes?|gigabytes?|petabytes?)(?![\\p{L}\\d])`,
    ),
  },
];

function expression(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d.,])(?:${source})`, 'giu');
}

/** Measures in the order of the text; of two that overlap the one found by the earlier pattern. `context` is what the headings say. */
export function measuresIn(text: string, context: string): readonly FoundMeasure[] {
  const found: FoundMeasure[] = [];
  for (const { kind, pattern } of patterns)
    for (const match of text.matchAll(pattern)) {
      const read = readMatch(kind, match, text, context);
      if (read && !found.some(({ start, end }) => read.start < end && start < read.end)) found.push(read);
    }
  return found.sort((a, b) => a.start - b.start);
}

function readMatch(kind: MeasureKind, match: RegExpMatchArray, text: string, context: string): FoundMeasure | null {
  const groups = match.groups ?? {};
  const start = match.index ?? 0;
  const end = start + match[0].trimEnd().length;
  const clause = clauseAround(text, start, end);
  const number = numberOf(groups.amount ?? '') * scaleOf(groups.scale);
  if (!Number.isFinite(number)) return null;
  // Ports, versions and a `m` that are no amounts of anything fall to the words around them.
  if (kind === 'availability' && !/availab|uptime|\bsl[aoi]s?\b|verfügbar|disponib/iu.test(`${clause} ${context}`))
    return null;
  if (
    kind === 'data-volume' &&
    !/data|database|storage|volume|grow|backup|table|store|per (?:day|month|year)|daten|datos/iu.test(
      `${clause} ${context}`,
    )
  )
    return null;
  // A page or a batch has rows as well.
  if (kind === 'rows' && number < fewestRows) return null;
  const measured = inUnit(kind, number, groups);
  if (measured === null) return null;
  const percentile =
    /\bp(\d{2}(?:\.\d+)?)(?!\d)/iu.exec(clause) ??
    /\b(\d{2}(?:\.\d+)?)(?:th|rd|nd|st|\.)?[ -]percentile/iu.exec(clause);
  return {
    kind,
    ...measured,
    comparison: comparisonOf(text, start + match[0].lastIndexOf(groups.amount ?? '')),
    percentile: kind === 'latency' && percentile ? Number(percentile[1]) : null,
    text: match[0].replace(/\s+/gu, ' ').trim(),
    start,
    end,
  };
}

const fewestRows = 10_000;

function inUnit(
  kind: MeasureKind,
  number: number,
  groups: Readonly<Record<string, string | undefined>>,
): { readonly value: number; readonly unit: string } | null {
  switch (kind) {
    case 'throughput': {
      const rate = groups.rate?.toLowerCase();
      const span = rate === 'rpm' ? 'min' : rate === undefined ? spanOf(groups.span ?? '') : 's';
      return { value: number, unit: `requests/${span}` };
    }
    case 'latency':
      return { value: rounded(number * secondsIn(groups.time ?? '') * 1000), unit: 'ms' };
    case 'recovery-point':
    case 'recovery-time':
      return { value: rounded(number * secondsIn(groups.time ?? '')), unit: 's' };
    case 'retention':
      return { value: rounded((number * secondsIn(groups.time ?? '')) / 86_400), unit: 'days' };
    case 'availability':
      return { value: number, unit: '%' };
    case 'concurrent-users':
    case 'users':
      return { value: number, unit: 'users' };
    case 'rows':
      return { value: number, unit: 'rows' };
    case 'data-volume': {
      const bytes = (groups.bytes ?? '').toLowerCase();
      const power = ['k', 'm', 'g', 't', 'p'].indexOf(bytes.charAt(0)) + 1;
      return { value: number * (bytes.includes('ib') ? 1024 : 1000) ** power, unit: 'bytes' };
    }
  }
}

/** `10,000` and `10.000` are ten thousand, `1,5` and `1.5` one and a half. */
function numberOf(text: string): number {
  return /^\d{1,3}(?:[,.'’ ]\d{3})+(?:\.\d+)?$/u.test(text)
    ? Number(text.replace(/[,'’ ]|\.(?=\d{3}(?:\D|$))/gu, ''))
    : Number(text.replace(',', '.'));
}

function scaleOf(scale: string | undefined): number {
  const word = scale?.toLowerCase() ?? '';
  if (word === '') return 1;
  if (/^(?:k|thousand|tsd|mil$)/u.test(word)) return 1e3;
  return /^(?:bn|b$|billion|mrd|milliard)/u.test(word) ? 1e9 : 1e6;
}

function secondsIn(unit: string): number {
  const word = unit.toLowerCase();
  if (/^(?:ms|milli?s)/u.test(word)) return 0.001;
  if (/^(?:s$|sec|sek|seg)/u.test(word)) return 1;
  if (/^(?:mon|mes)/u.test(word)) return 30 * 86_400;
  if (word.startsWith('m')) return 60;
  if (/^(?:h|stund)/u.test(word)) return 3_600;
  if (/^(?:d|tag|día)/u.test(word)) return 86_400;
  return /^(?:w|sem)/u.test(word) ? 7 * 86_400 : 365 * 86_400;
}

function spanOf(word: string): string {
  const seconds = secondsIn(word);
  return seconds === 1 ? 's' : seconds === 60 ? 'min' : seconds === 3_600 ? 'h' : 'day';
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** The part of a sentence that the place stands in. */
function clauseAround(text: string, start: number, end: number): string {
  const before =
    text
      .slice(0, start)
      .split(/[.;](?=\s)|\n|,\s(?!\d)/u)
      .at(-1) ?? '';
  const after = text.slice(end).split(/[.;](?=\s)|\n|,\s(?!\d)/u)[0] ?? '';
  return before + text.slice(start, end) + after;
}

function comparisonOf(text: string, amount: number): Measure['comparison'] {
  const words =
    text
      .slice(Math.max(0, amount - 30), amount)
      .split(/[;\n]|[.,](?=\s)/u)
      .at(-1) ?? '';
  const marks = [
    ...words.matchAll(
      /(?<most>[<≤]|\b(?:under|below|less than|at most|max(?:imum|imal)?|up to|within|no more than|not exceed|höchstens|unter|weniger als|bis zu|innerhalb|menos de|como máximo|hasta)(?![\p{L}]))|(?<least>[>≥]|\b(?:at least|min(?:imum|destens)?|more than|over|above|mindestens|mehr als|über|al menos|más de|como mínimo)(?![\p{L}]))/giu,
    ),
  ];
  const last = marks.at(-1)?.groups;
  return last?.most !== undefined ? 'at-most' : last?.least !== undefined ? 'at-least' : 'stated';
}
