import type { Domain } from './domain.ts';

export const internetOfThings: Domain = {
  id: 'internet-of-things',
  label: 'Internet of Things',
  names: ['iot', 'internet of things', 'telemetry platform', 'smart home', 'industrial automation'],
  words: ['device', 'sensor', 'telemetry', 'firmware', 'gateway', 'measurement', 'mqtt', 'time series'],
  expects: [
    {
      label: 'devices',
      table: /(?:^|_)(?:devices?|sensors?|things?|gateways?|meters?|assets?)$/u,
      why: 'A measurement says something only with the device that made it.',
    },
    {
      label: 'measurements with their time',
      table:
        /(?:measurements?|readings?|telemetry|samples?|metrics?|observations?|ts_kv\w*|data_?points?|sensor_data|events?)$/u,
      column: /(?:time|_at$|^ts$|^at$|date|recorded|measured|timestamp)/u,
      why: 'Measurements arrive late and out of order: the time of arrival is not that of the measurement.',
    },
    {
      label: 'alarms',
      table: /(?:alarms?|alerts?|notifications?|incidents?)$/u,
      why: 'That a limit was passed, and who has seen it, outlives the measurements.',
    },
    {
      label: 'versions of firmware',
      table:
        /(?:firmwares?|ota_?\w*|updates?|device_profiles?|software_versions?)$|(?:^|_)(?:devices?|things?|gateways?)$/u,
      column: /(?:firmware|version|checksum|url|file_name)/u,
      why: 'Which devices have a fault is told by what runs on them.',
    },
  ],
};
