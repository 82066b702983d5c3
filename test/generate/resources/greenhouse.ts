/** The resources of test/workspaces/greenhouse, written by hand from its entities. */
import type { Body, Resource } from '../resource.ts';
import { resource } from '../resource.ts';

const missing = '00000000-0000-4000-8000-000000000000';
const now = '2026-03-01T12:00:00.000Z';
const times = [
  ['createdAt', now],
  ['updatedAt', now],
] as const;
const generated = [['id', missing], ...times] as const;
const id = (row: Body) => row.id ?? null;
const numbered = (n: number) => String(n).padStart(6, '0');
const long = (length: number) => 'x'.repeat(length);

const site = resource({
  name: 'Site',
  path: '/v1/sites',
  body: (n) => ({
    code: `S-${numbered(n)}`,
    name: `Site ${numbered(n)}`,
    timeZone: 'Europe/Amsterdam',
    latitude: '52.01',
    longitude: '-4.210001',
    isActive: true,
  }),
  change: { name: 'Renamed', latitude: '-33.5' },
  otherChange: { isActive: false },
  invalid: [
    ['code', long(13)],
    ['code', 5],
    ['name', long(121)],
    ['name', { a: 1 }],
    ['latitude', 'north'],
    ['latitude', '1234.5'],
    ['latitude', '1.1234567'],
    ['isActive', 'yes'],
    ['isActive', null],
  ],
  checked: [
    ['latitude', '90.5'],
    ['longitude', '-181'],
  ],
  required: ['code', 'name', 'latitude', 'longitude'],
  forbidden: [...generated, ['devices', []]],
  text: 'name',
  unique: ['code'],
  textFilter: 'code',
  typedFilter: ['isActive', 'true', 'maybe'],
  sorts: ['createdAt', 'code'],
  heldBy: { resource: 'Device', property: 'siteId' },
});

const technician = resource({
  name: 'Technician',
  path: '/v1/technicians',
  body: (n) => ({ displayName: `Technician ${numbered(n)}`, subject: `subject-${numbered(n)}` }),
  change: { displayName: 'Somebody else' },
  invalid: [
    ['displayName', long(121)],
    ['subject', long(65)],
    ['subject', ['a']],
  ],
  required: ['displayName', 'subject'],
  forbidden: generated,
  text: 'displayName',
  unique: ['subject'],
  textFilter: 'subject',
  sorts: ['createdAt', 'subject'],
});

const siteAssignment = resource({
  name: 'SiteAssignment',
  path: '/v1/site-assignments',
  key: ['siteId', 'technicianId'],
  unknownKey: `${missing}/${missing}`,
  malformedKey: `nobody/${missing}`,
  body: async (n, parent) => ({
    siteId: id(await parent('Site')),
    technicianId: id(await parent('Technician', n)),
    shift: 'day',
  }),
  change: { shift: 'on-call' },
  invalid: [['shift', 'weekend']],
  required: ['siteId', 'technicianId'],
  forbidden: [['assignedAt', now]],
  unique: ['siteId', 'technicianId'],
  reference: ['technicianId', missing],
  typedFilter: ['shift', 'day', 'weekend'],
  include: ['technician', 0],
});

const device = resource({
  name: 'Device',
  path: '/v1/devices',
  body: async (n, parent) => ({
    siteId: id(await parent('Site')),
    serialNumber: `GW-${numbered(n)}`,
    label: `Gateway ${numbered(n)}`,
    firmwareVersion: '1.2.3',
    state: 'online',
    reportIntervalSeconds: 30,
    lastSeenAt: now,
  }),
  change: { state: 'offline', firmwareVersion: null },
  otherChange: { reportIntervalSeconds: 90 },
  invalid: [
    ['siteId', 'nowhere'],
    ['serialNumber', long(33)],
    ['state', 'lost'],
    ['state', null],
    ['reportIntervalSeconds', 3_000_000_000],
    ['reportIntervalSeconds', 1.5],
    ['reportIntervalSeconds', '60'],
    ['lastSeenAt', 'yesterday'],
    ['lastSeenAt', 'NaN'],
  ],
  checked: [['reportIntervalSeconds', 0]],
  required: ['siteId', 'serialNumber', 'label'],
  forbidden: [...generated, ['deletedAt', now], ['apiKeyHash', long(64)], ['site', { id: missing }]],
  hidden: ['apiKeyHash'],
  unique: ['serialNumber'],
  reference: ['siteId', missing],
  textFilter: 'serialNumber',
  typedFilter: ['state', 'online', 'lost'],
  sorts: ['createdAt', 'serialNumber'],
  include: ['site', 0],
  isSoftDeleted: true,
});

const sensor = resource({
  name: 'Sensor',
  path: '/v1/sensors',
  unknownKey: '2000000000',
  malformedKey: '12abc',
  body: async (n, parent) => ({
    deviceId: id(await parent('Device', Math.floor(n / 30_000))),
    channel: n % 30_000,
    quantity: 'humidity',
    unit: '%',
    calibrationFactor: '1.000001',
    calibrationOffset: '-0.5',
  }),
  change: { unit: 'percent', calibrationFactor: '999999.999999' },
  otherChange: { quantity: 'light' },
  invalid: [
    ['channel', 40_000],
    ['channel', 1.5],
    ['channel', '1'],
    ['quantity', 'loudness'],
    ['unit', long(13)],
    ['calibrationFactor', '1e3'],
    ['calibrationFactor', '1234567'],
    ['calibrationOffset', null],
  ],
  required: ['deviceId', 'channel', 'quantity', 'unit'],
  forbidden: [['id', 7], ...times],
  unique: ['deviceId', 'channel'],
  reference: ['deviceId', missing],
  typedFilter: ['deviceId', '', 'nowhere'],
  sorts: ['createdAt', 'id'],
  include: ['device', 0],
});

const alertRule = resource({
  name: 'AlertRule',
  path: '/v1/alert-rules',
  body: async (n, parent) => ({
    sensorId: id(await parent('Sensor')),
    name: `Rule ${numbered(n)}`,
    comparison: 'above',
    threshold: '30.5',
    holdSeconds: 10,
    isEnabled: true,
  }),
  change: { threshold: '-12.125', isEnabled: false },
  invalid: [
    ['name', long(81)],
    ['comparison', 'equal'],
    ['threshold', '1.0001'],
    ['threshold', 'NaN'],
    ['holdSeconds', -3_000_000_000],
    ['sensorId', 0.5],
  ],
  required: ['sensorId', 'name', 'comparison', 'threshold'],
  forbidden: [...generated, ['version', 7]],
  unique: [],
  reference: ['sensorId', 2_000_000_000],
  typedFilter: ['comparison', 'above', 'equal'],
  sorts: ['createdAt'],
  include: ['sensor', 0],
  isVersioned: true,
  heldBy: { resource: 'Alert', property: 'ruleId' },
});

const alert = resource({
  name: 'Alert',
  path: '/v1/alerts',
  body: async (_n, parent) => ({
    ruleId: id(await parent('AlertRule')),
    acknowledgedById: null,
    state: 'open',
    observedValue: '31.25',
    raisedAt: now,
    note: 'Vent stuck',
    context: { bay: 'north' },
  }),
  change: { state: 'closed', closedAt: '2026-03-02T00:00:00.000Z' },
  otherChange: { note: null, context: { bay: 'south', 'quote"d': "it's" } },
  invalid: [
    ['state', 'lost'],
    ['raisedAt', 'soon'],
    ['ruleId', 'nothing'],
    ['acknowledgedById', 'nobody'],
    ['observedValue', '1234567890.5'],
  ],
  required: ['ruleId', 'observedValue', 'raisedAt'],
  forbidden: generated,
  text: 'note',
  reference: ['acknowledgedById', missing],
  typedFilter: ['state', 'open', 'lost'],
  sorts: ['createdAt'],
  include: ['rule', 0],
});

export const greenhouse: readonly Resource[] = [site, technician, siteAssignment, device, sensor, alertRule, alert];
