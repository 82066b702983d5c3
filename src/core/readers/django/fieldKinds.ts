/**
 * What fields are to the database, by the name of their class: Django's own (django/db/models/fields), those of its contrib packages, and
 * those of packages that many projects use. Fields of the project are led back to these through their bases.
 */

export interface FieldKind {
  /** What it calls itself (`get_internal_type`), or what kind of relation it is. */
  readonly internal: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly index?: boolean;
  readonly unique?: boolean;
  readonly null?: boolean;
  readonly role?: 'created-at' | 'updated-at';
  /** Columns that the field adds besides its own: suffix or name with `*` for the field's, and what they are. */
  readonly more?: Readonly<Record<string, FieldKind>>;
  /** Source of what it does to the value, where that is what the field is for. */
  readonly transformer?: string;
}

export const relationKinds = new Set(['ForeignKey', 'OneToOneField', 'ManyToManyField']);

const kinds: Readonly<Record<string, FieldKind>> = {
  NullBooleanField: { internal: 'BooleanField', null: true },
  EmailField: { internal: 'CharField', length: 254 },
  URLField: { internal: 'CharField', length: 200 },
  SlugField: { internal: 'CharField', length: 50, index: true },
  FileField: { internal: 'CharField', length: 100 },
  ImageField: { internal: 'CharField', length: 100 },
  FilePathField: { internal: 'CharField', length: 100 },
  CommaSeparatedIntegerField: { internal: 'CharField' },
  // django.contrib.postgres, django.contrib.gis
  CICharField: { internal: 'CITextField' },
  CIEmailField: { internal: 'CITextField' },
  FloatRangeField: { internal: 'DecimalRangeField' },
  PointField: { internal: 'GeometryField' },
  LineStringField: { internal: 'GeometryField' },
  PolygonField: { internal: 'GeometryField' },
  MultiPointField: { internal: 'GeometryField' },
  MultiLineStringField: { internal: 'GeometryField' },
  MultiPolygonField: { internal: 'GeometryField' },
  GeometryCollectionField: { internal: 'GeometryField' },
  // django-extensions, django-model-utils
  CreationDateTimeField: { internal: 'DateTimeField', role: 'created-at' },
  ModificationDateTimeField: { internal: 'DateTimeField', role: 'updated-at' },
  AutoCreatedField: { internal: 'DateTimeField', role: 'created-at' },
  AutoLastModifiedField: { internal: 'DateTimeField', role: 'updated-at' },
  MonitorField: { internal: 'DateTimeField' },
  StatusField: { internal: 'CharField', length: 100 },
  SplitField: { internal: 'TextField', more: { '_*_excerpt': { internal: 'TextField' } } },
  ShortUUIDField: { internal: 'CharField', length: 22 },
  RandomCharField: { internal: 'CharField' },
  AutoSlugField: { internal: 'CharField', length: 50, index: true },
  UrlsafeTokenField: { internal: 'CharField', length: 128 },
  // Rich text, colours, phone numbers, countries, money
  HTMLField: { internal: 'TextField' },
  RichTextField: { internal: 'TextField' },
  RichTextUploadingField: { internal: 'TextField' },
  CKEditor5Field: { internal: 'TextField' },
  MarkdownField: { internal: 'TextField' },
  MarkdownxField: { internal: 'TextField' },
  MDTextField: { internal: 'TextField' },
  BleachField: { internal: 'TextField' },
  FroalaField: { internal: 'TextField' },
  SummernoteTextField: { internal: 'TextField' },
  StreamField: { internal: 'JSONField' },
  ColorField: { internal: 'CharField', length: 25 },
  PhoneNumberField: { internal: 'CharField', length: 128 },
  CountryField: { internal: 'CharField', length: 2 },
  LanguageField: { internal: 'CharField', length: 3 },
  TimeZoneField: { internal: 'CharField', length: 63 },
  RecurrenceField: { internal: 'TextField' },
  MoneyField: { internal: 'DecimalField', more: { '*_currency': { internal: 'CharField', length: 3 } } },
  CurrencyField: { internal: 'CharField', length: 3 },
  TaxedMoneyField: { internal: '' },
  MeasurementField: { internal: 'FloatField' },
  // Images
  VersatileImageField: { internal: 'CharField', length: 100 },
  ThumbnailerImageField: { internal: 'CharField', length: 100 },
  ThumbnailerField: { internal: 'CharField', length: 100 },
  StdImageField: { internal: 'CharField', length: 100 },
  ProcessedImageField: { internal: 'CharField', length: 100 },
  ResizedImageField: { internal: 'CharField', length: 100 },
  CloudinaryField: { internal: 'CharField', length: 255 },
  PPOIField: { internal: 'CharField', length: 20 },
  WagtailImageField: { internal: 'CharField', length: 100 },
  // State machines, ordering, trees
  FSMField: { internal: 'CharField', length: 50 },
  FSMIntegerField: { internal: 'IntegerField' },
  FSMKeyField: { internal: 'ForeignKey' },
  PositionField: { internal: 'IntegerField' },
  OrderField: { internal: 'PositiveIntegerField' },
  TreeForeignKey: { internal: 'ForeignKey' },
  TreeOneToOneField: { internal: 'OneToOneField' },
  TreeManyToManyField: { internal: 'ManyToManyField' },
  PathField: { internal: 'LTreeField', unique: true },
  // modelcluster, sortedm2m, adminsortable, composite keys, history
  ParentalKey: { internal: 'ForeignKey' },
  ParentalManyToManyField: { internal: 'ManyToManyField' },
  SortedManyToManyField: { internal: 'ManyToManyField' },
  ManyToManyRelationField: { internal: 'ManyToManyField' },
  SortableForeignKey: { internal: 'ForeignKey' },
  HistoricForeignKey: { internal: 'ForeignKey' },
  HistoricOneToOneField: { internal: 'OneToOneField' },
  ForeignObject: { internal: 'ForeignObject' },
  CurrentUserField: { internal: 'CurrentUserField' },
  AutoOneToOneField: { internal: 'OneToOneField' },
  // Encryption
  EncryptedTextField: encrypted('TextField'),
  EncryptedCharField: encrypted('CharField'),
  EncryptedEmailField: encrypted('CharField', 254),
  EncryptedIntegerField: encrypted('TextField'),
  EncryptedDateField: encrypted('TextField'),
  EncryptedDateTimeField: encrypted('TextField'),
  EncryptedBooleanField: encrypted('TextField'),
  EncryptedJSONField: encrypted('TextField'),
  EncryptedBinaryField: encrypted('BinaryField'),
  EncryptedFileField: encrypted('CharField', 100),
  EncryptedURLField: encrypted('CharField', 200),
  // Others whose name says nothing of their type
  MultiSelectField: { internal: 'CharField', length: 200 },
  TagField: { internal: 'CharField', length: 255 },
  PickledObjectField: { internal: 'TextField' },
  EnumField: { internal: 'CharField', length: 10 },
  EnumIntegerField: { internal: 'IntegerField' },
  BitField: { internal: 'BigIntegerField' },
  AddressField: { internal: 'ForeignKey' },
  VectorField: { internal: 'VectorField' },
  ULIDField: { internal: 'UUIDField' },
  HashidAutoField: { internal: 'AutoField' },
  HashidBigAutoField: { internal: 'BigAutoField' },
  UUIDAutoField: { internal: 'UUIDField' },
  JSONBField: { internal: 'JSONField' },
};

function encrypted(internal: string, length?: number): FieldKind {
  return { internal, transformer: 'encrypted', ...(length === undefined ? {} : { length }) };
}

/** Fields that are attributes of the model and no columns of its table. */
const columnless = new Set([
  'GenericForeignKey',
  'GenericRelation',
  'TaggableManager',
  'ClusterTaggableManager',
  'CompositePrimaryKey',
  'HistoricalRecords',
  'ImageSpecField',
  'FieldTracker',
  'PlaceholderRelationField',
  'TranslatedFields',
]);

export function isColumnless(name: string): boolean {
  return columnless.has(name);
}

/** Undefined where the name is that of no known field. */
export function fieldKind(name: string, isInternal: (name: string) => boolean): FieldKind | undefined {
  if (Object.hasOwn(kinds, name)) return kinds[name];
  if (relationKinds.has(name) || name === 'GeneratedField' || name === 'ArrayField' || isInternal(name))
    return { internal: name };
  return undefined;
}

/** Of a field of a package that is not known: `HashedCharField` is stored as a CharField as a rule. Undefined where the name says nothing. */
export function guessedKind(name: string, isInternal: (name: string) => boolean): FieldKind | undefined {
  for (let at = 1; at < name.length; at++) {
    if (!/[A-Z]/.test(name.charAt(at))) continue;
    const ending = name.slice(at);
    if (ending === 'Field') return undefined;
    const known = fieldKind(ending, isInternal);
    // That a `MACAddressField` ends like a relation of some package does not make it one.
    if (known && (relationKinds.has(ending) || !relationKinds.has(known.internal))) return known;
  }
  return undefined;
}
